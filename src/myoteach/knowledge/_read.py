"""From a CSV file to rows of text cells, or to problems that name the place."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from ._problems import Problem, nearest
from ._schema import Table

#: No honest cell is longer; a longer one is reported, not shown.
MAX_CELL = 20_000
#: A table of this project is a few hundred kilobytes; a much larger file is a mistake.
MAX_FILE = 20_000_000
#: What a spreadsheet would run: = @ + - at the start, also in their full-width forms, unless the cell is a plain number
#: or a dash.
_FORMULA = re.compile(r"[=@\uff1d\uff20\uff0b\uff0d]|[+-](?![\d.]*$)")
#: Characters that reorder or hide the text around them.
_INVISIBLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufeff]")


@dataclass(slots=True)
class RawTable:
    """Rows as they stand in the file: row number in the file, then column name to text."""

    table: Table
    rows: list[tuple[int, dict[str, str]]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read_table(path: Path, table: Table, *, partial: bool = False) -> RawTable:
    """Read one file.

    Parameters
    ----------
    path
        The CSV file. A byte-order mark and Windows line ends are accepted.
    table
        What the file should hold.
    partial
        Accept a file that has only some of the columns, as an extension folder may.
    """
    raw = RawTable(table)
    text = _decode(path, table, raw.problems)
    if text is None:
        return raw
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(lines, None)
        if not header:
            raw.problems.append(Problem(table.file, 1, "", "", f"a header line: {', '.join(table.column_names)}"))
            return raw
        if _header_is_right(header, table, raw.problems, partial=partial):
            for cells in lines:
                _add_row(raw, header, cells, lines.line_num)
    except csv.Error as error:
        raw.problems.append(Problem(table.file, lines.line_num, "", "", f"well-formed CSV ({error})"))
    return raw


def _decode(path: Path, table: Table, problems: list[Problem]) -> str | None:
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            problems.append(Problem(table.file, None, "", f"{size} bytes", f"a file of at most {MAX_FILE} bytes"))
            return None
        data = path.read_bytes()
    except OSError as error:
        problems.append(Problem(table.file, None, "", "", f"a readable file ({error.strerror or error})"))
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = data.count(b"\n", 0, error.start) + 1
        wrong = " ".join(f"{byte:02x}" for byte in data[error.start : error.start + 4])
        problems.append(Problem(table.file, row, "", f"bytes {wrong}", "text in UTF-8; save the file as UTF-8"))
        return None


def _header_is_right(header: list[str], table: Table, problems: list[Problem], *, partial: bool) -> bool:
    known = set(table.column_names)
    if len(header) == 1 and (";" in header[0] or header[0].startswith("sep=")):
        expected = "commas between the cells; the file was saved with semicolons, save it with commas"
        problems.append(Problem(table.file, 1, "", header[0], expected))
        return False
    before = len(problems)
    for name in header:
        if name not in known:
            problems.append(
                Problem(table.file, 1, "", name, "a column of this table", nearest(name, known - set(header)))
            )
    needed = table.key if partial else table.column_names
    for name in needed:
        if name not in header:
            problems.append(Problem(table.file, 1, name, "", f"a column {name!r} in the header, which has none"))
    for name in sorted({name for name in header if header.count(name) > 1}):
        problems.append(Problem(table.file, 1, name, name, "each column once"))
    return len(problems) == before


def _add_row(raw: RawTable, header: list[str], cells: list[str], row: int) -> None:
    if not any(cells):
        return
    file = raw.table.file
    if len(cells) != len(header):
        expected = f"{len(header)} cells (is a comma unquoted?)"
        raw.problems.append(Problem(file, row, "", f"{len(cells)} cells", expected))
        return
    if _cell_problem("".join(cells)) or any(map(_FORMULA.match, cells)):  # seldom: then which cell, and why
        for name, cell in zip(header, cells, strict=True):
            problem = _cell_problem(cell)
            if problem:
                raw.problems.append(Problem(file, row, name, cell, problem))
    raw.rows.append((row, dict(zip(header, cells, strict=True))))


def _cell_problem(cell: str) -> str:
    """Say why a cell cannot be a cell of any table, or return an empty string."""
    if len(cell) > MAX_CELL:
        return f"at most {MAX_CELL} characters"
    if _FORMULA.match(cell):
        return "text that a spreadsheet does not take for a formula; begin with a letter, a digit or a quotation mark"
    if _INVISIBLE.search(cell):
        return "one line of text without control or text-direction characters"
    return ""
