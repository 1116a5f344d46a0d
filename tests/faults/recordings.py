"""Damaged recordings: EDF cut and altered, its header's numbers replaced; tables of samples mangled as text."""

from __future__ import annotations

import random
import tempfile
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from myoteach.signals import RecordingError, read_csv, read_edf, simulate, write_csv, write_edf
from myoteach.signals.bursts import bursts
from myoteach.signals.recording import Recording

from .harness import SOUND, Case, LostError, sentence

NAME = "recordings"

_JUNK = (
    "",
    "-1",
    "0",
    "1",
    "nan",
    "inf",
    "1e9",
    "99999999",
    "x",
    "\xff\xff",
    "0.0001",
    "-0",
    "1_0",
    "٣",
    "=1+1",
    "\x00",
)
#: Where the header of a file keeps what it says of itself: start and length.
_HEAD = ((0, 8), (8, 80), (88, 80), (168, 8), (176, 8), (184, 8), (192, 44), (236, 8), (244, 8), (252, 4))
#: Lengths of what it says of every signal.
_SIGNAL = (16, 80, 8, 8, 8, 8, 8, 80, 8, 32)
_CELLS = ("", "nan", "inf", "1e308", "-1e39", "x", "1,5", "=1+1", "0x10", "\x00", "1" * 400, "\u202e1", "--1")


@lru_cache(maxsize=1)
def _files() -> tuple[bytes, bytes]:
    """A recording as EDF and as a table."""
    made = simulate("cortical_reflex", seconds=2, seed=1)
    made = made.pick([channel.name for channel in made.channels[:3]])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_edf(made, folder / "a.edf")
        write_csv(made, folder / "a.csv")
        text = (folder / "a.csv").read_bytes().splitlines(keepends=True)
        return (folder / "a.edf").read_bytes(), b"".join(text[:400])


def cases(seed: int, many: int) -> Iterator[Case]:
    """Yield `many` cases of each damage."""
    edf, table = _files()
    for number in range(many):
        for damage in (_cut, _field, _flip):
            chance = random.Random(f"{seed} {number} {damage.__name__}")
            yield partial(_read, read_edf, damage(chance, edf), "a.edf")
        for damage in (_cut, _flip, _cell, _whole):
            chance = random.Random(f"{seed} {number} {damage.__name__} table")
            yield partial(_read, read_csv, damage(chance, table), "a.csv")


def _cut(chance: random.Random, data: bytes) -> bytes:
    return data[: chance.randrange(len(data))]


def _flip(chance: random.Random, data: bytes) -> bytes:
    """Change some bytes, most of them near the beginning, where they mean most."""
    changed = bytearray(data)
    for _ in range(chance.randint(1, 5)):
        changed[chance.randrange(chance.choice([256, 1200, len(data)]))] = chance.randrange(256)
    return bytes(changed)


def _field(chance: random.Random, data: bytes) -> bytes:
    """Replace a field of the header by something that it cannot be."""
    count = int(data[252:256])
    own = []
    start = 256
    for length in _SIGNAL:
        own += [(start + number * length, length) for number in range(count)]
        start += length * count
    changed = bytearray(data)
    for _ in range(chance.randint(1, 2)):
        place, length = chance.choice([*_HEAD, *own])
        changed[place : place + length] = chance.choice(_JUNK).encode("utf-8")[:length].ljust(length)
    return bytes(changed)


def _cell(chance: random.Random, data: bytes) -> bytes:
    rows = [line.split(b",") for line in data.splitlines()]
    for _ in range(chance.randint(1, 3)):
        row = chance.choice(rows)
        row[chance.randrange(len(row))] = chance.choice(_CELLS).encode()
    return b"\n".join(b",".join(row) for row in rows)


def _whole(chance: random.Random, data: bytes) -> bytes:
    """Change the whole text as other programs and other countries would save it."""
    text = data.decode()
    decimal = text.replace(",", ";").replace(".", ",")
    encoding = chance.choice(["utf-8-sig", "utf-16", "utf-8", "cp1252"])
    text = chance.choice([decimal, text, text.replace("\n", "\r\n"), text.replace("\n", "\r"), text.replace(",", "\t")])
    return text.encode(encoding)


def _read(read: Callable[[Path], Recording], data: bytes, name: str) -> str:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            found = read(path)
        except RecordingError as error:
            return sentence(error)
        if not np.isfinite(found.data).all():
            raise LostError("samples that are not numbers")
        bursts(found)
        write_csv(found, path)
        head = path.read_text(encoding="utf-8").splitlines()[0]
        if any(cell.strip('"').startswith(("=", "+", "-", "@", "\t", "\r")) for cell in head.split(",")):
            raise LostError(f"a spreadsheet would run the head of a column: {head[:200]}")
    return SOUND
