"""The built-in plans, by their ids."""

from __future__ import annotations

from functools import cache
from hashlib import sha256

from coach.model.noun import Noun, from_json
from coach.packaged import packaged
from coach.programs.phases import Template


class Ready(Noun, frozen=True, kw_only=True):
    """A built-in shape as it was read once, kept beside its YAML file by ``tools/shapes.py``."""

    of: str
    """Digest of the text it was read from."""
    shape: Template


@cache
def load_template(name: str) -> Template:
    """A built-in programme shape by its id. Raises `KeyError` for a name that is none.

    What was read before is used as long as the file is still that one: reading it takes the
    language of plan files and the YAML reader, 2 MiB and 60 ms.
    """
    text = built_in_text(name)
    ready = from_json(packaged("programs", "templates", f"{name}.json").read_bytes(), Ready)
    return ready.shape if ready.of == digest(text) else read_shape(name, text)


def read_shape(name: str, text: str) -> Template:
    """The shape that the text of a built-in plan describes."""
    from coach.programs.planlang.reading import read_plan_file, template_of

    return template_of(read_plan_file(text, f"{name}.yaml"))


def digest(text: str) -> str:
    """By which a text is known again."""
    return sha256(text.encode()).hexdigest()


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
