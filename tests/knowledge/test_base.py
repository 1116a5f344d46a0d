"""Looking things up."""

from __future__ import annotations

import dataclasses
import json
from typing import get_type_hints

import pytest

from myoteach import KnowledgeBase
from myoteach._content import content_folder
from myoteach.knowledge._schema import read_schema
from myoteach.knowledge.records import RECORD_TYPES, Clue, Source


def test_record_types_hold_exactly_the_columns_of_the_schema() -> None:
    schema = read_schema(content_folder("data"))
    assert set(schema) == set(RECORD_TYPES)
    for name, table in schema.items():
        fields = {field.name for field in dataclasses.fields(RECORD_TYPES[name])}
        assert fields == set(table.column_names), name


def test_every_column_is_described_and_every_table_too() -> None:
    descriptor = json.loads((content_folder("data") / "datapackage.json").read_text(encoding="utf-8"))
    for resource in descriptor["resources"]:
        assert resource["description"]
        assert all(field["description"] for field in resource["schema"]["fields"])


def test_list_columns_become_tuples(kb: KnowledgeBase) -> None:
    for table, rows in kb.tables.items():
        hints = get_type_hints(RECORD_TYPES[table])
        for row in rows[:3]:
            for name, hint in hints.items():
                if str(hint).startswith("tuple"):
                    assert isinstance(getattr(row, name), tuple)


def test_records_and_tables_cannot_be_changed(kb: KnowledgeBase) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        kb.get("C001").name = "x"  # type: ignore[attr-defined]
    with pytest.raises(TypeError):
        kb.tables["causes"] = ()  # type: ignore[index]


def test_an_unknown_id_names_the_nearest(kb: KnowledgeBase) -> None:
    with pytest.raises(KeyError, match=r"no id 'C0511'\. Did you mean 'C051'"):
        kb.get("C0511")
    with pytest.raises(KeyError, match="no table 'cause'"):
        kb.table("cause")


def test_an_id_of_two_tables_asks_which(kb: KnowledgeBase) -> None:
    twin = dataclasses.replace(kb.clues["CL01"], id="zutt2015")
    both = KnowledgeBase({"sources": kb.table("sources"), "clues": (twin,)})
    with pytest.raises(KeyError, match="name one"):
        both.get("zutt2015")
    assert isinstance(both.get("zutt2015", table="sources"), Source)
    assert isinstance(both.get("zutt2015", table="clues"), Clue)


def test_search_wants_every_word_and_folds_accents(kb: KnowledgeBase) -> None:
    assert any(hit.id == "C051" for hit in kb.search("KIDNEY failure"))
    assert kb.search("kidney zzzz") == ()
    assert kb.search("   ") == ()
    assert kb.search("coeliac") == kb.search("cœliac".replace("œ", "oe"))


def test_frame_is_the_table(kb: KnowledgeBase) -> None:
    frame = kb.frame("causes")
    assert frame["id"].tolist() == [cause.id for cause in kb.all_causes]
