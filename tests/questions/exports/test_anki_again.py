"""A second import makes no second note, keeps what the learner wrote, and brings what the authors changed."""

from __future__ import annotations

import dataclasses
from pathlib import Path

from myoteach import KnowledgeBase
from myoteach.questions import Bank, Item
from myoteach.questions.exports import export

from . import read_anki
from .planted import planted


def test_importing_again(tmp_path: Path, kb: KnowledgeBase) -> None:
    items = planted().items
    first = export(planted(), kb, "anki", tmp_path / "first").paths[0]
    newer = tuple(_changed(item) if item.id in ("Q06-901", "Q06-902") else item for item in items)
    second = export(Bank(newer), kb, "anki", tmp_path / "second").paths[0]
    with read_anki.collection(tmp_path) as opened:
        read_anki.bring_in(opened, first)
        count = opened.note_count()
        mine = read_anki.note(opened, "Q06-901")
        mine["Question"] = "As I understand it"
        opened.update_note(mine)
        read_anki.bring_in(opened, first)
        assert opened.note_count() == opened.card_count() == count
        assert read_anki.note(opened, "Q06-901")["Question"] == "As I understand it"
        read_anki.bring_in(opened, second)
        assert opened.note_count() == count
        assert read_anki.note(opened, "Q06-901")["Question"] == "As I understand it", "the learner's edit is lost"
        assert "Asked anew" in read_anki.note(opened, "Q06-902")["Question"], "the authors' change does not arrive"
        print(f"Anki: {count} notes after three imports; edit kept, change brought")


def _changed(item: Item) -> Item:
    return dataclasses.replace(item, stem="Asked anew", version=item.version + 1)
