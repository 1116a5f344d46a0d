"""The package's own questions: read, free of flaws, markable, and silent about their key before the answer."""

from __future__ import annotations

from dataclasses import asdict

import pytest

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

BANK = read_bank()


def right_response(item: Item) -> object:
    if isinstance(item, Choice):
        return sorted(item.key_ids)
    if isinstance(item, Matching):
        return {premise.id: premise.answer for premise in item.stems}
    if isinstance(item, Ordering):
        return [option.id for option in item.options]
    assert isinstance(item, Numeric)
    return item.answer


def test_the_bank_is_as_large_as_promised_and_without_flaw() -> None:
    assert len(BANK.questions) >= 180
    assert sum(isinstance(item, Case) for item in BANK.items) >= 10
    assert check_bank() == ()
    assert not any(score.is_too_good for score in bot_scores(BANK.questions))


@pytest.mark.parametrize("item", BANK.questions, ids=lambda item: item.id)
def test_every_question_can_be_answered_and_keeps_its_key_until_then(item: Item) -> None:
    right = grade(item, right_response(item))  # type: ignore[arg-type]
    unknown = grade(item, DONT_KNOW)
    assert (right.verdict, right.yours, unknown.verdict) == ("right", (), "not known")
    assert unknown.key
    assert unknown.feature
    assert unknown.sources
    text = repr(asdict(show(item, seed=1)))
    for name, secret in texts_of(item):
        if name == "feature" or "why" in name:
            assert not secret or secret not in text
