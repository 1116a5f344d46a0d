"""The article on trial in Python: its data, what it keeps, its first frame, what it refuses."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import traitlets

from myoteach import KnowledgeBase, article_on_trial, load
from myoteach.knowledge.records import Claim
from myoteach.widgets._lessons import lessons


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    """What one test judges is not there in the next."""
    article_on_trial().judged = {}
    yield
    article_on_trial().judged = {}


def claims(kb: KnowledgeBase) -> tuple[Claim, ...]:
    return kb.records("claims", Claim)


def test_data_holds_every_claim_with_its_verdict_and_sources(kb: KnowledgeBase) -> None:
    data = article_on_trial().data
    assert [row["id"] for row in data["claims"]] == [row.id for row in claims(kb)]
    assert {row["verdict"] for row in data["claims"]} == {word["id"] for word in data["verdicts"]}
    assert len({word["label"] for word in [*data["verdicts"], data["cannot"]]}) == len(data["verdicts"]) + 1
    assert all(row["sources"] and set(row["sources"]) <= set(data["sources"]) for row in data["claims"])
    assert json.loads(json.dumps(data)) == data


def test_every_claim_belongs_to_a_lesson_of_the_course(kb: KnowledgeBase) -> None:
    known = {row.lesson for row in kb.table("objectives")}  # type: ignore[attr-defined]
    assert {row.lesson for row in claims(kb)} <= known
    split = [row.id for lesson in article_on_trial().data["lessons"] for row in article_on_trial(lesson["id"]).claims]
    assert sorted(split) == sorted(row.id for row in claims(kb))


def test_a_claim_can_be_judged_alone(kb: KnowledgeBase) -> None:
    """Dealt at random it has no sentence before it, so that it names what it speaks of; nothing in it is quoted."""
    for row in claims(kb):
        assert not re.match(r"(It|They|These|Those|This|The same)\b", row.paraphrase), row.paraphrase
        assert not re.search(r" (cause|trigger) (it|them)$", row.paraphrase), row.paraphrase
        assert not re.search(r"[\"“”‘]|'\w+ .*'", row.paraphrase), row.paraphrase


def test_lessons_are_named_as_their_notebooks_are() -> None:
    names = {row["id"]: row["name"] for row in article_on_trial().data["lessons"]}
    for lesson in lessons():
        if lesson.id in names:
            assert names[lesson.id] == f"Lesson {int(lesson.id)}, {lesson.title}"


def test_a_deal_is_the_same_for_a_whole_class_and_stays_in_its_lesson() -> None:
    first, second = article_on_trial(few=6, seed=2), article_on_trial(few=6, seed=2)
    assert first.dealt == second.dealt
    assert len(set(first.dealt)) == 6
    assert first.dealt != article_on_trial(few=6, seed=3).dealt
    small = article_on_trial("07", few=6)
    assert sorted(small.dealt) == ["S47", "S48"]


def test_what_was_judged_is_there_when_the_cell_runs_again() -> None:
    trial = article_on_trial("07")
    trial.judged = {"S47": "supported", "S48": "cannot say"}
    again = article_on_trial()
    assert again.judged == {"S47": "supported", "S48": "cannot say"}
    again.judged = {"S47": "supported"}  # taken back in the page
    assert article_on_trial().judged == {"S47": "supported"}


def test_the_frame_holds_judgements_against_verdicts() -> None:
    trial = article_on_trial("07")
    assert trial.frame().empty
    trial.judged = {"S47": "wrong", "S48": "wrong", "S01": "wrong"}
    assert trial.frame()["agrees"].to_dict() == {"S47": False, "S48": True}


def test_the_first_frame_folds_every_verdict_away(kb: KnowledgeBase) -> None:
    bundle, _ = article_on_trial("03")._repr_mimebundle_()
    frame = bundle["text/html"]
    shown = re.sub(r"<details>(<summary>.*?</summary>).*?</details>", r"\1", frame)
    rows = [row for row in claims(kb) if row.lesson == "03"]
    assert frame.count("<details>") == len(rows)
    for row in rows:
        assert row.id in shown
        assert row.nuance.replace('"', "&quot;")[:30] in frame
        assert row.nuance.replace('"', "&quot;")[:30] not in shown
    assert not re.search(r"Needs a correction|Not about these jerks|Wrong", shown)


def test_markup_in_a_table_is_shown_as_text(tmp_path: Path) -> None:
    text = "id,paraphrase,nuance\nS01,<img src=x>,<script>alert(1)</script>\n"
    (tmp_path / "claims.csv").write_text(text, encoding="utf-8")
    frame = article_on_trial(kb=load(tmp_path)).first_frame()
    assert "&lt;img" in frame
    assert "<img" not in frame
    assert "<script" not in frame


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"lesson": "3"}, KeyError, "lesson '3'.*Did you mean '03'"),
        ({"few": -1}, ValueError, "few is -1"),
        ({"few": True}, ValueError, "few is True"),
    ],
)
def test_what_does_not_exist_is_refused(arguments: dict[str, object], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        article_on_trial(**arguments)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("trait", "value"), [("judged", {"S01": "true"}), ("judged", {"S99": "wrong"}), ("claim", "S1")]
)
def test_a_state_that_does_not_exist_is_refused(trait: str, value: object) -> None:
    with pytest.raises(traitlets.TraitError, match="No "):
        setattr(article_on_trial(), trait, value)
