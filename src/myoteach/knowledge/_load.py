"""Load the tables: read, check, and only when all is right build the records."""

from __future__ import annotations

import datetime
import gc
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any

from .._content import content_folder
from ._check import check_tables, split_list
from ._problems import KnowledgeError, Problem, nearest
from ._read import RawTable, read_table
from ._schema import Column, Table, read_schema
from .base import KnowledgeBase
from .records import RECORD_TYPES, Record


def load(folder: str | Path | None = None) -> KnowledgeBase:
    """Load the knowledge base, extended by a folder of your own.

    Parameters
    ----------
    folder
        A folder with CSV files named like the package's tables (``causes.csv``, ``sources.csv`` ...). A row with a new
        id is added; a row with a known id overrides the cells it fills and leaves the rest. Columns other than the key
        may be missing. The package's own files are never changed. Without a folder: the package's tables alone.

    Returns
    -------
    KnowledgeBase
        Immutable.

    Raises
    ------
    KnowledgeError
        When anything is wrong. It lists every problem with file, row, column, value, what was expected and the nearest
        valid value. Nothing is half-loaded.

    Examples
    --------
    >>> kb = load()
    >>> kb.get("C051").urgency
    'urgent'
    """
    return _load_own() if folder is None else _load(Path(folder))


@lru_cache(maxsize=1)
def _load_own() -> KnowledgeBase:
    return _load(None)


def _load(folder: Path | None) -> KnowledgeBase:
    with _no_search_for_cycles():
        return _build(*read_all(folder))


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Let the collector rest: rows refer to nothing that refers to them, and looking made a long table cost more."""
    working = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if working:
            gc.enable()


def find_problems(folder: str | Path | None = None) -> list[Problem]:
    """Return everything that is wrong with the tables, an empty list when all is right.

    Parameters
    ----------
    folder
        As in `load`.

    Examples
    --------
    >>> find_problems()
    []
    """
    return read_all(Path(folder) if folder is not None else None)[1]


def read_all(folder: Path | None) -> tuple[dict[str, RawTable], list[Problem]]:
    """Read the package's tables and lay `folder` over them; return raw tables and all problems."""
    own = content_folder("data")
    schema = read_schema(own)
    raw = {name: read_table(own / table.file, table) for name, table in schema.items()}
    problems: list[Problem] = []
    if folder is not None and os.path.realpath(folder) != os.path.realpath(own):
        problems += _extend(raw, folder, schema)
    return raw, problems + check_tables(raw)


def _extend(raw: dict[str, RawTable], folder: Path, schema: Mapping[str, Table]) -> list[Problem]:
    by_file = {table.file: table for table in schema.values()}
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix == ".csv")
    except OSError as error:
        return [Problem(str(folder), None, "", "", f"a folder that exists and can be read ({error.strerror})")]
    if not files:
        return [Problem(str(folder), None, "", "", f"at least one table, for example {next(iter(by_file))}")]
    problems = []
    for path in files:
        table = by_file.get(path.name)
        if table is None:
            near = nearest(path.name, by_file)
            problems.append(Problem(path.name, None, "", path.name, "a file named like one of the tables", near))
        else:
            _lay_over(raw[table.name], read_table(path, table, partial=True))
    return problems


def _lay_over(base: RawTable, extra: RawTable) -> None:
    """Add the rows of `extra` to `base`; a known key overrides the cells that are filled."""
    position = {_key(base.table, cells): index for index, (_, cells) in enumerate(base.rows)}
    seen: set[tuple[str, ...]] = set()
    base.problems += extra.problems
    for row, cells in extra.rows:
        key = _key(base.table, cells)
        known = position.get(key)
        if known is None or key in seen:  # a key repeated inside the folder stays twice, so that the check reports it
            base.rows.append((row, cells))
        else:
            base.rows[known] = (
                row,
                base.rows[known][1] | {name: cell for name, cell in cells.items() if cell},
            )
        seen.add(key)


def _key(table: Table, cells: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(cells.get(name, "") for name in table.key)


def _build(raw: Mapping[str, RawTable], problems: list[Problem]) -> KnowledgeBase:
    if problems:
        raise KnowledgeError(problems)
    return KnowledgeBase({name: tuple(_records(table)) for name, table in raw.items()})


def _records(raw: RawTable) -> Iterator[Record]:
    """Yield the rows as records; what is no text is made of its cell."""
    make = RECORD_TYPES[raw.table.name]
    blank = dict.fromkeys(raw.table.column_names, "")
    other = [column for column in raw.table.columns if column.is_list or column.kind != "string"]
    for _, cells in raw.rows:
        values: dict[str, Any] = blank | cells
        for column in other:
            values[column.name] = _value(column, values[column.name])
        yield make(**values)


def _value(column: Column, cell: str) -> object:
    if column.is_list:
        return tuple(split_list(cell))
    if column.kind == "integer":
        return int(cell)
    if column.kind == "number":
        return float(cell) if cell else None
    if column.kind == "date":
        return datetime.date.fromisoformat(cell) if cell else None
    return cell
