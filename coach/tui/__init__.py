"""The terminal app: pages over `Coach`, and nothing that decides."""
