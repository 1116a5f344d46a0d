"""List the licence of every locked package, as its own metadata names it:  python tools/licences.py [LOCK ...]."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
_CLASSIFIER = "License :: "


def licences(lock: Path) -> Iterator[tuple[str, str]]:
    """Yield name and licence of the packages of a lock that are installed; the licence is empty where none is named."""
    for line in lock.read_text(encoding="utf-8").splitlines():
        name = line.partition("==")[0].strip()
        if "==" in line and not line.startswith((" ", "#")):
            try:
                yield name, licence_of(name)
            except PackageNotFoundError:  # of another system
                continue


def licence_of(name: str) -> str:
    """Return the licence that an installed package names: an SPDX expression, else classifiers, else its first words.

    Raises
    ------
    importlib.metadata.PackageNotFoundError
        When the package is not installed.
    """
    told = metadata(name)
    named = [text.removeprefix(_CLASSIFIER) for text in told.get_all("Classifier", []) if text.startswith(_CLASSIFIER)]
    named = [text.removeprefix("OSI Approved :: ") for text in named if text != f"{_CLASSIFIER}OSI Approved"]
    return told.get("License-Expression") or "; ".join(named) or (told.get("License") or "").strip().partition("\n")[0]


def main(arguments: list[str]) -> int:
    """Print the list; fail when a package names none."""
    locks = [Path(name) for name in arguments] or [ROOT / "requirements.lock"]
    found = sorted({pair for lock in locks for pair in licences(lock)})
    for name, licence in found:
        print(f"{name:<34}{licence or 'NONE NAMED'}")
    return 0 if found and all(licence for _, licence in found) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
