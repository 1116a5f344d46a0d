"""Hold the rows against the schema: types, allowed values, keys, references, and the rules about sources."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterator, Mapping

from ._problems import Problem, nearest
from ._read import RawTable
from ._schema import LIST_SEPARATOR, OWN_COLUMNS, Column, Table

#: Kinds of source that may stand on their own page instead of a DOI or PMID.
_OWN_PAGE = ("guideline", "authority page", "reference work", "dataset")
#: The ids of a table are listed to whoever named a wrong one, up to this many.
_LISTED = 20
#: Archives whose addresses carry a permanent number of their own.
_ARCHIVED = re.compile(r"https://(pmc\.ncbi\.nlm\.nih\.gov/articles/PMC|www\.ncbi\.nlm\.nih\.gov/books/NBK)\d+")


def split_list(cell: str) -> list[str]:
    """Split a list cell.

    Examples
    --------
    >>> split_list("a; b;")
    ['a', 'b']
    """
    return [part.strip() for part in cell.split(LIST_SEPARATOR) if part.strip()]


def check_tables(raw: Mapping[str, RawTable]) -> list[Problem]:
    """Return everything that is wrong with the rows of all tables together."""
    keys = {name: _keys(table) for name, table in raw.items()}
    problems: list[Problem] = []
    for table in raw.values():
        problems += table.problems
        problems += _repeated_keys(table)
        checked = [column for column in table.table.columns if column.required or not column.is_free]
        for row, cells in table.rows:
            for column in checked:
                cell = cells.get(column.name, "")
                if cell or column.required:
                    problems += _check_cell(table.table, row, column, cell, keys)
            problems += _check_rules(table.table, row, cells)
    return problems


def _keys(raw: RawTable) -> set[str]:
    return {LIST_SEPARATOR.join(cells.get(name, "") for name in raw.table.key) for _, cells in raw.rows}


def _repeated_keys(raw: RawTable) -> Iterator[Problem]:
    first_seen: dict[str, int] = {}
    for row, cells in raw.rows:
        key = LIST_SEPARATOR.join(cells.get(name, "") for name in raw.table.key)
        if key in first_seen:
            expected = f"an id used once; row {first_seen[key]} has it already"
            yield Problem(raw.table.file, row, ", ".join(raw.table.key), key, expected)
        first_seen.setdefault(key, row)


def _check_cell(table: Table, row: int, column: Column, cell: str, keys: Mapping[str, set[str]]) -> Iterator[Problem]:
    if not cell.strip():
        if column.required:
            yield Problem(table.file, row, column.name, cell, f"a value ({column.description})")
        return
    for value in split_list(cell) if column.is_list else [cell]:
        expected, near = _wrong(table, column, value, keys)
        if expected:
            yield Problem(table.file, row, column.name, value, expected, near)


def _wrong(table: Table, column: Column, value: str, keys: Mapping[str, set[str]]) -> tuple[str, str]:
    """Say what was expected of a value and what is nearest to it; two empty strings when it is right."""
    if column.allowed and value not in column.allowed:
        return f"one of {', '.join(column.allowed)}", nearest(value, column.allowed)
    target = column.refers_to or column.list_of
    if target == OWN_COLUMNS and value not in table.column_names:
        return "a column of this table", nearest(value, table.column_names)
    if target and target in keys and value not in keys[target]:
        listed = f" ({', '.join(sorted(keys[target]))})" if len(keys[target]) <= _LISTED else ""
        return f"an id of the table {target}{listed}", nearest(value, keys[target])
    if column.pattern and not re.fullmatch(column.pattern, value):
        return f"text of the form {column.pattern}", ""
    parse = _PARSERS.get(column.kind)
    return ("", "") if parse is None or parse(value) else (f"a {column.kind}", "")


def _is_integer(value: str) -> bool:
    return re.fullmatch(r"-?\d{1,15}", value) is not None


def _is_number(value: str) -> bool:
    try:
        return math.isfinite(float(value))
    except ValueError:
        return False


def _is_date(value: str) -> bool:
    try:
        datetime.date.fromisoformat(value)
    except ValueError:
        return False
    return True


_PARSERS: dict[str, Callable[[str], bool]] = {"integer": _is_integer, "number": _is_number, "date": _is_date}


def _check_rules(table: Table, row: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    """Check what no single column can say."""
    if "support" in table.column_names:
        yield from _check_support(table, row, cells)
    if table.name == "sources":
        yield from _check_source(table, row, cells)
    if bool(cells.get("reviewed_by")) != bool(cells.get("reviewed_on")):
        yield Problem(table.file, row, "reviewed_on", cells.get("reviewed_on", ""), "a name and a date, or neither")


def _check_support(table: Table, row: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    support, sources = cells.get("support", ""), split_list(cells.get("source_ids", ""))
    if support in ("direct", "indirect") and not sources:
        yield Problem(table.file, row, "source_ids", "", f"at least one source, because support is {support}")
    if support == "none" and sources:
        yield Problem(table.file, row, "support", support, "direct or indirect, because sources are named", "indirect")


def _check_source(table: Table, row: int, cells: Mapping[str, str]) -> Iterator[Problem]:
    url = cells.get("url", "")
    own_page = url and (cells.get("kind") in _OWN_PAGE or _ARCHIVED.match(url))
    if cells.get("status") == "complete" and not (cells.get("doi") or cells.get("pmid") or own_page):
        expected = "a DOI, a PMID, or the page of the authority or archive itself; else status is incomplete"
        yield Problem(table.file, row, "status", "complete", expected, "incomplete")
