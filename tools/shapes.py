"""Keep what the built-in plan files say beside them, ready to use: ``python tools/shapes.py``.

To be run after one of ``coach/programs/templates/*.yaml`` was changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # these sources, not an installed copy

from coach.model.noun import to_json
from coach.packaged import packaged
from coach.programs.planlang.builtin import Ready, built_in, built_in_text, digest, read_shape


def main() -> None:
    """Write them all."""
    for name in built_in():
        text = built_in_text(name)
        made = Ready(of=digest(text), shape=read_shape(name, text))
        packaged("programs", "templates", f"{name}.json").write_bytes(to_json(made) + b"\n")


if __name__ == "__main__":
    main()
