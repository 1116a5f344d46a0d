"""What is shown of progress, and a log that is carried as a file."""

from __future__ import annotations

import json
import sys
import zlib
from pathlib import Path

import pytest

from myoteach import KnowledgeBase
from myoteach.questions import (
    MAX_UPLOAD,
    AttemptLog,
    UploadError,
    cards,
    grade,
    import_file,
    log_file,
    overview,
    read_bank,
)
from myoteach.questions.items import Choice

BANK = read_bank()
ITEMS = [item for item in BANK.questions if isinstance(item, Choice) and item.keys == 1]
NOW = 1_800_000_000


def answered(folder: Path, *answers: tuple[int, bool, int | None]) -> AttemptLog:
    """A log with answers: which question, right or not, how sure."""
    log = AttemptLog(folder, clock=lambda: NOW)
    for number, right, confidence in answers:
        item = ITEMS[number]
        option = next(iter(item.key_ids)) if right else item.distractors[0].id
        log.record(item, grade(item, option), confidence=confidence)
    return log


def test_each_tally_is_counted(tmp_path: Path, kb: KnowledgeBase) -> None:
    log = answered(tmp_path, (0, True, 3), (1, True, 1), (2, False, 3), (3, False, 2), (0, True, 2))
    log.record_rating(cards(kb)[0], "again")
    log.record_rating(cards(kb)[1], "good")
    seen = overview(BANK, kb, log.reading.attempts, NOW + 120)
    tallies = seen.objectives.values()
    assert sum(tally.total for tally in tallies) == len(BANK.questions)
    assert sum(tally.met for tally in tallies) == 4
    assert sum(tally.known for tally in tallies) == 1  # the guess does not count
    assert seen.wrong == (ITEMS[2],)
    assert sum(tally.due for tally in tallies) == seen.due["now"]
    assert sum(seen.due.values()) == 4
    assert (seen.decks["glossary"].met, seen.decks["glossary"].known, seen.decks["glossary"].due) == (2, 1, 1)
    assert seen.questions.attempts == 5  # the cards are no questions
    assert seen.questions.calibration == {1: (1, 1), 2: (1, 2), 3: (1, 2)}


def test_what_is_due_later_becomes_due(tmp_path: Path, kb: KnowledgeBase) -> None:
    attempts = answered(tmp_path, (0, True, 3), (1, False, 3)).reading.attempts
    assert overview(BANK, kb, attempts, NOW + 1).due["day"] == 2
    assert overview(BANK, kb, attempts, NOW + 90 * 86_400).due == {"now": 2, "day": 0, "week": 0, "later": 0}


def test_attempts_at_questions_that_are_gone_are_counted_apart(tmp_path: Path, kb: KnowledgeBase) -> None:
    made = answered(tmp_path, (0, True, 3)).reading.attempts
    seen = overview(BANK, kb, [made[0]._replace(item="Q99-999")], NOW)
    assert seen.gone == 1
    assert sum(tally.met for tally in seen.objectives.values()) == 0


def test_without_the_scheduler_the_rest_is_shown(
    tmp_path: Path, kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempts = answered(tmp_path, (0, True, 3)).reading.attempts
    monkeypatch.setitem(sys.modules, "fsrs", None)
    seen = overview(BANK, kb, attempts, NOW)
    assert "pip install 'myoteach[quiz]'" in seen.no_dates
    assert sum(tally.known for tally in seen.objectives.values()) == 1


def test_a_file_carries_the_log_and_twice_adds_nothing(tmp_path: Path) -> None:
    log = answered(tmp_path / "one", (0, True, 3), (1, False, 2))
    data, other = log_file(log.reading.attempts), AttemptLog(tmp_path / "other")
    assert str(import_file(data, other)) == "Attempts taken: 2; there already: 0."
    assert str(import_file(data, other)) == "Attempts taken: 0; there already: 2."
    assert other.reading.attempts == log.reading.attempts


def test_damaged_lines_and_other_versions_in_a_file_are_told(tmp_path: Path) -> None:
    log = answered(tmp_path / "one", (0, True, 3), (1, False, 2))
    first, second, _ = log_file(log.reading.attempts).split(b"\n")
    body = json.dumps({"v": 7}).encode()
    data = b"\n".join([first, second[:-9], b"%08x %s" % (zlib.crc32(body), body)])
    said = str(import_file(data, AttemptLog(tmp_path / "other"), "mine.jsonl"))
    assert said.startswith(
        "Attempts taken: 1; there already: 0. Left out, because another version of myoteach wrote them: 1."
    )
    assert "Left out, because damaged: 1, the first: mine.jsonl, line 2: cut off or altered" in said


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html><script>alert(1)</script>",
        bytes(range(256)) * 40,
        b'{"a": [1]}',
        b"\n" * 99,
        b"x" * (MAX_UPLOAD + 1),
    ],
)
def test_what_is_no_log_is_refused_and_changes_nothing(tmp_path: Path, data: bytes) -> None:
    log = AttemptLog(tmp_path)
    with pytest.raises(UploadError, match=r"nothing (was )?taken"):
        import_file(data, log)
    assert log.reading.attempts == ()
    assert list(tmp_path.iterdir()) == []
