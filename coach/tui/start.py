"""The door of the terminal app: what is set before anything large is imported."""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from coach.coach import Coach


def run(opener: Callable[[], Coach]) -> int:
    """Open the app until the person leaves; the exit code."""
    gc.disable()  # until the first frame is out
    load("asyncio", without="ssl")
    from coach.tui.app import run as open_app

    return open_app(opener)


def load(name: str, *, without: str) -> None:
    """Import a module as on a system that lacks another; whoever imports that one later gets it.

    The app opens no connection and needs no fast digest: ``ssl`` under asyncio costs 4 MiB and
    14 ms of the start, OpenSSL under hashlib 3 MiB.
    """
    if name in sys.modules or without in sys.modules:
        return
    sys.modules[without] = cast("ModuleType", None)
    try:
        import_module(name)
    finally:
        del sys.modules[without]
