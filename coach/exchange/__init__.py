"""Out to and in from other formats."""
