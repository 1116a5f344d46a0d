"""Damaged tables: every table of the package, mangled as programs, people and disks mangle them."""

from __future__ import annotations

import csv
import io
import random
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path
from unittest.mock import patch

from myoteach import KnowledgeError, load
from myoteach._content import content_folder
from myoteach.knowledge import _load
from myoteach.knowledge._read import RawTable, read_table

from .harness import SOUND, TOLD, Case, LostError

NAME = "tables"

_FORMULAS = ("=1+1", "@SUM(A1)", "+cmd|' /C calc'!A0", "-2+3", "\uff1d1+1", "\t=1", "=HYPERLINK(1)")
Rows = list[list[str]]


def cases(seed: int, many: int) -> Iterator[Case]:
    """Yield cases: every table with `many` damages in turn, so that 19 a table are all of them, then random bytes."""
    names = sorted(path.name for path in content_folder("data").glob("*.csv"))
    damages = [*_DAMAGES, _bytes]
    for place, name in enumerate(names):
        for number in range(many):
            damage = damages[
                min(number, len(damages) - 1) if many > len(damages) else (place * many + number + seed) % len(damages)
            ]
            yield partial(_case, damage, random.Random(f"{seed} {name} {number}"), name)


def _case(damage: Callable[[random.Random, bytes], bytes], chance: random.Random, name: str) -> str:
    own = (content_folder("data") / name).read_bytes()
    data = damage(chance, own)
    with tempfile.TemporaryDirectory() as folder, patch.object(_load, "read_table", _read):
        (Path(folder) / name).write_bytes(data)
        try:
            kb = load(folder)
        except KnowledgeError as error:
            return _told(error, name)
    if damage in _NEVER_SOUND:
        raise LostError(f"{name}: {damage.__name__} was taken for a right table")
    stem = name.removesuffix(".csv")
    if damage in _ALWAYS_SOUND and kb.table(stem) != _own().table(stem):
        raise LostError(f"{name}: {damage.__name__} changed what the table says")
    if len(kb.table(stem)) < len(_own().table(stem)):
        raise LostError(f"{name}: rows are gone")
    return SOUND


_own = lru_cache(maxsize=1)(load)


@lru_cache(maxsize=64)
def _package_table(path: Path, table: object) -> RawTable:
    return read_table(path, table)  # type: ignore[arg-type]


def _read(path: Path, table: object, *, partial: bool = False) -> RawTable:
    """Read a table of the package once, for it stays as it is; whatever is laid over it is laid over a copy."""
    if partial:
        return read_table(path, table, partial=True)  # type: ignore[arg-type]
    raw = _package_table(path, table)
    return RawTable(raw.table, list(raw.rows), list(raw.problems))


def _told(error: KnowledgeError, name: str) -> str:
    for problem in error.problems:
        text = str(problem)
        if not text.endswith((".", "?")) or len(text) > 1500 or "\n" in text or not problem.expected:
            raise AssertionError(f"not a sentence: {text[:300]!r}")
    if not any(problem.file == name for problem in error.problems):
        raise AssertionError(f"no problem names {name}: {error.problems[0]}")
    if len(error._render_traceback_()) > 7:
        raise AssertionError("a learner would see a page of problems")
    return TOLD


def _rows(data: bytes) -> Rows:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def _saved(rows: Rows, separator: str = ",") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=separator, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def _in_a_cell(chance: random.Random, data: bytes, text: str) -> bytes:
    rows = _rows(data)
    row = chance.choice(rows[1:])
    row[chance.randrange(len(row))] = text
    return _saved(rows)


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _swapped_cells(chance: random.Random, data: bytes) -> bytes:
    """Two columns change places below a header that does not."""
    rows = _rows(data)
    one, two = chance.sample(range(len(rows[0])), 2)
    for row in rows[1:]:
        row[one], row[two] = row[two], row[one]
    return _saved(rows)


def _moved_columns(chance: random.Random, data: bytes) -> bytes:
    """Whole columns change places, header and all: nothing is wrong with that."""
    rows = _rows(data)
    order = chance.sample(range(len(rows[0])), len(rows[0]))
    return _saved([[row[place] for place in order] for row in rows])


def _column_gone(chance: random.Random, data: bytes) -> bytes:
    rows = _rows(data)
    gone = chance.randrange(len(rows[0]))
    return _saved([row[:gone] + row[gone + 1 :] for row in rows])


def _column_more(_: random.Random, data: bytes) -> bytes:
    return _saved([[*row, "x"] for row in _rows(data)])


def _utf16(_: random.Random, data: bytes) -> bytes:
    return data.decode("utf-8").encode("utf-16")


def _latin1(_: random.Random, data: bytes) -> bytes:
    return (data.decode("utf-8") + "é").encode("cp1252", errors="replace")


def _mark(_: random.Random, data: bytes) -> bytes:
    return b"\xef\xbb\xbf" + data


def _windows(_: random.Random, data: bytes) -> bytes:
    return data.replace(b"\n", b"\r\n")


def _old_mac(_: random.Random, data: bytes) -> bytes:
    return data.replace(b"\n", b"\r")


def _nul(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + b"\x00" + data[place:]


def _huge(chance: random.Random, data: bytes) -> bytes:
    return _in_a_cell(chance, data, "x" * 200_000)


def _twice(chance: random.Random, data: bytes) -> bytes:
    rows = _rows(data)
    return _saved([*rows, chance.choice(rows[1:])])


def _formula(chance: random.Random, data: bytes) -> bytes:
    return _in_a_cell(chance, data, chance.choice(_FORMULAS))


def _turned(chance: random.Random, data: bytes) -> bytes:
    return _in_a_cell(chance, data, "harmless \u202e txt.exe")


def _semicolons(_: random.Random, data: bytes) -> bytes:
    return _saved(_rows(data), ";")


def _quote(chance: random.Random, data: bytes) -> bytes:
    place = chance.randrange(len(data))
    return data[:place] + b'"' + data[place:]


def _empty(_: random.Random, data: bytes) -> bytes:
    return data[:0]


def _spreadsheet(_: random.Random, data: bytes) -> bytes:
    """The file of a spreadsheet under the name of a table."""
    return b"PK\x03\x04" + data[:200]


def _bytes(chance: random.Random, data: bytes) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randint(1, 20)):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


_DAMAGES = (
    *(_cut, _swapped_cells, _moved_columns, _column_gone, _column_more, _utf16, _latin1, _mark, _windows, _old_mac),
    *(_nul, _huge, _twice, _formula, _turned, _semicolons, _quote, _empty, _spreadsheet),
)
_ALWAYS_SOUND = (_moved_columns, _mark, _windows)
_NEVER_SOUND = (_column_more, _utf16, _nul, _huge, _twice, _formula, _turned, _semicolons, _empty, _spreadsheet)
