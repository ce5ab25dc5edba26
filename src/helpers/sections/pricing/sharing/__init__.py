"""How a round with a shared cost is worded."""
