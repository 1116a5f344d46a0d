"""The quiz in Python: every kind and path, the log first, no key in any state, what it refuses."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from myoteach import KnowledgeBase, load, quiz
from myoteach.questions import (
    DONT_KNOW,
    Attempt,
    AttemptLog,
    Bank,
    Case,
    Choice,
    Item,
    Matching,
    Numeric,
    Ordering,
    category_of,
    contrast_pairs,
    read_bank,
    read_log,
)
from myoteach.widgets import _attempt_log
from myoteach.widgets._quiz_sets import QuizSet, named_set, set_names
from myoteach.widgets.quiz import Quiz, _running
from tests.questions import samples

from .markup import tags_of

#: All that a page knows of a part before its answer.
FIELDS = {"id", "version", "kind", "tells", "stem", "options", "stems", "choose", "unit", "picture"}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A kernel that has just begun, with a progress folder of its own."""
    monkeypatch.setenv("MYOTEACH_PROGRESS_DIR", str(tmp_path / "progress"))
    monkeypatch.setattr(_attempt_log, "_log", None)
    _running.clear()
    yield tmp_path / "progress"
    _running.clear()


@pytest.fixture
def bank() -> Bank:
    return samples.bank()


class Page:
    """Speaks to a quiz as its page does and collects what comes back."""

    def __init__(self, asked: Quiz) -> None:
        self.quiz = asked
        self.heard: list[dict[str, Any]] = []
        asked.send = self.heard.append

    def say(self, **content: Any) -> dict[str, Any]:
        """Send a message and return the last one that comes back."""
        self.quiz._receive(self.quiz, {"round": self.quiz.session.round, **content}, None)
        return self.heard[-1]

    def answer(self, slot: str, *response: str, confidence: int | None = None, took: int = 1200) -> dict[str, Any]:
        told = self.say(type="answer", slot=slot, response=list(response), confidence=confidence, took=took)
        return told["feedback"][slot] if told["type"] == "told" else told


def page_for(bank: Bank, *, vote: bool = False, mode: str = "quiz") -> Page:
    asked = QuizSet("Six kinds", bank.items, mode)
    return Page(Quiz(asked, bank=bank, kb=load(), vote=vote))


def key_of(item: Item) -> list[str]:
    """The right response."""
    if isinstance(item, Choice):
        return sorted(item.key_ids)
    if isinstance(item, Matching):
        return [f"{premise.id}={premise.answer}" for premise in item.stems]
    if isinstance(item, Numeric):
        return [f"{item.answer:g}"]
    assert isinstance(item, Ordering)
    return [option.id for option in item.options]


def wrong_of(item: Item) -> list[str]:
    if isinstance(item, Choice):
        return [option.id for option in item.distractors][: item.keys]
    if isinstance(item, Matching):
        others = [option.id for option in item.options]
        return [f"{premise.id}={next(o for o in others if o != premise.answer)}" for premise in item.stems]
    if isinstance(item, Numeric):
        return [f"{item.answer + 10 * item.tolerance + 1:g}"]
    assert isinstance(item, Ordering)
    return [option.id for option in (*item.options[1:], item.options[0])]


def secrets(bank: Bank) -> set[str]:
    """Every sentence that gives a key away."""
    texts = set()
    for item in (*bank.questions, *bank.items):
        texts |= {item.feature, getattr(item, "why_right", ""), getattr(item, "why_wrong", "")}
        texts |= {part.why for part in (*getattr(item, "options", ()), *getattr(item, "stems", ()))}
    return {text for text in texts if text}


def later_stages(bank: Bank) -> set[str]:
    return {stage.tells for case in bank.items if isinstance(case, Case) for stage in case.stages[1:]}


def state_text(asked: Quiz) -> str:
    state = {name: value for name, value in asked.get_state().items() if name not in ("_esm", "_css")}
    return json.dumps(state, ensure_ascii=False)


def test_every_kind_right_wrong_and_not_known(bank: Bank, folder: Path) -> None:
    for response_of, verdict in ((key_of, "right"), (wrong_of, "wrong"), (lambda _: list(DONT_KNOW), "not known")):
        page = page_for(bank)
        for item in bank.questions:
            told = page.answer(item.id, *response_of(item), confidence=2)
            assert told["verdict"] == verdict, item.id
            assert told["feature"] == item.feature
            assert [source["id"] for source in told["sources"]] == list(item.sources)
            assert told["confidence"] == (None if verdict == "not known" else 2)
        assert page.quiz.session.is_finished
    kept = read_log(folder).attempts
    assert len(kept) == 3 * len(bank.questions)
    assert len({attempt.id for attempt in kept}) == len(kept)
    assert {attempt.took for attempt in kept} == {1200}


def test_the_attempt_is_on_disk_before_anything_is_told(bank: Bank, folder: Path) -> None:
    page = page_for(bank)
    on_disk: list[int] = []
    page.quiz.send = lambda _message: on_disk.append(len(read_log(folder).attempts))
    page.quiz._receive(page.quiz, {"type": "answer", "slot": "Q06-001", "response": ["a"], "round": 1}, None)
    assert on_disk == [1]


def test_the_log_keeps_the_order_in_which_the_options_were_shown(bank: Bank, folder: Path) -> None:
    page = page_for(bank, mode="practice")
    shown = [option_id for option_id, _ in page.quiz.data["questions"][0]["first"]["options"]]
    page.answer("Q06-001", "b", confidence=3)
    (attempt,) = read_log(folder).attempts
    assert (list(attempt.order), attempt.mode, attempt.confidence) == (shown, "practice", 3)


def test_no_key_is_in_the_state_before_or_after_the_answers(bank: Bank) -> None:
    page = page_for(bank)
    hidden = secrets(bank) | later_stages(bank)
    assert len(hidden) > 15
    assert not [text for text in hidden if text in state_text(page.quiz) + page.quiz.first_frame()]
    page.say(type="hello")
    assert not [text for text in hidden if text in json.dumps(page.heard)]
    for item in bank.questions:
        page.answer(item.id, *wrong_of(item))
    assert not [text for text in hidden if text in state_text(page.quiz) + page.quiz.first_frame()]


def test_neither_flag_nor_order_gives_the_key_away(bank: Bank) -> None:
    page = page_for(bank)
    for question in page.quiz.data["questions"]:
        assert set(question["first"]) == FIELDS
        assert all(len(pair) == 2 for pair in (*question["first"]["options"], *question["first"]["stems"]))
    ordering = next(item for item in bank.items if isinstance(item, Ordering))
    part = next(q["first"] for q in page.quiz.data["questions"] if q["first"]["id"] == ordering.id)
    assert [option_id for option_id, _ in part["options"]] != key_of(ordering)
    frame = page.quiz.first_frame()
    places = [frame.index(option.text) for option in ordering.options]
    assert places != sorted(places)


def test_the_first_frame_is_the_same_in_every_run(bank: Bank) -> None:
    assert page_for(bank).quiz.first_frame() == page_for(bank).quiz.first_frame()
    assert "need the live page" in page_for(bank).quiz.first_frame()


def test_a_case_unfolds_stage_by_stage(bank: Bank, folder: Path) -> None:
    page = page_for(bank)
    refused = page.answer("Q06-006b", "a", "b")
    assert refused["type"] == "refused"
    assert "not answered yet" in refused["why"]
    assert not read_log(folder).attempts
    told = page.answer("Q06-006a", "b")
    assert told["next"]["id"] == "Q06-006b"
    assert told["next"]["tells"] == ["A man of seventy has jerks since Tuesday.", "He is now confused."]
    assert page.answer("Q06-006b", "a", "b")["next"] is None


def test_an_answer_sent_twice_is_kept_once(bank: Bank, folder: Path) -> None:
    page = page_for(bank)
    first = page.answer("Q06-001", "a", confidence=1)
    assert page.answer("Q06-001", "b", confidence=3) == first
    assert len(read_log(folder).attempts) == 1


def test_a_page_that_comes_back_hears_what_was_answered(bank: Bank) -> None:
    page = page_for(bank)
    told = page.answer("Q06-001", "a")
    again = page.say(type="hello")
    assert again["feedback"] == {"Q06-001": told}


def test_start_again_asks_anew_and_says_how_it_went(bank: Bank, folder: Path) -> None:
    page = page_for(bank)
    page.answer("Q06-001", "a", confidence=3)
    page.quiz.picks, page.quiz.at = {"Q06-001": {"response": ["a"]}}, "Q06-003"
    stale = {"type": "answer", "slot": "Q06-001", "response": ["b"], "round": page.quiz.session.round}
    told = page.say(type="again")
    assert (page.quiz.at, page.quiz.picks, told["feedback"]) == ("", {}, {})
    assert told["last"]["Q06-001"]["verdict"] == "wrong"
    page.quiz._receive(page.quiz, stale, None)
    assert not page.quiz.session.answers
    assert len(read_log(folder).attempts) == 1


@pytest.mark.parametrize(
    "content",
    [
        None,
        "hello",
        {"type": "answer"},
        {"type": "answer", "slot": "Q99-001", "response": ["a"]},
        {"type": "answer", "slot": "Q06-001", "response": ["z"]},
        {"type": "answer", "slot": "Q06-001", "response": []},
        {"type": "answer", "slot": "Q06-001", "response": "a"},
        {"type": "answer", "slot": "Q06-001", "response": [{}]},
        {"type": "answer", "slot": "Q06-001", "response": ["a"], "confidence": 9},
        {"type": "answer", "slot": "Q06-001", "response": ["a"], "confidence": True},
        {"type": "answer", "slot": "Q06-001", "response": ["a"], "confidence": []},
        {"type": "answer", "slot": "Q06-004", "response": ["fifty"]},
        {"type": "contrast", "slot": "Q06-001"},
        {"type": "launch"},
    ],
)
def test_whatever_a_page_sends_nothing_breaks_and_nothing_is_kept(bank: Bank, folder: Path, content: object) -> None:
    page = page_for(bank)
    sent = {"round": 1, **content} if isinstance(content, dict) else content
    page.quiz._receive(page.quiz, sent, None)
    assert not [message for message in page.heard if message.get("feedback")]
    assert not read_log(folder).attempts


@pytest.mark.parametrize("took", [-5, 1e300, float("nan"), "long", None])
def test_a_clock_that_runs_wild_does_not_cost_the_answer(bank: Bank, folder: Path, took: Any) -> None:
    page_for(bank).answer("Q06-001", "b", took=took)
    (attempt,) = read_log(folder).attempts
    assert 0 <= attempt.took <= 86_400_000


def test_an_unwritable_folder_is_said_and_answers_go_on(bank: Bank, tmp_path: Path, monkeypatch: Any) -> None:
    (tmp_path / "file").write_text("not a folder")
    monkeypatch.setenv("MYOTEACH_PROGRESS_DIR", str(tmp_path / "file" / "progress"))
    page = page_for(bank)
    assert "cannot be written to" in page.say(type="hello")["banner"]
    assert page.answer("Q06-001", "b")["verdict"] == "right"
    assert "myoteach.progress()" in page.heard[-1]["banner"]
    monkeypatch.setenv("MYOTEACH_PROGRESS_DIR", str(tmp_path / "mine"))
    page.answer("Q06-003", *key_of(bank.item("Q06-003")))
    assert page.heard[-1]["banner"] == ""
    assert [attempt.item for attempt in read_log(tmp_path / "mine").attempts] == ["Q06-001", "Q06-003"]


def test_on_binder_the_end_of_a_set_says_to_take_the_code_along(bank: Bank, folder: Path, monkeypatch: Any) -> None:
    monkeypatch.setenv("BINDER_REPO_URL", "https://github.com/myoteach/myoteach")
    page = page_for(bank)
    assert page.say(type="hello")["banner"] == ""
    for slot in [part.item.id for part in page.quiz.session.parts]:
        assert page.heard[-1]["banner"] == ""
        page.answer(slot, *key_of(bank.item(slot)))
    said = page.heard[-1]["banner"]
    assert said.startswith("This server forgets you when it closes: take a resume code with you.")
    assert said.endswith("from myoteach.progress().")


def test_a_vote_keeps_nothing_and_tells_the_key_when_it_is_revealed(bank: Bank, folder: Path) -> None:
    page = page_for(bank, vote=True)
    assert page.say(type="hello")["feedback"] == {}
    told = page.answer("Q06-001", *DONT_KNOW)
    assert [note["right"] for note in told["notes"]].count(True) == 1
    assert all(note["why"] for note in told["notes"])
    assert not [text for text in secrets(bank) if text in state_text(page.quiz)]
    assert not folder.exists()


def test_a_wrong_answer_offers_the_look_alike(kb: KnowledgeBase, folder: Path) -> None:
    own = read_bank()
    pair = contrast_pairs((item for item in own.items if not isinstance(item, Case)), kb)[0]
    page = Page(Quiz(QuizSet("One", (pair.first,), "practice"), bank=own, kb=kb))
    assert page.answer(pair.first.id, *wrong_of(pair.first))["contrast"] is True
    page.say(type="contrast", slot=pair.first.id)
    assert page.quiz.at == pair.second.id
    assert [question["first"]["id"] for question in page.quiz.data["questions"]] == [pair.first.id, pair.second.id]
    assert pair.deciding not in state_text(page.quiz)
    assert page.answer(pair.second.id, *key_of(pair.second))["apart"] == pair.deciding
    page.say(type="contrast", slot=pair.first.id)
    assert len(page.quiz.data["questions"]) == 2
    assert [attempt.mode for attempt in read_log(folder).attempts] == ["practice", "practice"]


def test_a_right_answer_offers_none(kb: KnowledgeBase) -> None:
    own = read_bank()
    pair = contrast_pairs((item for item in own.items if not isinstance(item, Case)), kb)[0]
    page = Page(Quiz(QuizSet("One", (pair.first,), "practice"), bank=own, kb=kb))
    assert page.answer(pair.first.id, *key_of(pair.first))["contrast"] is False


@pytest.mark.parametrize("name", set_names(read_bank()))
def test_every_set_asks_what_it_says(name: str, kb: KnowledgeBase) -> None:
    own = read_bank()
    asked = named_set(name, own, kb)
    lesson, place = name.removeprefix("lesson-").split("/")
    if place == "drafts":
        assert {item.status for item in asked.items} == {"draft-generated"}
        assert "not reviewed" in asked.label
        return
    chosen = own.select(lesson=lesson, place=place)
    if place == "clinicians":
        chosen = tuple(item for item in own.select(lesson=lesson) if item.audience == "clinician")
    assert len(asked.items) == len(chosen)
    assert set(asked.items) == set(chosen)
    groups = [category_of(item, kb) for item in asked.items]
    runs = [at for at in range(len(groups) - 2) if len(set(groups[at : at + 3])) == 1]
    assert all(len(set(groups[at:])) == 1 for at in runs)  # only what is left over at the end
    assert quiz(name).first_frame().count("<tr>") > len(asked.items)
    state = state_text(quiz(name))
    given = [text for item in asked.items for text in secrets(Bank((item,))) if len(text) >= 25]
    assert given
    assert not [text for text in given if text in state]


def test_drafts_from_the_tables_are_asked_as_practice(folder: Path) -> None:
    page = Page(quiz("lesson-06/drafts"))
    for part in list(page.quiz.session.parts):
        assert page.answer(part.item.id, *key_of(part.item))["verdict"] == "right"
    assert {attempt.mode for attempt in read_log(folder).attempts} == {"practice"}
    assert page.quiz.data["label"].startswith("Made from the tables")


def test_drafts_say_once_that_nobody_signed_them() -> None:
    assert quiz("lesson-06/opening").data["label"] == "Draft: no clinician has reviewed these questions yet."


def test_a_cell_that_is_run_again_goes_on() -> None:
    first = quiz("lesson-06/opening")
    assert quiz("lesson-06/opening") is first
    assert quiz("lesson-06/opening", vote=True) is not first
    first.close()
    assert quiz("lesson-06/opening") is not first


@pytest.mark.parametrize(
    ("name", "options", "error", "says"),
    [
        ("lesson-06/openings", {}, KeyError, "Did you mean 'lesson-06/opening'"),
        ("lesson-6/opening", {}, KeyError, "There are: lesson-00/opening, "),
        ("06/opening", {}, KeyError, "There are no questions '06/opening'"),
        ("", {}, ValueError, "quiz\\(due=True\\)"),
        ("lesson-06/opening", {"due": True}, ValueError, "Say either"),
        ("", {"due": True, "lesson": "77"}, KeyError, "There is no lesson '77'"),
    ],
)
def test_what_does_not_exist_is_refused(name: str, options: Any, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        quiz(name, **options)


def attempt_at(item: Item, when: float, *, correct: bool, confidence: int = 3) -> Attempt:
    return Attempt("0badcafe-1", int(when * 1000), item.id, item.version, (), ("a",), correct, confidence)


def test_a_review_says_that_there_is_nothing_yet_or_when_there_will_be(folder: Path) -> None:
    assert "Nothing to review yet" in quiz(due=True).first_frame()
    _running.clear()
    item = read_bank().questions[0]
    AttemptLog(folder).add([attempt_at(item, time.time(), correct=True)])
    later = quiz(due=True, lesson="lesson-" + item.lesson)
    assert later.data["note"].startswith("Nothing is due now. The next question is due in about ")
    assert later.data["questions"] == []


def test_a_review_asks_what_is_due_with_its_case_and_counts_as_review(folder: Path) -> None:
    pytest.importorskip("fsrs")
    case = next(item for item in read_bank().items if isinstance(item, Case))
    stage = case.stages[1].item
    AttemptLog(folder).add([attempt_at(stage, time.time() - 86_400 * 30, correct=False)])
    page = Page(quiz(due=True))
    (question,) = page.quiz.data["questions"]
    assert question["first"]["tells"] == [case.stages[0].tells, case.stages[1].tells]
    assert page.say(type="hello")["last"][stage.id]["verdict"] == "wrong"
    page.answer(stage.id, *key_of(stage), confidence=3)
    assert read_log(folder).attempts[-1].mode == "review"
    assert quiz(due=True) is not page.quiz


def test_the_public_is_not_asked_clinicians_questions() -> None:
    own = read_bank()
    name = next(f"lesson-{item.lesson}/{item.place}" for item in own.items if item.audience == "clinician")
    assert len(quiz(name, audience="public").session.questions) < len(quiz(name).session.questions)


def test_markup_in_a_question_is_shown_as_text() -> None:
    hostile = "<script>alert(1)</script>"
    bank = samples.bank(samples.with_option(samples.changed(samples.SINGLE, stem=hostile), "a", text=hostile))
    frame = page_for(bank).quiz.first_frame()
    assert frame.count("&lt;script&gt;") == 2
    assert "script" not in tags_of(frame)


def test_a_quiz_loads_neither_numbers_nor_the_scheduler() -> None:
    script = "import myoteach, sys; myoteach.quiz('lesson-06/opening'); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert "anywidget" in loaded
    assert not {"pandas", "numpy", "plotly", "fsrs"} & loaded
