"""From a profile to a plan, and from one week to the next."""
