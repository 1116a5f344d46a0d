"""The shape of the tables, read from ``datapackage.json``.

The descriptor is the only place where a column is declared. It is a Frictionless data package, so other tools read it
too; two properties are ours. ``listOf`` marks a cell that holds several values separated by ``;``: the name of a table
says that each value is an id there, ``#fields`` that each is a column of the same table, an empty string that they are
free.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ._problems import KnowledgeError, Problem

LIST_SEPARATOR = ";"
OWN_COLUMNS = "#fields"


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type, what it may hold, and the table its ids belong to."""

    name: str
    kind: str
    description: str
    required: bool
    allowed: tuple[str, ...]
    pattern: str
    list_of: str | None
    refers_to: str | None

    @property
    def is_list(self) -> bool:
        """Whether a cell holds several values."""
        return self.list_of is not None

    @property
    def is_free(self) -> bool:
        """Whether any text will do."""
        return self.kind == "string" and not (self.allowed or self.pattern or self.is_list or self.refers_to)


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its file, columns and primary key."""

    name: str
    file: str
    description: str
    columns: tuple[Column, ...]
    column_names: tuple[str, ...]
    key: tuple[str, ...]


def read_schema(folder: Path) -> dict[str, Table]:
    """Read ``datapackage.json`` in `folder`.

    Parameters
    ----------
    folder
        The package's own data folder.

    Returns
    -------
    dict
        Table name to `Table`, in the descriptor's order.

    Raises
    ------
    KnowledgeError
        When the descriptor is missing or damaged.
    """
    try:
        descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        return {resource["name"]: _table(resource) for resource in descriptor["resources"]}
    except (OSError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        expected = f"the descriptor as it was shipped; install myoteach again ({type(error).__name__}: {error})"
        raise KnowledgeError([Problem("datapackage.json", None, "", "", expected)]) from error


def _table(resource: dict[str, Any]) -> Table:
    schema = resource["schema"]
    targets = {key["fields"]: key["reference"]["resource"] or resource["name"] for key in schema.get("foreignKeys", [])}
    columns = tuple(_column(field, targets) for field in schema["fields"])
    return Table(
        name=resource["name"],
        file=resource["path"],
        description=resource["description"],
        columns=columns,
        column_names=tuple(column.name for column in columns),
        key=tuple(schema["primaryKey"]),
    )


def _column(field: dict[str, Any], targets: dict[str, str]) -> Column:
    constraints = field.get("constraints", {})
    return Column(
        name=field["name"],
        kind=field["type"],
        description=field["description"],
        required=bool(constraints.get("required", False)),
        allowed=tuple(constraints.get("enum", ())),
        pattern=constraints.get("pattern", ""),
        list_of=field.get("listOf"),
        refers_to=targets.get(field["name"]),
    )
