"""The package's own questions: read, free of flaws, markable, and silent about their key before the answer."""

from __future__ import annotations

from dataclasses import asdict

import pytest

from myoteach import KnowledgeBase
from myoteach.knowledge.records import Claim, Investigation, Treatment
from myoteach.questions import (
    DONT_KNOW,
    Case,
    Choice,
    Item,
    Matching,
    Numeric,
    Ordering,
    bot_scores,
    check_bank,
    grade,
    read_bank,
    show,
)
from myoteach.questions._lint_errors import texts_of
from tests.notebooks import reading
from tests.questions.exports import responses

BANK = read_bank()


def wrong_response(item: Item) -> object:
    if isinstance(item, Choice):
        return [option.id for option in item.distractors][: item.keys]
    if isinstance(item, Matching):
        ids = [option.id for option in item.options]
        return {premise.id: ids[ids.index(premise.answer) - 1] for premise in item.stems}
    if isinstance(item, Ordering):
        return [option.id for option in reversed(item.options)]
    assert isinstance(item, Numeric)
    return item.answer + 3 * item.tolerance + 1


def test_the_bank_is_as_large_as_promised_and_without_flaw() -> None:
    assert len(BANK.questions) >= 180
    assert sum(isinstance(item, Case) for item in BANK.items) >= 10
    assert check_bank() == ()
    assert not any(score.is_too_good for score in bot_scores(BANK.questions))


def test_every_claim_treatment_and_test_is_asked_about(kb: KnowledgeBase) -> None:
    covered = {row for item in BANK.by_id.values() for row in item.covers}
    claims = {row.id for row in kb.records("claims", Claim)}
    treatments = {row.id for row in kb.records("treatments", Treatment)}
    tests = {row.id for row in kb.records("investigations", Investigation)}
    assert (claims | treatments | tests) - covered == set()


@pytest.mark.parametrize("item", BANK.questions, ids=lambda item: item.id)
def test_every_question_can_be_answered_and_keeps_its_key_until_then(item: Item) -> None:
    right = grade(item, responses.right(item))
    unknown = grade(item, DONT_KNOW)
    assert (right.verdict, right.yours, unknown.verdict) == ("right", (), "not known")
    assert unknown.key
    assert unknown.feature
    assert unknown.sources
    text = repr(asdict(show(item, seed=1)))
    for name, secret in texts_of(item):
        if name == "feature" or "why" in name:
            assert not secret or secret not in text


@pytest.mark.parametrize("item", BANK.questions, ids=lambda item: item.id)
def test_a_wrong_response_is_told_why(item: Item) -> None:
    wrong = grade(item, wrong_response(item))  # type: ignore[arg-type]
    assert wrong.verdict in {"wrong", "partly right"}
    assert all(len(text.split()) >= 4 for text in wrong.yours)
    assert wrong.yours


@pytest.mark.parametrize("item", [item for item in BANK.questions if item.audience == "both"], ids=lambda item: item.id)
def test_what_the_public_reads_stays_below_the_eighth_grade(item: Item) -> None:
    ended = [text if text.endswith((".", "?", "!")) else f"{text}." for _, text in texts_of(item) if text]
    assert reading.grade(reading.sentences("\n\n".join(ended))) < 8
