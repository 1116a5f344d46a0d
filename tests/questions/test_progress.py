"""What attempts add up to, what comes next, and a code that carries it elsewhere or is refused whole."""

from __future__ import annotations

import base64
import itertools
import random
import sys
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from myoteach import KnowledgeBase
from myoteach.questions import (
    Attempt,
    AttemptLog,
    Bank,
    ResumeError,
    category_of,
    contrast_pairs,
    draft_items,
    due_times,
    fold,
    import_code,
    mix,
    read_code,
    resume_code,
    review_queue,
)
from myoteach.questions._schedule import rating
from tests.questions.samples import SINGLE, bank, changed

DAY = 86_400
NOW = 1_800_000_000


def made(number: int, item: str = "Q06-001", *, at: float = NOW, right: bool = True, **more: object) -> Attempt:
    response = ("b",) if right else ("a",)
    return Attempt(f"0badcafe-{number}", int(at * 1000), item, 1, ("b", "a"), response, right, **more)  # type: ignore[arg-type]


def test_scores_calibration_points_and_days() -> None:
    attempts = [
        made(1, at=NOW - 2 * DAY, right=False, confidence=3),
        made(2, at=NOW - DAY, confidence=3),
        made(3, "Q06-002", confidence=1),
        made(4, "Q06-003", right=False)._replace(response=("?",)),
        made(5, "Q06-004"),
    ]
    progress = fold(attempts, now=NOW + 1)
    assert (progress.attempts, progress.right, progress.not_known) == (5, 3, 1)
    assert progress.points == -6 + 3 + 1
    assert progress.calibration == {1: (1, 1), 3: (1, 2)}
    assert progress.days == 3
    assert fold(attempts, now=NOW + DAY).days == 3  # today is not over
    assert fold(attempts, now=NOW + 2 * DAY).days == 0
    assert progress.by_lesson(bank()) == {"06": (3, 4, 7)}


def test_confidently_wrong_is_a_matter_of_the_latest_answer() -> None:
    wrong = made(1, right=False, confidence=3)
    assert fold([wrong], now=NOW).confidently_wrong == ("Q06-001",)
    assert fold([wrong, made(2, confidence=3)], now=NOW).confidently_wrong == ()
    assert fold([made(1, right=False, confidence=2)], now=NOW).confidently_wrong == ()
    unknown = made(1, right=False, confidence=3)._replace(response=("?",))
    assert fold([unknown], now=NOW).confidently_wrong == ()


@pytest.mark.parametrize(
    ("attempt", "name"),
    [
        (made(1, right=False, easy=True), "Again"),
        (made(1, right=False)._replace(response=("?",)), "Again"),
        (made(1, confidence=1), "Hard"),
        (made(1, confidence=2), "Good"),
        (made(1, confidence=3), "Good"),
        (made(1), "Good"),
        (made(1, confidence=1, easy=True), "Easy"),
    ],
)
def test_what_the_scheduler_is_told(attempt: Attempt, name: str) -> None:
    assert rating(attempt).name == name


def test_the_better_it_is_known_the_later_it_comes_back() -> None:
    def due(*attempts: Attempt) -> float:
        return due_times(fold(attempts, now=NOW + DAY).items)["Q06-001"] - NOW

    assert due(made(1, right=False)) < due(made(1, confidence=1)) < due(made(1)) < due(made(1, easy=True))
    often = [made(n, at=NOW - (6 - n) * 4 * DAY) for n in range(1, 7)]
    assert due(*often) > 10 * DAY


def test_the_same_log_gives_the_same_dates() -> None:
    entries = fold([made(n, at=NOW - (9 - n) * DAY) for n in range(9)], now=NOW).items
    assert due_times(entries) == due_times(entries)


def test_leaving_out_very_old_attempts_hardly_moves_the_next_date(monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(2)
    attempts = [made(n, at=NOW - (200 - n) * 3 * DAY, right=chance.random() < 0.85) for n in range(200)]
    entries = fold(attempts, now=NOW).items
    short = due_times(entries)["Q06-001"] - NOW
    monkeypatch.setattr("myoteach.questions._schedule._REPLAYED", 200)
    whole = due_times(entries)["Q06-001"] - NOW
    assert short == pytest.approx(whole, rel=0.1, abs=DAY)


def test_without_fsrs_the_queue_says_what_to_install(kb: KnowledgeBase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsrs", None)
    with pytest.raises(ImportError, match=r"pip install 'myoteach\[quiz\]'"):
        review_queue(bank(), fold([made(1)], now=NOW), kb, now=NOW)
    assert review_queue(bank(), fold([], now=NOW), kb, now=NOW) == ()


def test_the_queue_confidently_wrong_then_due_then_new(kb: KnowledgeBase) -> None:
    whole = bank(
        *(
            changed(SINGLE, id=f"Q06-{number:03}", covers=[row])
            for number, row in enumerate(("C001", "RF01", "MIM01", "S01"))
        )
    )
    attempts = [
        made(1, "Q06-000", at=NOW - 30 * DAY),  # right, long ago: due
        made(2, "Q06-001", at=NOW - 60, right=False, confidence=3),  # confidently wrong just now
        made(3, "Q06-002", at=NOW - 60, easy=True),  # not due
        made(4, "Q09-999", at=NOW - 60, right=False, confidence=3),  # no longer in the bank
    ]
    progress = fold(attempts, now=NOW)
    assert [item.id for item in review_queue(whole, progress, kb, now=NOW)] == ["Q06-001", "Q06-000"]
    assert [item.id for item in review_queue(whole, progress, kb, now=NOW, new=5)][2:] == ["Q06-003"]
    assert len(review_queue(whole, progress, kb, now=NOW, new=5, limit=1)) == 1


def test_a_changed_item_is_due_again(kb: KnowledgeBase) -> None:
    whole = bank()
    progress = fold([made(1, at=NOW - 60, easy=True)], now=NOW)
    assert review_queue(whole, progress, kb, now=NOW) == ()
    newer = Bank(tuple(replace(item, version=2) for item in whole.items))
    assert [item.id for item in review_queue(newer, progress, kb, now=NOW)] == ["Q06-001"]


def _runs(values: list[str]) -> int:
    return max((len(list(group)) for _, group in itertools.groupby(values)), default=0)


@settings(deadline=None)
@given(st.text("abc", max_size=9))
def test_never_three_of_a_category_and_nothing_left_out_that_fits(text: str) -> None:
    values = list(enumerate(text))
    mixed = mix(values, lambda value: value[1])
    order = [letter for _, letter in mixed]
    assert _runs(order) <= 2
    assert len(set(mixed)) == len(mixed)
    best = max((text.count(letter) for letter in set(text)), default=0)
    fits = min(len(text), 2 * (len(text) - best + 1) + len(text) - best)
    assert len(mixed) == fits
    for letter in set(text):  # within a category the order is kept
        numbers = [number for number, other in mixed if other == letter]
        assert numbers == sorted(numbers)


def test_what_is_mixed_already_is_left_alone() -> None:
    assert mix(list("aabbaacb"), str) == list("aabbaacb")


def test_a_queue_of_drafts_is_mixed(kb: KnowledgeBase) -> None:
    drafts = draft_items(kb, 60)
    queue = review_queue(Bank(drafts), fold([]), kb, new=60, limit=60)
    assert _runs([category_of(item, kb) for item in queue]) <= 2
    assert len(queue) > 50


def test_contrast_pairs_are_look_alikes_that_the_table_tells_apart(kb: KnowledgeBase) -> None:
    pairs = contrast_pairs(draft_items(kb, 60), kb)
    assert pairs
    for pair in pairs:
        one, two = pair.rows
        clue = next(clue.id for clue in kb.clues.values() if clue.plain == pair.deciding)
        assert {kb.cells[one, clue].value, kb.cells[two, clue].value} == {"yes", "no"}


def test_a_mimic_and_its_cause_are_a_pair(kb: KnowledgeBase) -> None:
    items = bank(changed(SINGLE, covers=["MIM02"]), changed(SINGLE, id="Q06-009", covers=["C117"])).items
    (pair,) = contrast_pairs(items, kb)
    assert pair.deciding == kb.get("MIM02").discriminator_plain  # type: ignore[attr-defined]


def typical(count: int, sessions: int, seed: int = 1) -> list[Attempt]:
    """Attempts as a course gives them: other items, orders, times and pauses each time."""
    chance = random.Random(seed)
    attempts, moment, name = [], NOW * 1000, ""
    for number in range(count):
        if number % -(-count // sessions) == 0:
            name, start = f"{chance.getrandbits(32):08x}", number
            moment += chance.randrange(DAY * 1000)
        moment += chance.randrange(5_000, 90_000)
        order = "".join(chance.sample("abcd", 4))
        item = f"Q{chance.randrange(11):02}-{chance.randrange(1, 20):03}"
        attempts.append(
            Attempt(
                f"{name}-{number - start + 1}",
                moment,
                item,
                1,
                tuple(order),
                (chance.choice("abcd"),),
                chance.random() < 0.7,
                chance.choice((None, 1, 2, 3)),
                chance.randrange(2_000, 60_000),
                chance.choice(("quiz", "review")),
            )
        )
    return attempts


@pytest.mark.parametrize("sessions", [1, 10, 20])
def test_two_hundred_attempts_fit_in_4500_characters(sessions: int) -> None:
    attempts = typical(200, sessions)
    code = resume_code(attempts)
    assert len(code) < 4_500
    assert read_code(code) == tuple(attempts)


ATTEMPTS = st.builds(
    Attempt,
    id=st.from_regex(r"[0-9a-f]{8}-[1-9][0-9]{0,8}", fullmatch=True),
    time=st.integers(0, 10**14 - 1),
    item=st.from_regex(r"Q[0-9]{2}-[0-9]{3}[a-z]?", fullmatch=True),
    version=st.integers(1, 99),
    order=st.lists(st.sampled_from("abcdef"), max_size=5, unique=True).map(tuple),
    response=st.lists(st.sampled_from(["a", "b", "s1=a", "?", "-4.5"]), min_size=1, max_size=5).map(tuple),
    correct=st.booleans(),
    confidence=st.sampled_from([None, 1, 2, 3]),
    took=st.integers(0, 10**9),
    mode=st.sampled_from(["quiz", "review", "flashcard"]),
    easy=st.booleans(),
)


@given(st.lists(ATTEMPTS, max_size=20))
def test_any_attempts_survive_the_code(attempts: list[Attempt]) -> None:
    assert read_code(resume_code(attempts)) == tuple(attempts)


CODE = resume_code(typical(30, 3))


@settings(max_examples=400, deadline=None)
@given(
    place=st.integers(0, len(CODE) - 1),
    cut=st.integers(0, 40),
    new=st.text("abcXYZ019-_+/=é", max_size=6),
)
def test_an_altered_code_is_refused_in_a_sentence_and_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, place: int, cut: int, new: str
) -> None:
    altered = CODE[:place] + new + CODE[place + cut :]
    if altered == CODE:
        return
    log = AttemptLog(tmp_path_factory.getbasetemp() / "untouched")
    with pytest.raises(ResumeError, match=r"^This .*resume code.*\.$"):
        import_code(altered, log)
    assert log.reading.attempts == ()
    assert list(log.folder.iterdir()) == []


def test_a_code_cut_anywhere_is_refused() -> None:
    for length in range(len(CODE)):
        with pytest.raises(ResumeError):
            read_code(CODE[:length])


def test_line_ends_and_spaces_of_a_mail_do_not_matter() -> None:
    wrapped = "\n  ".join(CODE[start : start + 60] for start in range(0, len(CODE), 60))
    assert read_code(f"\n {wrapped} \r\n") == read_code(CODE)


def test_importing_twice_adds_nothing_the_second_time(tmp_path: Path) -> None:
    log = AttemptLog(tmp_path)
    first, second = import_code(CODE, log), import_code(CODE, log)
    assert (first.added, first.known, second.added, second.known) == (30, 0, 0, 30)
    assert log.reading.attempts == read_code(CODE)
    assert (import_code(CODE, AttemptLog(tmp_path)).added, len(AttemptLog(tmp_path).reading.attempts)) == (0, 30)


def forge(plain: bytes) -> str:
    """A code with a right checksum around anything."""
    import hashlib  # noqa: PLC0415

    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(plain) + packer.flush()
    return "MYO1-" + base64.urlsafe_b64encode(hashlib.sha256(packed).digest()[:6] + packed).decode().rstrip("=")


@pytest.mark.parametrize(
    "plain",
    [
        b"",
        b"{}",
        b"[]",
        b"null",
        b"[" * 100_000,
        b"[[],[],[],[],[],[],[],[],[],[],[1],[1],[1],[1]]",
        b'[["zz"],[0],["Q06-001 1"],[0],["a b"],[0],["a"],[0],["quiz"],[0],[1],[1],[1],[1]]',
        b'[["0badcafe"],[0],["Q06-001"],[0],["a b"],[0],["a"],[0],["quiz"],[0],[1],[1],[1],[1]]',
        b'[["0badcafe"],[0],["Q06-001 1"],[0],["a b"],[0],["a"],[0],["quiz"],[0],[1],[1],[1],["x"]]',
        b'[["0badcafe"],[9],["Q06-001 1"],[0],["a b"],[0],["a"],[0],["quiz"],[0],[1],[1],[1],[1]]',
        b" " * 50_000_000,
    ],
)
def test_a_forged_code_is_refused(plain: bytes) -> None:
    with pytest.raises(ResumeError):
        read_code(forge(plain))


def test_a_giant_paste_is_refused_at_once() -> None:
    with pytest.raises(ResumeError, match="longer than any resume code"):
        read_code("MYO1-" + "A" * 5_000_000)


def test_a_code_of_a_later_version_is_named_as_such() -> None:
    with pytest.raises(ResumeError, match="another version of myoteach"):
        read_code("MYO2-abc")


def test_the_latest_attempts_go_into_a_code_when_there_are_too_many() -> None:
    attempts = typical(5_100, 50)
    assert read_code(resume_code(attempts)) == tuple(attempts[-5_000:])
