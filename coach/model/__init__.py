"""The nouns of coach: frozen values with one codec, and nothing else of coach imported."""
