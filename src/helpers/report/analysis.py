"""What analysts work with: tables that keep their units, questions, exports, a slider."""

# Gives every DataFrame its `export`, whichever part of the desk is asked for first.
