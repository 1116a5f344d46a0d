"""The page keeps, carries and plans as Python does: log lines, resume codes, due dates, counts and queues."""

from __future__ import annotations

import hashlib
import random
from pathlib import Path
from typing import Any

import pytest

from myoteach import load
from myoteach.course.site._hosts import decks
from myoteach.course.site._questions import Marking
from myoteach.course.site._schedule import schedule
from myoteach.questions import (
    Attempt,
    card_queue,
    cards,
    due_times,
    fold,
    mix,
    overview,
    read_bank,
    read_code,
    resume_code,
    review_queue,
)
from myoteach.questions.attempts import from_line, to_line

from .deno import run_script

KB, BANK = load(), read_bank()
MARKING = Marking(BANK, KB)
NOW = 1_790_000_000_000


def index() -> dict[str, Any]:
    return {
        "items": MARKING.index(),
        "schedule": schedule(),
        "decks": {deck: [card["id"] for card in data["cards"]] for deck, data in decks(KB).items()},
        "pages": {},
    }


def attempts(seed: int, count: int = 400) -> list[Attempt]:
    """Attempts of some months: questions, cards, unknown ones, and some from a clock that ran ahead."""
    chance = random.Random(seed)
    names = [item.id for item in BANK.questions] + [card.id for card in cards(KB)] + ["Q99-001"]
    names = chance.sample(names, 60)
    time = NOW - 150 * 86_400_000
    made = []
    for number in range(1, count + 1):
        time += int(chance.expovariate(1 / 30_000_000)) if chance.random() < 0.5 else chance.randrange(900_000)
        item, right = chance.choice(names), chance.random() < 0.7
        known = right or chance.random() < 0.7
        confidence = chance.choice([None, 1, 2, 3]) if known and not item.startswith("card:") else None
        response = ("a", "b")[: chance.randint(1, 2)] if known else ("?",)
        if item.startswith("card:"):
            response = (chance.choice(["hard", "good", "easy"]) if right else "again",)
        easy = response == ("easy",)
        version = 1 if chance.random() < 0.97 else 0
        mode = "flashcard" if item.startswith("card:") else "quiz"
        made.append(
            Attempt(
                f"{seed:08x}-{number}", time, item, version, ("b", "a"), response, right, confidence, 1200, mode, easy
            )
        )
    return made


def plain(attempt: Attempt) -> dict[str, Any]:
    return attempt._asdict() | {"order": list(attempt.order), "response": list(attempt.response)}


def test_a_line_is_the_same_bytes_and_is_read_back(tmp_path: Path) -> None:
    made = attempts(1, 60)
    lines = [to_line(attempt).decode() for attempt in made]
    body = "return { lines: given.made.map(m.toLine), read: given.lines.map(m.fromLine) };"
    found = run_script("_record.js", body, {"made": [plain(each) for each in made], "lines": lines}, tmp_path)
    assert found["lines"] == lines
    assert found["read"] == [plain(each) for each in made]
    assert [from_line(line.encode()) for line in found["lines"]] == made


def test_a_damaged_line_is_refused_where_python_refuses_it(tmp_path: Path) -> None:
    line = to_line(attempts(2, 1)[0]).decode().strip()
    bad = ["", "<html>", line[:-1], line.replace('"c":', '"c" :'), line[:9], "00000000 {}", line.replace("Q", "X")]
    body = "return given.map((line) => { try { m.fromLine(line); return true; } catch { return false; } });"
    assert run_script("_record.js", body, [*bad, line], tmp_path) == [False] * len(bad) + [True]
    for text in bad:
        with pytest.raises(ValueError, match=r"."):
            from_line(text.encode())


def test_the_union_of_logs_drops_repeats_and_counts_what_is_damaged(tmp_path: Path) -> None:
    lines = [to_line(each).decode() for each in attempts(3, 5)]
    text = "".join([*lines[::-1], lines[0], "rubbish\n"])
    body = "const { attempts, damaged, others } = m.readLines(given); return [attempts.length, damaged.length, others];"
    assert run_script("_log.js", body, text, tmp_path) == [5, 1, 0]


@pytest.mark.parametrize("count", [1, 100, 6000])
def test_resume_codes_go_both_ways(count: int, tmp_path: Path) -> None:
    made = attempts(4, count)
    code = resume_code(made)
    body = "return { read: await m.readCode(given.code), code: await m.resumeCode(given.made) };"
    found = run_script("_code.js", body, {"code": code, "made": [plain(each) for each in made]}, tmp_path)
    assert found["read"] == [plain(each) for each in made[-5000:]]
    assert read_code(found["code"]) == tuple(made[-5000:])


def test_a_bad_code_is_refused_with_the_same_words(tmp_path: Path) -> None:
    code = resume_code(attempts(5, 10))
    other = "A" if code[-20] != "A" else "B"
    bad = [
        "",
        "hello",
        "MYO9-abc",
        "MYO1-",
        "MYO1-abc",
        "MYO1-%%",
        code[:-3],
        code[:-20] + other + code[-19:],
        "x" * 300_000,
    ]
    body = """const said = []; for (const code of given) {
      try { await m.readCode(code); said.push(""); }
      catch (error) { if (!(error instanceof m.CodeError)) throw error; said.push(error.message); } }
    return said;"""
    found = run_script("_code.js", body, [*bad, f" {code[:30]}\n{code[30:]} "], tmp_path)
    assert found[-1] == ""
    for text, said in zip(bad, found, strict=False):
        with pytest.raises(ValueError, match=r".") as refused:
            read_code(text)
        assert said == str(refused.value)


def test_the_checksum_is_sha_256(tmp_path: Path) -> None:
    texts = ["", "abc", "a" * 55, "a" * 56, "a" * 64, "é" * 1000]
    body = "return given.map((text) => Array.from(m.sha256(new TextEncoder().encode(text))));"
    expected = [list(hashlib.sha256(text.encode()).digest()) for text in texts]
    assert run_script("_code.js", body, texts, tmp_path) == expected


@pytest.mark.parametrize("seed", range(6))
def test_dates_counts_and_queues_are_those_of_python(seed: int, tmp_path: Path) -> None:
    made = attempts(seed)
    body = """
    const { index, made, now, deck } = given;
    return { seen: m.overview(index, made, now), queue: m.reviewQueue(index, made, now),
      cards: m.cardQueue(index, deck, made, now) };"""
    glossary = cards(KB)
    deck = [card.id for card in glossary]
    given = {"index": index(), "made": [plain(each) for each in made], "now": NOW, "deck": deck}
    found = run_script("_tally.js", body, given, tmp_path)
    seen = overview(BANK, KB, made, NOW / 1000)
    progress = fold([each for each in made if not each.item.startswith("card:")], NOW / 1000)
    tallied = {
        name: {"total": each.total, "met": each.met, "known": each.known, "due": each.due}
        for name, each in seen.objectives.items()
    }
    assert found["seen"]["objectives"] == {name: each for name, each in tallied.items() if each["total"]}
    assert found["seen"]["decks"] == {
        name: {"total": each.total, "met": each.met, "known": each.known, "due": each.due}
        for name, each in seen.decks.items()
    }
    assert found["seen"]["wrong"] == [item.id for item in seen.wrong]
    assert found["seen"]["coming"] == dict(seen.due)
    assert found["seen"]["gone"] == seen.gone
    assert [(each["right"], each["answered"]) for each in found["seen"]["calibration"]] == [
        progress.calibration.get(level, (0, 0)) for level in (1, 2, 3)
    ]
    assert found["queue"]["chosen"] == [item.id for item in review_queue(BANK, progress, KB, now=NOW / 1000)]
    rated = fold([each for each in made if each.item.startswith("card:")], NOW / 1000)
    assert found["cards"]["chosen"] == [card.id for card in card_queue(glossary, rated, now=NOW / 1000)]


def test_every_due_date_is_that_of_the_library(tmp_path: Path) -> None:
    made = [each for seed in range(20, 26) for each in attempts(seed, 300)]
    entries = fold(sorted(made, key=lambda each: each.time), NOW / 1000).items
    expected = due_times(entries)
    given = {"plan": schedule(), "items": {name: [plain(a) for a in entry.attempts] for name, entry in entries.items()}}
    body = """return Object.fromEntries(Object.entries(given.items)
      .map(([name, made]) => [name, m.dueTime(given.plan, made) / 1000]));"""
    found = run_script("_schedule.js", body, given, tmp_path)
    assert found == pytest.approx(expected, abs=0.01)
    assert len({round(date) for date in expected.values()}) > 100


def test_categories_are_mixed_in_the_same_order(tmp_path: Path) -> None:
    chance = random.Random(6)
    rows = [[chance.choice("aaabbc") + str(place) for place in range(chance.randint(0, 14))] for _ in range(200)]
    found = run_script("_tally.js", "return given.map((row) => m.mix(row, (name) => name[0]));", rows, tmp_path)
    assert found == [mix(row, lambda name: name[0]) for row in rows]
