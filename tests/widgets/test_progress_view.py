"""Progress in Python: what it counts and tells, what it takes, what it refuses, and what it never shows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from myoteach import load, progress
from myoteach.questions import MAX_UPLOAD, AttemptLog, cards, grade, log_file, read_bank, read_log, resume_code
from myoteach.questions.items import Choice
from myoteach.widgets.progress import ProgressView
from tests.questions.test_log import _line as line_of

ITEMS = [item for item in read_bank().questions if isinstance(item, Choice) and item.keys == 1]


def answered(folder: Path, *answers: tuple[int, bool, int | None]) -> AttemptLog:
    """A log with answers: which question, right or not, how sure."""
    log = AttemptLog(folder)
    for number, right, confidence in answers:
        item = ITEMS[number]
        log.record(
            item, grade(item, next(iter(item.key_ids)) if right else item.distractors[0].id), confidence=confidence
        )
    return log


def ask(view: ProgressView, kind: str, *buffers: bytes, **more: object) -> dict[str, Any]:
    """Ask as the page does, and return what is said."""
    view._hear(view, {"id": "ask-1", "ask": kind, **more}, [memoryview(data) for data in buffers])
    assert view.said["id"] == "ask-1"
    return dict(view.said)


def test_nothing_answered(tmp_path: Path) -> None:
    view = progress(tmp_path)
    assert (view.data["attempts"], view.data["met"], view.data["known"], view.data["due"]) == (0, 0, 0, 0)
    assert view.data["total"] == len(read_bank().questions)
    assert view.data["memory"] == ""
    assert list(tmp_path.iterdir()) == []
    for kind in ("code", "download"):
        said = ask(view, kind)
        assert not said["ok"]
        assert "nothing to" in said["text"]


def test_on_binder_the_code_is_there_unasked_and_up_to_date(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BINDER_LAUNCH_HOST", "https://mybinder.org/")
    view = progress(tmp_path)
    assert (view.data["forgets"], view.code) == (True, "")
    answered(tmp_path, (0, True, 3))
    ask(view, "refresh")
    assert view.code == resume_code(read_log(tmp_path).attempts)
    answered(tmp_path, (1, True, 3))
    ask(view, "refresh")
    assert view.code == resume_code(read_log(tmp_path).attempts)
    monkeypatch.delenv("BINDER_LAUNCH_HOST")
    elsewhere = progress(tmp_path)
    assert (elsewhere.data["forgets"], elsewhere.code) == (False, "")


def test_numbers_add_up_from_objective_to_lesson_to_all(tmp_path: Path) -> None:
    answered(tmp_path, (0, True, 3), (1, True, 1), (40, False, 3), (90, False, None))
    view = progress(tmp_path)
    for name, value in (("met", 4), ("known", 1), ("total", len(read_bank().questions))):
        assert view.data[name] == value
        assert sum(lesson[name] for lesson in view.data["lessons"]) == value
        assert sum(row[name] for lesson in view.data["lessons"] for row in lesson["objectives"]) == value
    frame = view.frame()
    assert frame["met"].sum() == 4
    assert list(frame.index) == [row.id for row in load().table("objectives")]  # type: ignore[attr-defined]
    assert frame.loc[ITEMS[40].objective, "met"] >= 1


def test_wrong_and_sure_stands_first_without_its_key(tmp_path: Path) -> None:
    answered(tmp_path, *((number, False, 3) for number in range(20)))
    view = progress(tmp_path)
    assert [row["id"] for row in view.data["wrong"]] == [item.id for item in ITEMS[19:7:-1]]
    assert view.data["wrong_more"] == 8
    shown = json.dumps(view.get_state(), default=str)
    for item in ITEMS[:20]:
        for option in item.options:
            assert option.why not in shown
        assert f'"{item.feature}"' not in shown
    assert all(set(row) == {"id", "told", "stem", "objective", "where", "notebook"} for row in view.data["wrong"])
    assert all(row["stem"] and row["objective"] and row["where"].startswith("Lesson ") for row in view.data["wrong"])


def test_a_stage_of_a_case_is_shown_with_what_was_told(tmp_path: Path) -> None:
    case = next(item for item in read_bank().items if item.kind == "case")
    stage = case.stages[1]  # type: ignore[attr-defined]
    item = stage.item
    AttemptLog(tmp_path).record(item, grade(item, item.distractors[0].id), confidence=3)
    (row,) = progress(tmp_path).data["wrong"]
    assert row["told"].endswith(stage.tells)
    assert row["told"].startswith(case.stages[0].tells)  # type: ignore[attr-defined]


def test_what_another_kernel_writes_is_seen_after_a_refresh_and_when_shown_again(tmp_path: Path) -> None:
    view = progress(tmp_path)
    answered(tmp_path, (0, True, 3))
    answered(tmp_path, (1, True, 3))  # a second kernel: its own file
    assert view.data["met"] == 0
    assert ask(view, "refresh")["ok"]
    assert view.data["met"] == 2
    assert len(list(tmp_path.iterdir())) == 2
    answered(tmp_path, (2, True, 3))
    view._repr_mimebundle_()
    assert view.data["met"] == 3


def test_a_code_goes_from_one_place_to_another_once(tmp_path: Path) -> None:
    log = answered(tmp_path / "one", (0, True, 3), (1, False, 2))
    log.record_rating(cards(load())[0], "hard")
    here, there = progress(tmp_path / "one"), progress(tmp_path / "two")
    said = ask(here, "code")
    assert f"{len(here.code):,} characters" in said["text"]
    assert "3 attempts" in said["text"]
    assert "Attempts added: 3" in ask(there, "import", code=here.code)["text"]
    assert there.data["met"] == 2
    assert there.data["decks"][0]["met"] == 1
    assert "Attempts added: 0" in ask(there, "import", code=here.code)["text"]
    assert read_log(tmp_path / "two").attempts == log.reading.attempts


@pytest.mark.parametrize(
    "spoil", [lambda code: code[:-1], lambda code: code[:20], lambda code: code[:30] + "A" + code[31:]]
)
def test_a_code_cut_or_altered_is_refused_and_changes_nothing(tmp_path: Path, spoil: Any) -> None:
    code = resume_code(answered(tmp_path / "one", (0, True, 3), (1, False, 2)).reading.attempts)
    bad = spoil(code)
    assert bad != code
    view = progress(tmp_path / "two")
    said = ask(view, "import", code=bad)
    assert not said["ok"]
    assert "incomplete or altered" in said["text"]
    assert view.data["attempts"] == 0
    assert list((tmp_path / "two").iterdir()) == []


def test_a_code_on_show_follows_what_is_answered(tmp_path: Path) -> None:
    answered(tmp_path, (0, True, 3))
    view = progress(tmp_path)
    ask(view, "code")
    before = view.code
    answered(tmp_path, (1, True, 3))
    ask(view, "refresh")
    assert view.code == resume_code(read_log(tmp_path).attempts) != before


def test_a_download_is_what_an_upload_takes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = answered(tmp_path / "one", (0, True, 3), (1, False, 2))
    here, there = progress(tmp_path / "one"), progress(tmp_path / "two")
    sent: list[Any] = []
    monkeypatch.setattr(here, "send", lambda content, buffers: sent.append((content, buffers)))
    assert "holds 2 attempts" in ask(here, "download")["text"]
    ((content, (data,)),) = sent
    assert content["id"] == "ask-1"
    assert content["file"].endswith(".jsonl")
    assert data == log_file(log.reading.attempts)
    assert "Attempts taken: 2;" in ask(there, "upload", data, name=content["file"])["text"]
    assert there.data["met"] == 2
    assert "there already: 2." in ask(there, "upload", data, name="again.jsonl")["text"]


@pytest.mark.parametrize(
    "data",
    [
        b"<!doctype html><script>alert(1)</script>",
        b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 99,
        b'{"cells": [], "nbformat": 4}',
        b"0" * (MAX_UPLOAD + 1),
        b"",
        line_of(
            {
                "v": 1,
                "id": "0badcafe-1",
                "t": 1,
                "i": "a b",
                "iv": 1,
                "o": "",
                "r": "a",
                "c": 1,
                "k": 1,
                "ms": 0,
                "m": "q",
            }
        ),
    ],
    ids=["html", "binary", "other json", "too large", "empty", "a name with a space"],
)
def test_a_file_that_is_no_log_is_refused_and_changes_nothing(tmp_path: Path, data: bytes) -> None:
    view = progress(tmp_path)
    said = ask(view, "upload", data, name="<b>bad</b>.html")
    assert not said["ok"]
    assert said["text"].startswith("<b>bad</b>.html ")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [None, "text", 7, [], {"ask": "erase"}, {"ask": "upload"}, {"ask": {"a": 1}}])
def test_a_message_that_means_nothing_is_answered_and_changes_nothing(tmp_path: Path, content: object) -> None:
    view = progress(tmp_path)
    view._hear(view, content, [])
    assert not view.said["ok"]
    assert list(tmp_path.iterdir()) == []


def test_damage_and_other_versions_are_told_and_the_rest_is_counted(tmp_path: Path) -> None:
    answered(tmp_path, (0, True, 3))
    (tmp_path / "odd.jsonl").write_bytes(b"half a line\n" + line_of({"v": 9}))
    view = progress(tmp_path)
    assert view.data["met"] == 1
    (note,) = view.data["notes"]
    assert "1 by another version of myoteach" in note
    assert "odd.jsonl, line 1" in note


def test_gone_questions_and_a_clock_ahead_are_told(tmp_path: Path) -> None:
    log = answered(tmp_path / "one", (0, True, 3))
    (made,) = log.reading.attempts
    AttemptLog(tmp_path / "two").add([made._replace(item="Q99-999"), made._replace(id="0badcafe-9", time=10**13)])
    notes = progress(tmp_path / "two").data["notes"]
    assert any("1 attempt at questions that this version does not have" in note for note in notes)
    assert any("1 attempt dated later than now" in note for note in notes)


def test_where_nothing_can_be_written_it_says_so_and_still_counts(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    there = answered(tmp_path / "one", (0, True, 3))
    view = progress(tmp_path / "file" / "progress")
    assert "kept only until this session ends" in view.data["memory"]
    said = ask(view, "import", code=resume_code(there.reading.attempts))
    assert said["ok"]
    assert "kept only until this session ends" in said["text"]
    assert view.data["met"] == 1


def test_what_is_answered_in_this_kernel_is_seen_though_no_folder_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("MYOTEACH_PROGRESS_DIR", str(tmp_path / "file" / "progress"))
    from myoteach.widgets._attempt_log import session_log  # noqa: PLC0415

    item = ITEMS[0]
    session_log().record(item, grade(item, item.distractors[0].id), confidence=3)
    view = progress()
    assert view.data["met"] == 1
    monkeypatch.setenv("MYOTEACH_PROGRESS_DIR", str(tmp_path / "mine"))
    ask(view, "refresh")
    assert (view.data["folder"], view.data["memory"], view.data["met"]) == (str(tmp_path / "mine"), "", 1)
    session_log().close()


def test_a_notebook_that_is_sent_on_holds_nobodys_numbers(tmp_path: Path) -> None:
    empty = progress(tmp_path / "empty")
    answered(tmp_path / "one", (0, False, 3))
    bundle, _ = progress(tmp_path / "one")._repr_mimebundle_()
    assert bundle["text/html"] == empty.first_frame()
    assert bundle["text/plain"] == repr(empty)
    assert ITEMS[0].stem not in bundle["text/html"]


def test_data_is_plain_json(tmp_path: Path) -> None:
    answered(tmp_path, (0, False, 3))
    data = progress(tmp_path).data
    assert json.loads(json.dumps(data)) == data
