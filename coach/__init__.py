"""A self-guided recovery coach for low back pain.

``from coach import Coach`` is the public API; `Coach` is loaded on first use.
"""

from __future__ import annotations

TYPE_CHECKING = False  # typing costs a quarter of what the status line may cost
if TYPE_CHECKING:
    from typing import Any

    from coach.coach import Coach

    __version__: str

__all__ = ["Coach", "__version__"]


def __getattr__(name: str) -> Any:
    if name == "Coach":
        from coach.coach import Coach

        return Coach
    if name == "__version__":
        from coach.version import VERSION

        return VERSION
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
