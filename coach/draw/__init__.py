"""Numbers and poses as lines of text."""
