"""How a round of pledges is worded."""
