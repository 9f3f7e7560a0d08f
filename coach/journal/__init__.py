"""Keeps what was entered: TinyDB, one sealed file an episode."""
