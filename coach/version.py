"""The version, in a module of its own so that every floor may read it."""

VERSION = "0.1.0"
