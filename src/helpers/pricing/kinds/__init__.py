"""The kinds of pricing that a round can have, each with its rule."""
