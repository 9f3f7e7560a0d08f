"""From a command's function to its parser: Typer, with the global options behind the command too."""

import importlib
from typing import Any

import typer

from coach.cli.face import Face
from coach.problems import BadValue

SETTINGS: dict[str, Any] = {"help_option_names": ["-h", "--help"]}


SHARED: tuple[tuple[tuple[str, ...], bool, str], ...] = (
    (("--home",), False, "Folder of this person."),
    (("--today",), False, "The date to use, YYYY-MM-DD."),
    (("--json",), True, "Print one JSON document."),
    (("--plain",), True, "Line by line, for screen readers."),
    (("--quiet", "-q"), True, "No talk on stderr."),
)
"""The options that every command takes: names, whether it is a flag, help."""


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

    return [
        typer.core.TyperOption(
            param_decls=list(names),
            is_flag=flag,
            help=text,
            expose_value=False,
            callback=store,
            type=bool if flag else str,
        )
        for names, flag, text in SHARED
    ]


def group(usual: str = "") -> typer.Typer:
    """A Typer of several commands under one word; the word alone means ``usual``, such as ``plan show``."""
    app = typer.Typer(
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
        context_settings=SETTINGS,
        invoke_without_command=bool(usual),
    )
    if usual:

        def alone(context: typer.Context) -> None:
            if context.invoked_subcommand is None:
                chosen = getattr(context.command, "commands")[usual]  # noqa: B009 - of the group's class only
                with chosen.make_context(usual, [], parent=context) as inner:
                    chosen.invoke(inner)

        app.callback()(alone)
    return app


def number(value: str, name: str, low: float, high: float, what: str) -> float:
    """Read a number within its range. Raises `BadValue` with the range."""
    try:
        read = float(value.replace(",", "."))
    except ValueError:
        raise BadValue(f"{name} takes a number from {low:g} to {high:g}, not “{value}”.", what) from None
    if not low <= read <= high:
        raise BadValue(f"{name} {value} is not in {low:g} to {high:g}.", what)
    return read
