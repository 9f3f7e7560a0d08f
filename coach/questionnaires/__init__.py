"""Answers and what they mean: component 1, precision assessment."""
