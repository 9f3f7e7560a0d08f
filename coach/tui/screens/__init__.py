"""The pages of the terminal app, one a file, each loaded when it is first shown."""
