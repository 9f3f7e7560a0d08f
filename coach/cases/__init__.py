"""The use cases, one room each; `Coach` is the one object that calls them."""
