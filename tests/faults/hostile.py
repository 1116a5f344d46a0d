"""Tables and questions whose every sentence is made to run in a page that takes text for markup."""

from __future__ import annotations

import csv
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from myoteach import KnowledgeBase, load
from myoteach._content import content_folder
from myoteach.knowledge._schema import read_schema
from myoteach.questions import Bank
from tests.questions.samples import CLEAN, bank

#: Ends whatever it may stand in, and sets a mark if anything of it runs.
POISON = "\"'></script></style><script>window.pwned=1</script><img src=x onerror='window.pwned=1'><!--<script>"
_TEXTS = ("stem", "text", "why", "feature", "tells", "why_right", "why_wrong", "unit")


@lru_cache(maxsize=1)
def hostile_tables() -> KnowledgeBase:
    """The package's tables, with poison behind every sentence of every free cell."""
    own = content_folder("data")
    with TemporaryDirectory() as name:
        folder = Path(name)
        for table in read_schema(own).values():
            free = {column.name for column in table.columns if column.is_free} - set(table.key)
            with (own / table.file).open(encoding="utf-8", newline="") as file:
                rows = list(csv.DictReader(file))
            with (folder / table.file).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, table.column_names, lineterminator="\n")
                writer.writeheader()
                for row in rows:
                    spoilt = {key: f"{text} {POISON}" for key, text in row.items() if key in free and " " in text}
                    writer.writerow(row | spoilt)
        return load(folder)


@lru_cache(maxsize=1)
def hostile_bank() -> Bank:
    """One question of each kind, poisoned in every text."""
    return bank(*map(_poisoned, CLEAN))


def _poisoned(value: Any, name: str = "") -> Any:
    if isinstance(value, dict):
        return {key: _poisoned(part, key) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [_poisoned(part, name) for part in value]
    return f"{value} {POISON}" if name in _TEXTS else value
