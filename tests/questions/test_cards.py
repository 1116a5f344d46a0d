"""Flashcards: only what has a source, kept in the same log, scheduled as their learner says."""

from __future__ import annotations

from pathlib import Path

import pytest

from myoteach import KnowledgeBase
from myoteach.knowledge.records import Mimic, Term
from myoteach.questions import (
    Attempt,
    AttemptLog,
    card_queue,
    cards,
    due_times,
    fold,
    read_bank,
    read_code,
    read_log,
    resume_code,
    review_queue,
    rows_of_lesson,
)
from myoteach.questions._schedule import rating
from myoteach.questions.attempts import DamagedError, check

DAY = 86_400
NOW = 1_800_000_000


def test_a_card_rests_on_a_source_and_its_back_is_no_draft(kb: KnowledgeBase) -> None:
    glossary, look_alikes = cards(kb), cards(kb, "look-alikes")
    assert {card.row for card in glossary} == {row for row in kb.records("glossary", Term) if kb.is_supported(row)}
    assert 0 < len(glossary) < len(kb.table("glossary"))
    mimics = [card.row for card in look_alikes if isinstance(card.row, Mimic)]
    assert len(mimics) == len(look_alikes) > 20
    assert not any("discriminator_plain" in row.draft_fields for row in mimics)
    assert all(card.back_plain and card.back_clinical and card.front_plain for card in (*glossary, *look_alikes))


def test_the_cards_of_a_lesson_are_what_its_questions_are_about(kb: KnowledgeBase) -> None:
    found = cards(kb, "look-alikes", only=rows_of_lesson(read_bank(), "02"))
    assert "card:look-alikes:MIM02" in {card.id for card in found}
    assert len(found) < len(cards(kb, "look-alikes"))


def test_a_deck_that_does_not_exist_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(KeyError, match="Did you mean 'glossary'"):
        cards(kb, "glosary")


def test_a_rating_is_an_attempt_like_any_other(tmp_path: Path, kb: KnowledgeBase) -> None:
    log, card = AttemptLog(tmp_path), cards(kb)[0]
    made = [log.record_rating(card, word) for word in ("again", "hard", "good", "easy")]
    assert read_log(tmp_path).attempts == tuple(made)
    assert [attempt.correct for attempt in made] == [False, True, True, True]
    assert [rating(attempt).name for attempt in made] == ["Again", "Hard", "Good", "Easy"]
    assert {attempt.mode for attempt in made} == {"flashcard"}
    assert read_code(resume_code(made)) == tuple(made)
    with pytest.raises(ValueError, match="again, hard, good, easy, not 'fine'"):
        log.record_rating(card, "fine")


def test_an_answer_called_hard_to_a_question_is_no_rating() -> None:
    assert rating(Attempt("0badcafe-1", 0, "Q06-001", 1, (), ("hard",), True)).name == "Good"


def test_an_easier_rating_comes_back_later(tmp_path: Path, kb: KnowledgeBase) -> None:
    deck, log = cards(kb)[:4], AttemptLog(tmp_path, clock=lambda: NOW)
    for card, word in zip(deck, ("easy", "good", "hard", "again"), strict=True):
        log.record_rating(card, word)
    progress = fold(log.reading.attempts, NOW + 1)
    due = due_times(progress.items)
    times = [due[card.id] for card in deck]
    assert times == sorted(times, reverse=True)
    assert len(set(times)) == 4
    assert card_queue(deck, progress, now=NOW + 1) == ()
    assert [card.id for card in card_queue(deck, progress, now=NOW + 30 * DAY)] == [card.id for card in deck[::-1]]
    assert card_queue(cards(kb)[:6], progress, now=NOW + 1) == cards(kb)[4:6]


def test_cards_in_the_log_do_not_reach_the_queue_of_questions(tmp_path: Path, kb: KnowledgeBase) -> None:
    log = AttemptLog(tmp_path, clock=lambda: NOW)
    log.record_rating(cards(kb)[0], "again")
    progress = fold(log.reading.attempts, NOW + DAY)
    assert review_queue(read_bank(), progress, kb, now=NOW + 30 * DAY) == ()
    assert sum(tried for _, tried, _ in progress.by_lesson(read_bank()).values()) == 0


@pytest.mark.parametrize(
    "change",
    [{"item": "a b"}, {"item": ""}, {"item": "x" * 81}, {"mode": "a b"}, {"confidence": 1.0}, {"confidence": True}],
)
def test_what_a_resume_code_could_not_carry_is_damage(change: dict[str, object]) -> None:
    attempt = Attempt("0badcafe-1", 0, "Q06-001", 1, (), ("a",), True, 1)
    assert check(attempt) == attempt
    with pytest.raises(DamagedError):
        check(attempt._replace(**change))  # type: ignore[arg-type]
