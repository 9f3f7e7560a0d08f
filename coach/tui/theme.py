"""Colours: calm by default, light, and one of black and white. No meaning is in a colour alone."""

from __future__ import annotations

from textual.theme import Theme


def themes() -> tuple[Theme, ...]:
    """The themes, the first one being the usual."""
    dark = Theme(
        name="coach-dark",
        primary="#6fb3a8",
        secondary="#8fa8c8",
        accent="#e0b872",
        success="#8fc98a",
        warning="#e0b872",
        error="#e58a7b",
        foreground="#dfe5e3",
        background="#161b1d",
        surface="#1c2326",
        panel="#263034",
        dark=True,
    )
    light = Theme(
        name="coach-light",
        primary="#1f6f66",
        secondary="#3d5a80",
        accent="#8a5a00",
        success="#2f6b2a",
        warning="#8a5a00",
        error="#a33a28",
        foreground="#1d2422",
        background="#fbfaf6",
        surface="#f1efe8",
        panel="#e2e0d6",
        dark=False,
    )
    contrast = Theme(
        name="coach-contrast",
        primary="#ffffff",
        secondary="#ffffff",
        accent="#ffffff",
        success="#ffffff",
        warning="#ffffff",
        error="#ffffff",
        foreground="#ffffff",
        background="#000000",
        surface="#000000",
        panel="#303030",
        dark=True,
    )
    return (dark, light, contrast)
