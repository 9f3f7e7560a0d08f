"""The plan-file language: its notations, its reader and its writer."""
