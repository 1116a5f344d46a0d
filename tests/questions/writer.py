"""Answers without end, for the tests that kill it:  python -m tests.questions.writer FOLDER."""

from __future__ import annotations

import sys

from myoteach.questions import AttemptLog, grade
from tests.questions.samples import bank

ITEM = bank().item("Q06-001")


def main(folder: str, count: int) -> None:
    """Record attempts and say each one's id once it is kept."""
    log = AttemptLog(folder)
    for number in range(count):
        attempt = log.record(
            ITEM, grade(ITEM, "abcd"[number % 4]), order="cabd", confidence=1 + number % 3, took=number
        )
        sys.stdout.write(attempt.id + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
