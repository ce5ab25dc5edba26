"""The rules that look at whole rows: amounts, days to come, rows without an answer."""
