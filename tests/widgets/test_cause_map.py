"""The map of causes as a widget: every control, its state, what it says, what it refuses."""

from __future__ import annotations

import html
import json
import re
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest
import traitlets

from myoteach import KnowledgeBase, load
from myoteach.figures import MIME, families_of, groups_of
from myoteach.widgets._modules import module
from myoteach.widgets.cause_map import CauseMap, cause_map

LINK = re.compile(r'href="([^"]*)"')


class Text(HTMLParser):
    """The text and tags of a piece of HTML."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, _attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def cells(table: str) -> list[tuple[str, ...]]:
    """Body of an HTML table, as text."""
    rows = re.findall(r"<tr>(.*?)</tr>", table.partition("<tbody>")[2])
    return [tuple(html.unescape(cell) for cell in re.findall(r"<td>(.*?)</td>", row)) for row in rows]


def picture(shown: CauseMap) -> dict[str, object]:
    (output,) = shown._picture.outputs
    return output["data"]


def assert_agrees(shown: CauseMap) -> None:
    """Picture, spoken text, heading, caption, table, controls and frame all show the same place."""
    view = shown.view
    assert picture(shown)["text/plain"] == shown._companion.spoken == view.spoken
    assert [trace["name"] for trace in picture(shown)[MIME]["data"] if "fill" in trace] == [i.id for i in view.items]
    assert html.escape(view.heading) in shown._heading.value
    assert html.escape(view.caption) in shown._caption.value
    assert all(f"{item.urgency}</strong>:" in shown._caption.value for item in view.items)
    assert cells(shown._table.value) == view.rows
    controls = shown._controls
    chosen = (controls.family.value, controls.group.value, controls.audience.value)
    assert chosen == (view.family, view.group, view.audience)
    assert (shown.family, shown.group, shown.page) == (view.family, view.group, view.page)
    assert (controls.next.layout.display == "none") == (view.pages == 1)
    assert ("cause-map-idle" in controls.back._dom_classes) == (view.level == "family")
    assert (controls.sources.layout.display == "none") == (view.level != "cause" or not view.items)


@pytest.mark.parametrize("audience", ["clinician", "public"])
def test_every_place_agrees_and_is_reached_by_the_controls(kb: KnowledgeBase, audience: str) -> None:
    shown = cause_map(audience=audience)
    controls = shown._controls
    assert_agrees(shown)
    for family in families_of(kb):
        controls.family.value = family
        assert shown.family == family
        assert_agrees(shown)
        for group in groups_of(kb, family):
            controls.group.value = group.id
            assert shown.view.group == group.id
            for _ in range(shown.view.pages):
                assert_agrees(shown)
                controls.next.click()
            assert shown.page == 1
    controls.family.value = ""
    assert shown.view.level == "family"


def test_the_group_chooser_leads_there_from_the_overview(kb: KnowledgeBase) -> None:
    shown = cause_map()
    assert len(shown._controls.group.options) == len(groups_of(kb)) + 1
    shown._controls.group.value = "drug"
    assert shown.family == "Medicines, poisons, withdrawal"
    assert_agrees(shown)


def test_pages_go_round_both_ways() -> None:
    shown = cause_map(group="drug")
    shown._controls.previous.click()
    assert shown.page == shown.view.pages > 1
    assert_agrees(shown)
    shown._controls.next.click()
    assert shown.page == 1
    assert_agrees(shown)


def test_back_goes_up_one_step_at_a_time() -> None:
    shown = cause_map(group="drug")
    levels = [shown.view.level]
    for label in ("Back to the groups", "Back to all families", "Back to all families"):
        assert shown._controls.back.description == label
        shown._controls.back.click()
        assert_agrees(shown)
        levels.append(shown.view.level)
    assert levels == ["cause", "group", "family", "family"]


def test_back_from_a_family_of_one_group_leads_to_the_overview() -> None:
    shown = cause_map("Epilepsy")
    assert shown.group == "epileptic"
    shown._controls.back.click()
    assert (shown.family, shown.group) == ("", "")
    assert_agrees(shown)


def test_audience_changes_what_is_shown_and_goes_to_the_first_page() -> None:
    shown = cause_map(group="genetic")
    shown.page = 3
    before = shown.view.total
    shown._controls.audience.value = "public"
    assert shown.page == 1
    assert shown.view.total < before
    assert "not shown" in shown._caption.value
    assert_agrees(shown)


def test_choosers_carry_the_numbers_of_the_wedges() -> None:
    shown = cause_map()
    labels = [label for label, _ in shown._controls.family.options[1:]]
    assert labels == [f"{item.number} {item.label} ({len(item.causes)})" for item in shown.view.items]


def test_sources_of_every_shown_cause_are_listed(kb: KnowledgeBase) -> None:
    shown = cause_map(group="metabolic")
    assert shown._sources.value == ""
    shown._controls.sources.value = True
    links = [html.unescape(link) for link in LINK.findall(shown._sources.value)]
    text = " ".join(Text(shown._sources.value).words)
    for item in shown.view.items:
        for source in kb.sources_of(item.causes[0]):
            assert source.citation in text
            assert not source.link or source.link in links
    assert all(link.startswith(("https://", "http://")) for link in links)
    assert "Not yet reviewed by a clinician." in text
    shown._controls.back.click()
    assert shown._sources.value == ""
    assert shown.sources_shown


def test_a_source_without_an_identifier_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "sources.csv").write_text("id,kind,title,status,read\nlost,other,Lost,incomplete,citation only\n")
    (tmp_path / "causes.csv").write_text("id,source_ids,support\nC051,lost,indirect\n")
    mine = load(tmp_path)
    shown = cause_map(group=mine.get("C051").group, kb=mine)  # type: ignore[attr-defined]
    shown.sources_shown = True
    pages = []
    for _ in range(shown.view.pages):
        pages.append(shown._sources.value)
        shown._controls.next.click()
    assert "Lost. (no DOI, PMID or own page found yet: does not count as support)" in "".join(pages)


def test_traits_are_the_whole_state(kb: KnowledgeBase) -> None:
    shown = cause_map(group="genetic", audience="public")
    shown.audience = "clinician"
    shown.page = 2
    shown.sources_shown = True
    names = ("family", "group", "page", "audience", "sources_shown")
    again = CauseMap(kb, **{name: getattr(shown, name) for name in names})
    assert_agrees(again)
    assert again.view == shown.view
    assert picture(again) == picture(shown)
    assert again._sources.value == shown._sources.value


def test_two_maps_can_be_linked() -> None:
    one, other = cause_map(), cause_map(audience="public")
    with_link = [traitlets.link((one, name), (other, name)) for name in ("family", "group", "page")]
    one.group = "drug"
    one.page = 2
    assert (other.group, other.page) == ("drug", 2)
    other._controls.back.click()
    assert one.view.level == "group"
    assert_agrees(one)
    assert_agrees(other)
    for link in with_link:
        link.unlink()


def test_every_change_draws_the_picture_once() -> None:
    shown = cause_map()
    drawn: list[object] = []
    shown._picture.observe(drawn.append, "outputs")
    for change in (("group", "drug"), ("page", 2), ("audience", "public"), ("family", "Epilepsy"), ("family", "")):
        drawn.clear()
        setattr(shown, *change)
        assert len(drawn) == 1, change


def test_what_the_front_end_sends_is_taken_as_a_whole() -> None:
    shown = cause_map()
    shown.set_state({"family": "Medicines, poisons, withdrawal", "group": "toxic"})
    assert shown.group == "toxic"
    assert_agrees(shown)


def test_a_narrow_page_stacks_the_cards_and_a_large_screen_has_large_text() -> None:
    shown = cause_map(group="genetic")
    wide = picture(shown)[MIME]
    shown._companion.width, shown._companion.screen = 280, 844
    narrow = picture(shown)[MIME]
    assert [trace for trace in wide["data"] if "fill" in trace]
    assert not [trace for trace in narrow["data"] if "fill" in trace]
    assert shown._picture.layout.height == f"{narrow['layout']['height']}px"
    shown._companion.width, shown._companion.screen = 1720, 1080
    assert picture(shown)[MIME]["layout"]["font"]["size"] == 27


def test_frame_is_the_table_in_hand() -> None:
    pytest.importorskip("pandas")
    shown = cause_map(group="drug")
    frame = shown.frame()
    assert [tuple(row) for row in frame.itertuples(index=False)] == cells(shown._table.value)
    assert frame.columns.tolist() == list(shown.view.columns)
    assert frame.index.tolist() == [item.id for item in shown.view.items]


def test_first_frame_is_there_without_a_kernel(kb: KnowledgeBase) -> None:
    shown = cause_map()
    bundle = shown._repr_mimebundle_()
    table = cells(bundle["text/html"])
    assert [row[0] for row in table] == list(families_of(kb))
    assert all(group.plain in "; ".join(row[1] for row in table) for group in groups_of(kb))
    assert sum(int(row[2]) for row in table) == len(kb.all_causes)
    assert bundle["text/plain"] == f"<CauseMap: {len(kb.all_causes)} causes in {len(families_of(kb))} families>"
    assert "application/vnd.jupyter.widget-view+json" in bundle
    shown.group = "drug"
    assert shown._repr_mimebundle_() == bundle


def test_markup_in_a_table_is_shown_as_text(tmp_path: Path) -> None:
    hostile = "<img src=x onerror=alert(1)>"
    (tmp_path / "causes.csv").write_text(f"id,plain_name,name\nC051,{hostile},{hostile}\n")
    (tmp_path / "groups.csv").write_text(f"id,family,plain,clinical\ntoxic,{hostile},{hostile},{hostile}\n")
    source = load().get("C051").source_ids[0]  # type: ignore[attr-defined]
    (tmp_path / "sources.csv").write_text(f"id,title\n{source},{hostile}\n")
    mine = load(tmp_path)
    shown = cause_map(kb=mine)
    shown.sources_shown = True
    seen = [shown.first_frame()]
    for group in ("toxic", mine.get("C051").group):  # type: ignore[attr-defined]
        shown.group = group
        for _ in range(shown.view.pages):
            parts = (shown._heading, shown._caption, shown._table, shown._sources)
            seen += [part.value for part in parts]
            shown._controls.next.click()
    assert "&lt;img" in "".join(seen)
    assert not {"img", "script", "iframe"} & {tag for source in seen for tag in Text(source).tags}


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"family": "Epilepsi"}, KeyError, "The nearest is 'Epilepsy'."),
        ({"group": "drugs"}, KeyError, "The nearest is 'drug'."),
        ({"family": "Epilepsy", "group": "drug"}, ValueError, "belongs to the family"),
        ({"audience": "doctors"}, ValueError, "expected one of"),
    ],
)
def test_what_does_not_exist_is_refused(arguments: dict[str, str], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=re.escape(says)):
        cause_map(**arguments)


REFUSED = [("family", "Epilepsi"), ("group", "drugs"), ("page", 0), ("audience", "x")]


@pytest.mark.parametrize(("name", "value"), REFUSED)
def test_a_refused_change_leaves_the_map_as_it_was(name: str, value: object) -> None:
    shown = cause_map(group="toxic")
    before = shown.view
    with pytest.raises(traitlets.TraitError):
        setattr(shown, name, value)
    assert shown.view == before
    assert_agrees(shown)


def test_every_control_has_a_name_in_words() -> None:
    controls = cause_map(group="drug")._controls
    for control in (*controls.by_trait.values(), controls.back, controls.previous, controls.next):
        assert re.fullmatch(r"[A-Z][a-z ]+", control.description)


def test_the_companion_and_the_prelude_share_no_name() -> None:
    names = re.findall(r"^(?:async )?(?:function|const|let|class) (\w+)", module("cause_map.js"), re.MULTILINE)
    assert len(names) == len(set(names))


def test_state_is_plain_json() -> None:
    shown = cause_map(group="drug")
    assert json.loads(json.dumps(picture(shown))) == picture(shown)
    state = {name: getattr(shown, name) for name in ("family", "group", "page", "audience", "sources_shown")}
    assert json.loads(json.dumps(state)) == state
    assert set(state) <= set(shown.get_state())


def test_plotly_loads_with_the_map_and_pandas_with_the_frame() -> None:
    code = (
        "import sys, myoteach; seen = lambda: [n for n in ('plotly', 'pandas', 'nbformat') if n in sys.modules];"
        "import myoteach.widgets; print(seen()); shown = myoteach.cause_map(); print(seen())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.split("\n")[:2] == ["[]", "['plotly']"]
