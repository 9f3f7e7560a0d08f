"""The gallery of figures is that of the data: `python tools/gallery.py` writes it anew."""

from __future__ import annotations

import importlib.util
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def test_the_gallery_is_up_to_date() -> None:
    spec = importlib.util.spec_from_file_location("gallery", ROOT / "tools" / "gallery.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    wanted = module.gallery()
    stored = {path.name: path.read_text(encoding="utf-8") for path in module.GALLERY.iterdir()}
    assert sorted(stored) == sorted(wanted)
    other = [name for name in wanted if stored[name] != wanted[name]]
    assert not other, f"run python tools/gallery.py: {other[:5]}"
