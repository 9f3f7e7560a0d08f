"""From a command's function to its parser: Typer, with the global options behind the command too."""

from __future__ import annotations

import copy
import importlib
from typing import Annotated, Any

import typer

from coach.cli.face import Face
from coach.problems import BadValue

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}


def _globals(
    home: Annotated[str | None, typer.Option(help="Folder of this person.")] = None,
    today: Annotated[str | None, typer.Option(help="The date to use, YYYY-MM-DD.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print one JSON document.")] = False,
    plain: Annotated[bool, typer.Option("--plain", help="Line by line, for screen readers.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No talk on stderr.")] = False,
) -> None:
    """Hold the options that every command takes."""


def command(name: str, module: str, face: Face) -> Any:
    """The parser of one command, with nothing else loaded."""
    loaded = importlib.import_module(f"coach.cli.commands.{module}")
    parsed = typer.main.get_command(
        loaded.app if hasattr(loaded, "app") else _app(name, getattr(loaded, module))
    )
    if not hasattr(parsed, "commands"):
        parsed.name = name
    shared = _shared(face)
    for each in (parsed, *getattr(parsed, "commands", {}).values()):
        taken = {option for param in each.params for option in param.opts}
        each.params = [*each.params, *(param for param in shared if not taken & set(param.opts))]
    return parsed


def _app(name: str, function: Any) -> typer.Typer:
    app = typer.Typer(add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)
    app.command(name, context_settings=SETTINGS)(function)
    return app


def _shared(face: Face) -> list[Any]:
    def store(context: Any, param: Any, value: Any) -> Any:
        if value not in (None, False):
            setattr(face, param.name, value)
        return value

    options = []
    for param in typer.main.get_command(_app("globals", _globals)).params:
        if param.name in ("home", "today", "json", "plain", "quiet"):
            option = copy.copy(param)
            option.expose_value = False
            option.callback = store
            options.append(option)
    return options


def group() -> typer.Typer:
    """A Typer of several commands under one word, such as ``plan show``."""
    return typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
    )


def number(value: str, name: str, low: float, high: float, what: str) -> float:
    """Read a number within its range. Raises `BadValue` with the range."""
    try:
        read = float(value.replace(",", "."))
    except ValueError:
        raise BadValue(f"{name} takes a number from {low:g} to {high:g}, not “{value}”.", what) from None
    if not low <= read <= high:
        raise BadValue(f"{name} {value} is not in {low:g} to {high:g}.", what)
    return read
