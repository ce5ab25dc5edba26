"""The parts that only some kinds of letter have: request, annex, board paper, credit."""
