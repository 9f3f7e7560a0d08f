"""From one format of the journal to the next: pure functions of tables, run in memory on reading.

A migrated file is written with the next save, after a lasting ``pre-vN`` snapshot. To change
the format: raise ``codec.SCHEMA``, add the function from the version before, and keep a file of
that version under ``tests/``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from coach.journal.changes import STEPS
from coach.journal.codec import SCHEMA, Bad, Rows, Tables, encoder, join

Migration = Callable[[dict[str, Rows]], dict[str, Rows]]
"""Takes the tables of one version and gives those of the next."""

MIGRATIONS: Mapping[int, Migration] = MappingProxyType({})
"""By the version they start from. Version 1 is the first, so there are none yet."""


def migrate(tables: Tables, migrations: Mapping[int, Migration]) -> Tables:
    """Bring older tables to today's format; their ``schema`` still says what the file has.

    Undo steps do not pass: what they would put back has the older format. Raises `Bad` where
    the way is missing or the tables are not what their version says.
    """
    rows = {name: dict(tables[name]) for name in tables if name != STEPS}
    for version in range(tables.schema, SCHEMA):
        if version not in migrations:
            raise Bad(f"its format {version} is too old for this version")
        try:
            rows = migrations[version](rows)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise Bad(f"it cannot be brought from format {version} to {version + 1}: {error!r}") from error
    line = encoder()
    raw = {name: join({row: line(doc) for row, doc in docs.items()}) for name, docs in rows.items()}
    return Tables(raw, rev=tables.rev, schema=tables.schema)
