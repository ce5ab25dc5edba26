"""Tables read by columns in place of row by row."""
