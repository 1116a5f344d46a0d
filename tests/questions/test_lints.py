"""Each lint catches the flaw it is for, at its place, and leaves a clean item alone."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from myoteach import KnowledgeBase
from myoteach.questions import BANK_LINTS, LINTS, Bank, bot_scores, draft_items, leaks, lint_bank, lint_item, other_keys
from tests.questions.samples import (
    CASE,
    CLEAN,
    MATCHING,
    MULTIPLE,
    NUMERIC,
    SINGLE,
    Fields,
    bank,
    changed,
    problems,
    with_option,
)

#: Lint to an item with that one flaw, and the field it is found in. Flaws of form are in test_read.
PLANTED: dict[str, tuple[Fields, str]] = {
    "one-key": (with_option(SINGLE, "a", key=True), "options"),
    "all-keys": (
        changed(MULTIPLE, keys=4, stem="Choose four.", options=[{**o, "key": True} for o in MULTIPLE["options"]]),
        "options",
    ),
    "stated-number": (changed(MULTIPLE, stem="Which signs call for help today?"), "stem"),
    "all-or-none": (with_option(SINGLE, "d", text="Any of these"), "options.d.text"),
    "refers-to-options": (with_option(SINGLE, "d", text="Both A and C"), "options.d.text"),
    "long-key": (
        with_option(SINGLE, "b", text="The prescriber or pharmacist or somebody else who knows the medicine well"),
        "options.b.text",
    ),
    "article-cue": (changed(SINGLE, stem="The person to call today about new jerks is an"), "stem"),
    "bare-negative": (changed(SINGLE, stem="New jerks began. Whom should the person not call today?"), "stem"),
    "duplicate-options": (with_option(SINGLE, "d", text="a friend, with similar trouble!"), "options.d.text"),
    "too-few-options": (
        changed(
            MATCHING,
            stems=[
                *MATCHING["stems"],
                {"id": "s3", "text": "A nod", "answer": "b", "why": "It drops out for a moment."},
            ],
            options=MATCHING["options"][:2],
        ),
        "options",
    ),
    "tolerance": (changed(NUMERIC, tolerance=50), "tolerance"),
    "dose": (with_option(SINGLE, "b", why="Right: they can give 500 mg instead."), "options.b.why"),
    "pretended": (changed(SINGLE, feature="A faked jerk changes with attention."), "feature"),
    "clang": (changed(SINGLE, stem="New jerks after a tablet of the prescriber: whom to call?"), "options.b.text"),
    "key-punctuation brackets": (with_option(SINGLE, "b", text="The prescriber (or chemist)"), "options.b.text"),
    "key-punctuation digits": (with_option(SINGLE, "b", text="The prescriber on day 1"), "options.b.text"),
    "key-punctuation commas": (with_option(SINGLE, "b", text="The prescriber, or chemist"), "options.b.text"),
    "absolute-terms": (with_option(SINGLE, "d", text="Always the neighbour"), "options.d.text"),
    "vague-frequency": (with_option(SINGLE, "d", text="Usually the neighbour"), "options.d.text"),
    "overlap": (
        changed(
            SINGLE,
            options=[
                *SINGLE["options"][:2],
                {"id": "c", "text": "The kind and wise neighbour", "why": "A neighbour cannot judge it."},
                {"id": "d", "text": "The wise and kind neighbour next", "why": "A neighbour cannot judge it."},
            ],
        ),
        "options.d.text",
    ),
    "odd-one-out": (with_option(SINGLE, "b", text="The prescriber or pharmacist."), "options.b.text"),
    "long-stem": (changed(SINGLE, stem="Jerks began. " * 61 + "Whom should the person call today?"), "stem"),
    "short-why": (with_option(SINGLE, "c", why="An advert? No."), "options.c.why"),
    "elimination": (changed(MATCHING, options=MATCHING["options"][:2]), "options"),
    "one-study": (changed(SINGLE, stem="In one study of new jerks, whom did people call?"), "stem"),
}


def test_clean_items_have_no_flaw() -> None:
    assert problems(*CLEAN) == ()


def test_every_lint_has_its_planted_flaw() -> None:
    assert {name.partition(" ")[0] for name in PLANTED} == set(LINTS)
    assert len(PLANTED) >= 25


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_flaw_is_caught_and_nothing_else(name: str) -> None:
    code, (item, field) = name.partition(" ")[0], PLANTED[name]
    found = [problem for problem in problems(item) if problem.code not in BANK_LINTS]
    assert [(problem.code, problem.level, problem.field) for problem in found] == [(code, LINTS[code].level, field)]
    assert found[0].line is not None


@pytest.mark.parametrize("name", PLANTED)
def test_a_reason_answers_a_warning_and_never_an_error(name: str) -> None:
    code, (item, _) = name.partition(" ")[0], PLANTED[name]
    waived = changed(item, waive={code: "The word cannot be avoided in this question."})
    found = [problem.code for problem in problems(waived) if problem.code not in BANK_LINTS]
    assert found == ([] if LINTS[code].level == "W" else [code, "waiver"])


@pytest.mark.parametrize(
    ("waive", "expected"),
    [
        ({"clang": "Not needed at all here."}, "nothing to waive"),
        ({"clagn": "Not needed at all here."}, "such as clang"),
    ],
)
def test_a_waiver_without_its_warning_is_an_error(waive: dict[str, str], expected: str) -> None:
    (problem,) = problems(changed(SINGLE, waive=waive))
    assert problem.code == "waiver"
    assert expected in problem.expected


def test_a_waiver_needs_a_reason() -> None:
    item = changed(PLANTED["clang"][0], waive={"clang": "It is fine"})
    found = [problem.expected for problem in problems(item) if problem.code not in BANK_LINTS]
    assert found == ["a reason of at least four words"]


def test_the_stages_of_a_case_are_linted_where_they_stand() -> None:
    stages = [dict(stage) for stage in CASE["stages"]]
    stages[1]["item"] = with_option(stages[1]["item"], "a", key=False)
    (problem,) = problems(changed(CASE, stages=stages))
    assert (problem.code, problem.item) == ("one-key", "Q06-006b")
    assert problem.line is not None


@pytest.mark.parametrize(
    "stem",
    [
        "Which of these is NOT a cause?",
        "Which is **not** a cause?",
        "She does not sleep. Which cause is at least likely?",
    ],
)
def test_an_emphasised_negative_and_one_in_the_story_may_stand(stem: str) -> None:
    assert "bare-negative" not in {problem.code for problem in problems(changed(SINGLE, stem=stem))}


def test_the_name_of_an_urgency_is_no_absolute_term() -> None:
    assert problems(with_option(SINGLE, "d", text="None: nobody at this moment")) == ()
    assert [problem.code for problem in problems(with_option(SINGLE, "d", text="None of his neighbours"))][:1] == [
        "absolute-terms"
    ]


def test_the_same_question_twice_is_an_error() -> None:
    (problem,) = problems(SINGLE, changed(SINGLE, id="Q06-099"))
    assert (problem.code, problem.item) == ("same-stem", "Q06-099")


def _many(**texts: str) -> tuple[Fields, ...]:
    """Forty items whose key differs from its distractors in one trait."""
    words = ("amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heath", "islet", "joust", "knoll", "larch")
    items = []
    for number in range(40):
        pick = [words[(number * 5 + step * 3) % 12] for step in range(4)]
        options = [
            {"id": letter, "text": texts["wrong"].format(word, number), "why": "This is one of the wrong ones."}
            for letter, word in zip("abc", pick, strict=False)
        ]
        options.append(
            {"id": "d", "text": texts["right"].format(pick[3], number), "why": "This is the right one.", "key": True}
        )
        stem = texts.get("stem", "Which?").format(pick[3], number) + f" Item {number}"
        items.append(changed(SINGLE, id=f"Q06-{number + 100}", stem=stem, options=options))
    return tuple(items)


@pytest.mark.parametrize(
    ("bot", "texts"),
    [
        ("longest", {"wrong": "Tree {0}", "right": "Tree {0} of old"}),
        ("stem overlap", {"wrong": "Tree {0}", "right": "Tree {0}", "stem": "A tale of {0}:"}),
        ("brackets", {"wrong": "Tree {0} etc", "right": "Tree (of {0})"}),
    ],
)
def test_a_guesser_that_beats_chance_is_found(bot: str, texts: dict[str, str]) -> None:
    found = [problem for problem in lint_bank(bank(*_many(**texts))) if problem.code == "test-wise"]
    assert any(f"'{bot}'" in problem.value for problem in found)


def test_a_typical_key_is_found() -> None:
    options = [("a", "red stone wall"), ("b", "red brick gate"), ("c", "old brick wall"), ("d", "red brick wall")]
    made = [{"id": name, "text": text, "why": "It is one of four.", "key": name == "d"} for name, text in options]
    items = [changed(SINGLE, id=f"Q06-{100 + n}", stem=f"Which wall is number {n}?", options=made) for n in range(40)]
    scores = {score.bot: score for score in bot_scores(bank(*items).questions)}
    assert scores["most typical"].share == 1
    assert scores["most typical"].is_too_good


def test_chance_and_its_limit_are_those_of_the_binomial_distribution() -> None:
    score = bot_scores(bank(*_many(wrong="Tree {0}", right="Tree {0}")).questions)[0]
    assert score.chance == 0.25
    assert score.limit == pytest.approx(0.25 + 1.645 * (0.25 * 0.75 / 40) ** 0.5)
    assert score.share == 0.25  # all options are equally long: a guess
    assert not score.is_too_good


def test_an_explanation_in_a_saved_notebook_is_found() -> None:
    whole = bank()
    why = whole.item("Q06-001").options[1].why  # type: ignore[attr-defined]
    in_output = {"cells": [{"outputs": [{"data": {"text/html": ["<p>Q06-001 ", why, "</p>"]}}]}], "metadata": {}}
    in_state = {
        "cells": [],
        "metadata": {"widgets": {"state": {"x": {"shown": {"stem": whole.item("Q06-001").stem}, "feedback": why}}}},
    }
    by_an_explorer = {"cells": [{"outputs": [{"data": {"text/html": why}}]}], "metadata": {}}
    in_prose = {"cells": [{"source": ["Q06-001 ", why]}], "metadata": {}}
    assert {item for item, _ in leaks(in_output, whole)} >= {"Q06-001"}
    assert {item for item, _ in leaks(in_state, whole)} >= {"Q06-001"}
    assert not list(leaks(by_an_explorer, whole))
    assert not list(leaks(in_prose, whole))


def test_drafts_are_labelled_clean_and_guarded(kb: KnowledgeBase) -> None:
    drafts = draft_items(kb, 60, seed=3)
    assert len(drafts) == 60
    assert {draft.status for draft in drafts} == {"draft-generated"}
    assert {draft.place for draft in drafts} == {"practice"}
    assert lint_bank(Bank(drafts)) == ()
    assert not any(other_keys(draft, kb) for draft in drafts)
    assert draft_items(kb, 60, seed=3) == drafts


def test_unknown_never_makes_a_distractor(kb: KnowledgeBase) -> None:
    """Put a cause about which nothing is decided in a distractor's place: the guard finds it."""
    draft = draft_items(kb, 1)[0]
    assert draft.origin is not None
    unknown = next(
        cause.id for cause in kb.all_causes if not any((cause.id, clue) in kb.cells for clue in draft.origin.clues)
    )
    wrong = draft.distractors[0].id
    origin = replace(draft.origin, causes={**draft.origin.causes, wrong: unknown})
    assert other_keys(replace(draft, origin=origin), kb) == (wrong,)


def test_every_distractor_of_a_draft_is_excluded_by_a_decided_cell(kb: KnowledgeBase) -> None:
    for draft in draft_items(kb, 400):
        assert draft.origin is not None
        for option in draft.options:
            values = [
                kb.cells[draft.origin.causes[option.id], clue].value
                for clue in draft.origin.clues
                if (draft.origin.causes[option.id], clue) in kb.cells
            ]
            assert set(values) == {"yes"} if option.key else "no" in values


def test_every_lint_says_in_a_sentence_what_it_is_for() -> None:
    for rule in (*LINTS.values(), *BANK_LINTS.values()):
        assert re.fullmatch(r"[A-Z].{15,}\.", rule.about)


def test_an_item_can_be_linted_by_itself() -> None:
    item = bank().item("Q06-001")
    assert list(lint_item(item)) == []
    (problem,) = lint_item(replace(item, stem="Whom should the person not call?"))
    assert (problem.code, problem.line) == ("bare-negative", None)
