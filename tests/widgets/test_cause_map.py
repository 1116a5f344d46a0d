"""The cause map in Python: its data, its state, its frame, what it refuses."""

from __future__ import annotations

import html
import json
import re
from pathlib import Path

import pytest
import traitlets

from myoteach import KnowledgeBase, cause_map, load
from myoteach.knowledge.records import Group
from myoteach.widgets._modules import module
from myoteach.widgets.cause_map import CauseMap

from .markup import tags_of

STATE = ("family", "group", "query", "page", "opened", "audience", "wording", "show_sources")


def cells(table: str) -> list[list[str]]:
    """Body of an HTML table, as text."""
    rows = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2])
    return [[html.unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", row)] for row in rows]


def place(shown: CauseMap) -> tuple[str, str, int, str]:
    return shown.family, shown.group, shown.page, shown.opened


def test_data_holds_every_cause_most_urgent_first(kb: KnowledgeBase) -> None:
    data = cause_map().data
    order = [word["id"] for word in data["urgency"]]
    ranks = [order.index(cause["urgency"]) for cause in data["causes"]]
    assert ranks == sorted(ranks)
    assert {cause["id"] for cause in data["causes"]} == {cause.id for cause in kb.all_causes}
    assert all(set(cause["sources"]) <= set(data["sources"]) for cause in data["causes"])
    assert json.loads(json.dumps(data)) == data


@pytest.mark.parametrize("audience", ["clinician", "public"])
def test_every_cause_stands_on_exactly_one_page_and_no_page_holds_more_than_nine(
    kb: KnowledgeBase, audience: str
) -> None:
    shown, found = cause_map(audience=audience), []
    for group in kb.records("groups", Group):
        shown.group = group.id
        assert shown.family == group.family
        for page in range(1, shown.pages + 1):
            shown.page = page
            assert len(shown.frame()) <= 9
            found += shown.frame().index.tolist()
    expected = [cause.id for cause in kb.all_causes if audience == "clinician" or cause.audience == "both"]
    assert sorted(found) == sorted(expected)


def test_a_family_counts_the_causes_of_its_groups(kb: KnowledgeBase) -> None:
    shown = cause_map()
    assert shown.frame()["causes"].sum() == len(kb.all_causes)
    total = shown.frame().loc["Body chemistry", "causes"]
    shown.family = "Body chemistry"
    assert shown.frame().index.tolist() == ["metabolic", "nutritional"]
    assert shown.frame()["causes"].sum() == total == len(shown.causes)


def test_a_family_of_one_group_is_that_group() -> None:
    assert cause_map("Epilepsy").group == "epileptic"


def test_the_later_choice_wins() -> None:
    shown = cause_map(group="drug")
    shown.page = 3
    shown.group = "genetic"
    assert place(shown) == ("Genes and development", "genetic", 1, "")
    shown.family = "Body chemistry"
    assert place(shown) == ("Body chemistry", "", 1, "")
    shown.family = ""
    assert shown.level == "family"


def test_a_page_beyond_the_last_is_the_last() -> None:
    shown = cause_map(group="drug")
    shown.page = 99
    assert shown.page == shown.pages == 4


def test_an_opened_cause_brings_its_place(kb: KnowledgeBase) -> None:
    shown = cause_map(audience="public")
    for cause in kb.all_causes:
        shown.opened = cause.id
        assert shown.group == cause.group
        assert cause.id in shown.frame().index
    assert shown.audience == "clinician"  # some causes are not for the public
    shown.page = 1
    shown.family = ""
    assert shown.opened == ""


def test_a_search_reads_names_and_texts_and_gives_way_to_a_place(kb: KnowledgeBase) -> None:
    shown = cause_map(group="toxic")
    shown.query = "cefepime"
    assert "C066" in shown.frame().index
    assert all("cefepime" in f"{c.plain_name} {c.name} {c.plain} {c.clinical}".lower() for c in shown.causes)
    shown.query = "Creutzfeldt  DISEASE"
    assert any("Creutzfeldt" in cause.name for cause in shown.causes)
    shown.query = ""
    assert shown.group == "toxic"
    shown.query = "cefepime"
    shown.group = "drug"
    drugs = sum(cause.group == "drug" for cause in kb.all_causes)
    assert (shown.query, shown.level, len(shown.causes)) == ("", "cause", drugs)


def test_traits_are_the_whole_state(kb: KnowledgeBase) -> None:
    shown = cause_map(cause="C051", audience="public", wording="clinical")
    again = CauseMap(kb)
    again.set_state({name: getattr(shown, name) for name in STATE})
    assert [getattr(again, name) for name in STATE] == [getattr(shown, name) for name in STATE]
    assert again.frame().equals(shown.frame())
    assert set(STATE) <= set(shown.get_state())


def test_what_the_front_end_sends_is_taken_as_a_whole() -> None:
    shown = cause_map(cause="C051")
    shown.set_state({"family": "Medicines, poisons, withdrawal", "group": "toxic", "page": 1, "opened": ""})
    assert place(shown) == ("Medicines, poisons, withdrawal", "toxic", 1, "")


def test_two_maps_can_be_linked() -> None:
    one, other = cause_map(), cause_map(audience="public")
    links = [traitlets.link((one, name), (other, name)) for name in ("family", "group", "page")]
    one.group = "drug"
    one.page = 2
    assert (other.group, other.page) == ("drug", 2)
    for link in links:
        link.unlink()


def test_first_frame_is_there_without_a_kernel(kb: KnowledgeBase) -> None:
    bundle, _ = cause_map()._repr_mimebundle_()
    table = cells(bundle["text/html"])
    assert all(group.plain in "; ".join(row[1] for row in table) for group in kb.records("groups", Group))
    assert sum(int(row[2]) for row in table) == len(kb.all_causes)
    assert "how often" in bundle["text/html"]
    assert bundle["text/plain"] == f"<CauseMap: {len(kb.all_causes)} causes in 9 families>"


def test_first_frame_is_the_frame() -> None:
    shown = cause_map(group="metabolic")
    assert cells(shown.first_frame()) == [[str(cell) for cell in row] for row in shown.frame().to_numpy()]


def test_markup_in_a_table_is_shown_as_text(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    (tmp_path / "causes.csv").write_text(f"id,plain_name,name\nC051,{hostile},{hostile}\n")
    (tmp_path / "groups.csv").write_text(f"id,family,plain,clinical\ntoxic,{hostile},{hostile},{hostile}\n")
    mine = load(tmp_path)
    seen = cause_map(kb=mine).first_frame() + cause_map(cause="C051", kb=mine).first_frame()
    assert "&lt;img" in seen
    assert not {"img", "script", "iframe"} & set(tags_of(seen))


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"family": "Epilepsi"}, KeyError, "There is no family 'Epilepsi'. Did you mean 'Epilepsy'?"),
        ({"group": "drugs"}, KeyError, "Did you mean 'drug'?"),
        ({"cause": "C0511"}, KeyError, "There is no cause 'C0511'."),
        ({"family": "Epilepsy", "group": "drug"}, ValueError, "belongs to the family"),
        ({"audience": "doctors"}, traitlets.TraitError, "audience"),
        ({"wording": "x"}, traitlets.TraitError, "wording"),
    ],
)
def test_what_does_not_exist_is_refused(arguments: dict[str, str], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=re.escape(says)):
        cause_map(**arguments)


REFUSED = [("family", "Epilepsi"), ("group", "drugs"), ("opened", "C0"), ("page", 0), ("audience", "x")]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_refused_change_leaves_the_map_as_it_was(name: str, value: object) -> None:
    shown = cause_map(group="toxic")
    before = [getattr(shown, trait) for trait in STATE]
    with pytest.raises(traitlets.TraitError):
        setattr(shown, name, value)
    assert [getattr(shown, trait) for trait in STATE] == before


def test_the_module_and_what_it_imports_share_no_name() -> None:
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", module("cause_map.js"), re.MULTILINE)
    assert len(names) == len(set(names))
