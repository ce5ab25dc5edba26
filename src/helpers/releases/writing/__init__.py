"""Write the documents of a board report, in every language at once."""
