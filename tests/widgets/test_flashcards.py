"""Flashcards in Python: which cards, what is kept, what is refused."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
import traitlets

from myoteach import flashcards, load, progress
from myoteach.questions import AttemptLog, cards, read_log
from myoteach.widgets.flashcards import Flashcards


def rate(shown: Flashcards, *words: str) -> None:
    """Rate the first cards as the page does."""
    ids = [card["id"] for card in shown.data["cards"]]
    for word in words:
        shown.rated = [*shown.rated, [ids[len(shown.rated)], word, 1500]]


def test_a_session_has_the_first_cards_with_their_sources(tmp_path: Path) -> None:
    shown = flashcards(folder=tmp_path, count=7)
    assert [row["id"] for row in shown.data["cards"]] == [card.id for card in cards(load())[:7]]
    for row in shown.data["cards"]:
        assert row["sources"]
        assert set(row["sources"]) <= set(shown.data["sources"])
        assert any(shown.data["sources"][name]["complete"] for name in row["sources"])
    assert json.loads(json.dumps(shown.data)) == shown.data
    assert list(tmp_path.iterdir()) == []


def test_each_rating_is_kept_once_and_the_session_says_when_to_come_back(tmp_path: Path) -> None:
    shown = flashcards("02", "look-alikes", count=4, folder=tmp_path)
    rate(shown, "again", "hard", "good")
    assert shown.ahead == ""
    rate(shown, "easy")
    assert shown.ahead == ""  # the first was not known: it comes once more
    shown.rated = [*shown.rated, [shown.data["cards"][0]["id"], "good", 900]]
    made = read_log(tmp_path).attempts
    assert [attempt.response[0] for attempt in made] == ["again", "hard", "good", "easy", "good"]
    assert [attempt.took for attempt in made] == [1500, 1500, 1500, 1500, 900]
    assert shown.kept == 5
    assert shown.ahead.startswith("The first of them comes again in ")
    assert progress(tmp_path).data["decks"][1]["met"] == 4


def test_the_next_session_brings_other_cards(tmp_path: Path) -> None:
    first = flashcards(count=3, folder=tmp_path)
    rate(first, "good", "good", "easy")
    following = flashcards(count=3, folder=tmp_path)
    assert [row["id"] for row in following.data["cards"]] == [card.id for card in cards(load())[3:6]]


def test_when_nothing_is_due_the_session_is_empty_and_says_nothing_wrong(tmp_path: Path) -> None:
    shown = flashcards(10, count=100, folder=tmp_path)
    rate(shown, *["easy"] * len(shown.data["cards"]))
    assert flashcards(10, folder=tmp_path).data["cards"] == []


@pytest.mark.parametrize(
    "rated",
    [
        [["card:glossary:nothing", "good", 1]],
        [["CARD", "fine", 1]],
        [["CARD", "good"]],
        [["CARD", "good", -1]],
        [["CARD", "good", float("nan")]],
        [["CARD", "good", float("inf")]],
        ["good"],
    ],
)
def test_what_is_no_rating_is_refused_and_not_kept(tmp_path: Path, rated: list[list[object]]) -> None:
    shown = flashcards(folder=tmp_path)
    own = shown.data["cards"][0]["id"]
    with pytest.raises(traitlets.TraitError, match="A rating is a card of this session"):
        shown.rated = [[own if part == "CARD" else part for part in entry] for entry in rated]
    assert read_log(tmp_path).attempts == ()


def test_ratings_in_the_log_are_not_taken_back(tmp_path: Path) -> None:
    shown = flashcards(folder=tmp_path)
    rate(shown, "good")
    with pytest.raises(traitlets.TraitError, match="only ever added"):
        shown.rated = []
    assert len(read_log(tmp_path).attempts) == 1


def test_memory_only_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    shown = flashcards(folder=tmp_path / "file" / "progress")
    assert "kept only until this session ends" in shown.memory
    rate(shown, "good")
    assert shown.kept == 1


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"deck": "look-alike"}, KeyError, "Did you mean 'look-alikes'"),
        ({"lesson": 11}, KeyError, "There is no lesson 11"),
        ({"lesson": 6}, ValueError, "There are no cards in the glossary of lesson 6, What causes it"),
        ({"count": 0}, ValueError, "1 to 100 cards, not 0"),
        ({"wording": "both"}, traitlets.TraitError, "wording"),
    ],
)
def test_what_does_not_exist_is_refused(
    tmp_path: Path, arguments: dict[str, object], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        flashcards(folder=tmp_path, **arguments)  # type: ignore[arg-type]


def test_the_first_frame_has_fronts_and_no_back(tmp_path: Path) -> None:
    shown = flashcards(2, "look-alikes", count=5, folder=tmp_path)
    bundle, _ = shown._repr_mimebundle_()
    for row in shown.data["cards"]:
        assert row["front_plain"] in bundle["text/html"]
        assert row["back_plain"] not in bundle["text/html"]


def test_two_threads_of_a_kernel_keep_each_rating_once(tmp_path: Path) -> None:
    session = flashcards("02", "look-alikes", count=2, folder=tmp_path)
    ids = [card["id"] for card in session.data["cards"]]
    both = [[ids[0], "good", 900], [ids[1], "hard", 800]]
    written = AttemptLog.record_rating

    def slowly(*args: Any, **kwargs: Any) -> Any:
        sleep(0.05)
        return written(*args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AttemptLog, "record_rating", slowly)
        first = Thread(target=lambda: setattr(session, "rated", both[:1]))
        first.start()
        sleep(0.01)
        session.rated = both
        first.join()
    assert [attempt.response for attempt in read_log(tmp_path).attempts] == [("good",), ("hard",)]
    assert session.kept == 2
