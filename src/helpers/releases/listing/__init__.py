"""The list of all releases: their names, their hashes, and the page that links to them."""
