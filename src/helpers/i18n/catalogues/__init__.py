"""The catalogues of translated texts: read, measured, and started for a further language."""
