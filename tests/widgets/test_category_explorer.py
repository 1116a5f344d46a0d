"""The category explorer: complete, agreeing with the tables, and never in a state that contradicts itself."""

from __future__ import annotations

import dataclasses
import html
import json
import re

import pytest
import traitlets

from myoteach.knowledge import KnowledgeBase
from myoteach.knowledge.records import Category
from myoteach.widgets._modules import module
from myoteach.widgets.category_explorer import CategoryExplorer, category_explorer

AXES = (
    "definition",
    "polarity",
    "activation",
    "distribution",
    "rhythm",
    "timing",
    "aetiology",
    "generator",
    "scheme",
)


def changed(kb: KnowledgeBase, **cells: dict[str, object]) -> KnowledgeBase:
    """Return `kb` with some cells of its categories changed: id to the changes."""
    rows = kb.records("categories", Category)
    return KnowledgeBase(
        {**kb.tables, "categories": tuple(dataclasses.replace(row, **cells.get(row.id, {})) for row in rows)}
    )


def test_every_category_is_on_an_axis(kb: KnowledgeBase) -> None:
    explorer = category_explorer(kb=kb)
    shown = {row for axis in explorer.data["axes"] for row in axis["classes"]}
    assert [axis["id"] for axis in explorer.data["axes"]] == list(AXES)
    assert shown == {row.id for row in kb.table("categories")} == set(explorer.data["classes"])


def test_every_part_of_the_scheme_view_can_be_chosen(kb: KnowledgeBase) -> None:
    data = category_explorer("scheme", kb=kb).data
    in_columns = [row for column in data["columns"] for row in (column["id"], *column["parts"]) if row]
    on_axis = next(axis["classes"] for axis in data["axes"] if axis["id"] == "scheme")
    assert sorted(in_columns) == sorted(on_axis)
    assert {"CAT15", "CAT16", "CAT17", "CAT18"} <= set(on_axis), "the classes of 1982 belong beside the newer schemes"


def test_without_a_row_for_1982_its_classes_still_make_a_column(kb: KnowledgeBase) -> None:
    aetiology = {row.id: {"parent_id": ""} for row in kb.records("categories", Category) if row.axis == "aetiology"}
    column = category_explorer("scheme", kb=changed(kb, **aetiology)).data["columns"][-1]
    assert column["id"] == ""
    assert "1982" in column["label"]
    assert column["parts"] == ["CAT15", "CAT16", "CAT17", "CAT18", "CAT19"]


def test_cards_have_pictures(kb: KnowledgeBase) -> None:
    pictures = set(re.findall(r"^  (CAT\d+): \{", module("category_explorer.js"), re.MULTILINE))
    cards = {row.id for row in kb.records("categories", Category) if row.axis != "scheme"}
    assert cards <= pictures


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("polarty",), "There is no axis 'polarty'. Did you mean 'polarity'?"),
        (("polarity", "CAT022"), "There is no class 'CAT022'. Did you mean"),
        (("polarity", "CAT20"), "The class 'CAT20' is not on the axis 'polarity' but on 'generator'."),
    ],
)
def test_what_does_not_exist_is_refused_with_a_sentence(
    kb: KnowledgeBase, arguments: tuple[str, ...], sentence: str
) -> None:
    with pytest.raises(KeyError) as caught:
        category_explorer(*arguments, kb=kb)
    assert sentence in str(caught.value)


@pytest.mark.parametrize("axis", AXES)
def test_first_frame_names_every_class_of_the_axis(kb: KnowledgeBase, axis: str) -> None:
    explorer = category_explorer(axis, kb=kb)
    frame = explorer.first_frame()
    assert explorer.classes
    for row in explorer.classes:
        assert html.escape(row.label) in frame
        assert html.escape(row.plain) in frame
        assert html.escape(row.clinical) in frame


def test_first_frame_escapes_html(kb: KnowledgeBase) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    frame = category_explorer(kb=changed(kb, CAT02={"label": hostile, "plain": hostile})).first_frame()
    assert "<img" not in frame
    assert html.escape(hostile) in frame


def test_causes_agree_with_the_tables(kb: KnowledgeBase) -> None:
    explorer = category_explorer(kb=kb)
    speed = ["emergency", "urgent", "soon", "routine", "none"]
    for row in kb.records("categories", Category):
        listed = explorer.data["classes"][row.id]["causes"]
        assert set(listed) == {cause.id for cause in kb.all_causes if row.id in cause.category_ids}
        ranks = [speed.index(explorer.data["causes"][cause]["urgency"]) for cause in listed]
        assert ranks == sorted(ranks)
        explorer.selected = row.id
        assert [cause.id for cause in explorer.causes] == listed
        assert explorer.frame()["id"].tolist() == listed


def test_a_class_below_another_lends_it_its_causes(kb: KnowledgeBase) -> None:
    data = category_explorer(kb=changed(kb, CAT21={"parent_id": "CAT20"})).data
    assert set(data["classes"]["CAT21"]["causes"]) <= set(data["classes"]["CAT20"]["causes"])


def test_a_ring_of_parents_hides_nothing(kb: KnowledgeBase) -> None:
    ring = changed(kb, CAT02={"parent_id": "CAT03"}, CAT03={"parent_id": "CAT02"})
    assert {row.id for row in category_explorer(kb=ring).classes} == {"CAT02", "CAT03"}


def test_axis_and_class_follow_each_other(kb: KnowledgeBase) -> None:
    explorer = category_explorer(kb=kb)
    assert (explorer.axis, explorer.selected) == ("polarity", "CAT02")
    explorer.axis = "rhythm"
    assert explorer.selected == "CAT13"
    explorer.selected = "CAT20"
    assert explorer.axis == "generator"
    explorer.set_state({"axis": "timing", "selected": "CAT33"})  # as the page sends it
    assert (explorer.axis, explorer.selected) == ("timing", "CAT33")


def test_a_refused_change_leaves_the_state_alone(kb: KnowledgeBase) -> None:
    explorer = category_explorer("rhythm", "CAT14", kb=kb)
    with pytest.raises(traitlets.TraitError, match="Did you mean 'timing'"):
        explorer.axis = "timng"
    with pytest.raises(traitlets.TraitError, match="There is no class"):
        explorer.selected = "CAT999"
    assert (explorer.axis, explorer.selected) == ("rhythm", "CAT14")


def test_an_added_class_appears(kb: KnowledgeBase) -> None:
    row = dataclasses.replace(kb.records("categories", Category)[1], id="CAT90", order=9, label="Mine")
    own = KnowledgeBase({**kb.tables, "categories": (*kb.table("categories"), row)})
    explorer = category_explorer("polarity", "CAT90", kb=own)
    assert "Mine" in explorer.first_frame()
    assert explorer.causes == ()


def test_state_is_json_and_the_name_stable(kb: KnowledgeBase) -> None:
    explorer = category_explorer("rhythm", kb=kb)
    assert isinstance(explorer, CategoryExplorer)
    assert repr(explorer) == "<CategoryExplorer: rhythm, 2 classes>"
    json.dumps(explorer.data)


def test_the_module_makes_no_markup_from_text() -> None:
    assert not re.search(r"innerHTML|insertAdjacentHTML|document\.write", module("category_explorer.js"))
