"""The built-in plans, by their ids."""

from __future__ import annotations

from coach.packaged import packaged


def built_in() -> tuple[str, ...]:
    """Ids of the built-in plans."""
    return _names("templates")


def examples() -> tuple[str, ...]:
    """Ids of the example plan files that a therapist can start from."""
    return _names("examples")


def example_text(name: str) -> str:
    """Text of an example by its id, as it is written. Raises `KeyError` for a name that is none."""
    if name not in examples():
        raise KeyError(f"no example is called {name[:40]!r}; there is {', '.join(examples())}")
    return packaged("programs", "examples", f"{name}.yaml").read_text(encoding="utf-8")


def _names(folder: str) -> tuple[str, ...]:
    names = (each.name for each in packaged("programs", folder).iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def built_in_text(name: str) -> str:
    """Text of a built-in plan by its id. Raises `KeyError` for a name that is none."""
    names = built_in()
    if name not in names:
        raise KeyError(f"no programme shape is called {name[:40]!r}; there is {', '.join(names)}")
    return packaged("programs", "templates", f"{name}.yaml").read_text(encoding="utf-8")
