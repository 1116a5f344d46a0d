"""The wheel of causes: what it shows at each place, and that its picture is equal, legible and complete."""

from __future__ import annotations

import html
import itertools
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from myoteach import KnowledgeBase, load
from myoteach.figures import CauseView, cause_view, cause_wheel, families_of, groups_of, locate, mime_bundle
from myoteach.figures._cards import BESIDE, STACKED, card_texts
from myoteach.figures._lettering import text_width, wrap
from myoteach.figures.cause_wheel import MIME

AUDIENCES = ("clinician", "public")
#: Width of the page and font size: a laptop or projector, a full high-definition screen, a phone.
ROOMS = ((880, 18), (1720, 27), (280, 16))


def places(kb: KnowledgeBase) -> Iterator[CauseView]:
    """Every place on the map: all families, every family, every page of every group, for both audiences."""
    for audience in AUDIENCES:
        starts = [cause_view(kb, audience=audience)]
        starts += [cause_view(kb, family=family, audience=audience) for family in families_of(kb)]
        starts += [cause_view(kb, group=group.id, audience=audience) for group in groups_of(kb)]
        for view in starts:
            for page in range(1, view.pages + 1):
                yield cause_view(kb, view.family, view.group, page, audience)


@pytest.fixture(scope="module")
def views(kb: KnowledgeBase) -> list[CauseView]:
    return list(places(kb))


def texts(figure: Any) -> list[str]:
    """Texts of a figure without markup, one line each."""
    return [html.unescape(re.sub("<[^>]+>", "", text.replace("<br>", " "))) for text in labels(figure).text]


def labels(figure: Any) -> Any:
    """The trace that holds all texts."""
    (found,) = (trace for trace in figure.data if trace.mode == "text")
    return found


def area(x: tuple[float, ...], y: tuple[float, ...]) -> float:
    corners = list(zip(x, y, strict=True))
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(corners))) / 2


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG reckons it."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def test_at_most_nine_labels_at_every_place(views: list[CauseView]) -> None:
    assert max(len(view.items) for view in views) == 9
    assert {view.level for view in views} == {"family", "group", "cause"}


@pytest.mark.parametrize("audience", AUDIENCES)
def test_every_cause_stands_on_exactly_one_page(kb: KnowledgeBase, views: list[CauseView], audience: str) -> None:
    shown = [item.id for view in views if view.level == "cause" and view.audience == audience for item in view.items]
    pages = {(view.group, view.page) for view in views if view.level == "cause" and view.audience == audience}
    visits = [view for view in views if view.level == "cause" and view.audience == audience]
    assert len(visits) >= len(pages)
    meant = {cause.id for cause in kb.all_causes if audience == "clinician" or cause.audience == "both"}
    assert set(shown) == meant
    once = {(view.group, view.page): [item.id for item in view.items] for view in visits}
    assert len(list(itertools.chain(*once.values()))) == len(meant)


def test_sums_agree_with_the_causes_inside(kb: KnowledgeBase) -> None:
    whole = cause_view(kb)
    assert sum(len(item.causes) for item in whole.items) == whole.total == len(kb.all_causes)
    order = ["emergency", "urgent", "soon", "routine", "none"]
    for item in whole.items:
        words = [cause.urgency for cause in item.causes]
        assert item.urgency == min(words, key=order.index)
        assert item.urgency_note == f"{item.urgency}: {words.count(item.urgency)} of {len(words)}"


def test_the_most_urgent_cause_comes_first(kb: KnowledgeBase) -> None:
    order = ["emergency", "urgent", "soon", "routine", "none"]
    count = cause_view(kb, group="drug").pages
    pages = [cause_view(kb, group="drug", page=page) for page in range(1, count + 1)]
    ranks = [order.index(item.urgency) for view in pages for item in view.items]
    assert ranks == sorted(ranks)


def test_wedges_are_equal(views: list[CauseView]) -> None:
    for view in views:
        wedges = [trace for trace in cause_wheel(view).data if trace.fill == "toself"]
        assert [wedge.name for wedge in wedges] == [item.id for item in view.items]
        sizes = [area(wedge.x, wedge.y) for wedge in wedges]
        assert sizes == pytest.approx([sizes[0]] * len(sizes)) if sizes else True


def test_stacked_cards_are_equal_and_do_not_overlap(views: list[CauseView]) -> None:
    for view in views:
        figure = cause_wheel(view, 280, 16)
        spans = []
        for shape in figure.layout.shapes[1:-1]:  # without the title above and the small print below
            heights = [float(y) for y in re.findall(r",(-?[\d.]+)", shape.path)]
            spans.append((max(heights), min(heights)))
        assert len(spans) == len(view.items)
        assert len({round(top - bottom, 3) for top, bottom in spans}) <= 1
        assert all(above[1] > below[0] for above, below in itertools.pairwise(spans))
        assert not spans or -spans[-1][1] < figure.layout.height


@pytest.mark.parametrize(("width", "font"), ROOMS)
def test_picture_caption_and_table_say_the_same(views: list[CauseView], width: int, font: int) -> None:
    for view in views:
        figure = cause_wheel(view, width, font)
        said = texts(figure)
        assert len(view.rows) == len(view.items)
        for item, row in zip(view.items, view.rows, strict=True):
            start = f"{item.number} {item.label}"
            assert any(shows(text, start) for text in said), start
            assert any(item.urgency in text and item.removable_note in text for text in said)
            assert row[0] == str(item.number)
            assert item.plain in row
            assert item.clinical in row
            assert f"{item.number} {item.words}" in view.spoken
        assert figure.layout.meta["description"] == view.spoken
        assert any("size says nothing" in text for text in said)
        assert "size says nothing about how often" in view.caption


def shows(text: str, name: str) -> bool:
    """Whether a text is the name, however its lines are broken, or as much of it as its card can show."""
    text, name = re.sub(r"\s", "", text), re.sub(r"\s", "", name)
    return text == name or (text.endswith("…") and name.startswith(text[:-1]))


def test_every_name_fits_whole_where_there_is_room(views: list[CauseView]) -> None:
    for view in views:
        assert not any("…" in text for text in texts(cause_wheel(view, 280, 16))), view.heading


def test_no_line_is_wider_than_its_card(views: list[CauseView]) -> None:
    for view, styles, room in itertools.product(views, (BESIDE, STACKED), (5.2, 6.6)):
        for text in card_texts(view.items, styles, 260, room, 18):
            assert text.height <= room + 1e-9
            assert all(text_width(html.unescape(line[3:-4]), text.size * 18, bold=True) <= 260 for line in text.name)
            assert all(text_width(html.unescape(line), 18) <= 260 for line in text.notes)


@pytest.mark.parametrize(("width", "font"), ROOMS)
def test_text_is_never_smaller_than_asked_for(kb: KnowledgeBase, width: int, font: int) -> None:
    figure = cause_wheel(cause_view(kb, group="genetic"), width, font)
    assert min(labels(figure).textfont.size) >= font


def test_colours_are_few_and_legible_and_never_the_only_cue(views: list[CauseView]) -> None:
    grounds: set[str] = set()
    for view in views:
        figure = cause_wheel(view)
        grounds |= {trace.fillcolor for trace in figure.data if trace.fill} | {
            shape.fillcolor for shape in figure.layout.shapes if shape.fillcolor
        }
        ink = figure.layout.font.color
        signs = next(trace for trace in figure.data if trace.name == "signs")
        kinds = set(zip(signs.marker.symbol or (), (item.urgency for item in view.items), strict=True))
        assert len({symbol for symbol, _ in kinds}) == len({word for _, word in kinds}) == len(kinds)
    assert len(grounds) <= 6
    assert all(contrast(ink, ground) >= 4.5 for ground in grounds)


def test_bundle_is_plain_json_without_controls_on_a_clear_ground(kb: KnowledgeBase) -> None:
    bundle = mime_bundle(cause_wheel(cause_view(kb)))
    assert json.loads(json.dumps(bundle)) == bundle
    figure = bundle[MIME]
    assert figure["config"]["staticPlot"]
    assert not figure["config"]["displayModeBar"]
    assert figure["layout"]["paper_bgcolor"] == figure["layout"]["plot_bgcolor"] == "rgba(0,0,0,0)"
    assert "width" not in figure["layout"]
    assert len(json.dumps(bundle)) < 50_000
    assert bundle["text/plain"].startswith("All causes by family")


def test_height_is_the_same_at_every_place(views: list[CauseView]) -> None:
    assert len({cause_wheel(view).layout.height for view in views}) == 1


def test_a_group_held_back_from_an_audience_says_so(kb: KnowledgeBase, tmp_path: Path) -> None:
    ids = [cause.id for cause in kb.all_causes if cause.group == "hypoxic"]
    (tmp_path / "causes.csv").write_text("id,audience\n" + "".join(f"{name},clinician\n" for name in ids))
    view = cause_view(load(tmp_path), group="hypoxic", audience="public")
    assert view.items == ()
    assert f"not shown: {len(ids)}" in view.caption
    assert "nothing to show" in view.spoken
    assert "0 causes" in " ".join(texts(cause_wheel(view)))
    assert cause_wheel(view, 280, 16).layout.height > 0


def test_an_unsupported_cause_is_marked_in_picture_and_table(kb: KnowledgeBase, tmp_path: Path) -> None:
    source = "id,kind,title,status,read\nlost,other,Lost,incomplete,citation only\n"
    (tmp_path / "sources.csv").write_text(source)
    (tmp_path / "causes.csv").write_text("id,source_ids,support\nC051,lost,indirect\n")
    mine = load(tmp_path)
    group = next(cause.group for cause in kb.all_causes if cause.id == "C051")
    for page in range(1, 5):
        view = cause_view(mine, group=group, page=page)
        for item, row in zip(view.items, view.rows, strict=True):
            if item.id == "C051":
                assert "needs a source" in row[-1]
                assert any("needs a source" in text for text in texts(cause_wheel(view)))
                return
    pytest.fail("C051 was not shown")


def test_markup_in_a_name_is_text(tmp_path: Path) -> None:
    (tmp_path / "causes.csv").write_text('id,name\nC051,"<a href=""javascript:x"">R&D</a>"\n')
    mine = load(tmp_path)
    view = next(view for view in places(mine) if any(item.id == "C051" for item in view.items))
    raw = "".join(labels(cause_wheel(view)).text)
    assert "<a" not in raw
    assert "&lt;a" in raw


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"family": "epilepsi"}, KeyError, "There is no family 'epilepsi'. The nearest is 'Epilepsy'."),
        ({"family": "medicines"}, KeyError, "The nearest is 'Medicines, poisons, withdrawal'."),
        ({"group": "drugs"}, KeyError, "There is no group 'drugs'. The nearest is 'drug'."),
        ({"family": "Epilepsy", "group": "drug"}, ValueError, "belongs to the family"),
        ({"audience": "doctors"}, ValueError, "expected one of"),
    ],
)
def test_what_does_not_exist_is_refused(
    kb: KnowledgeBase, arguments: dict[str, str], error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=re.escape(says)):
        cause_view(kb, **arguments)


def test_a_page_beyond_the_last_is_the_last(kb: KnowledgeBase) -> None:
    assert cause_view(kb, group="drug", page=99).page == cause_view(kb, group="drug").pages
    assert cause_view(kb, group="drug", page=-3).page == 1


def test_a_family_of_one_group_leads_straight_to_its_causes(kb: KnowledgeBase) -> None:
    for family in families_of(kb):
        groups = groups_of(kb, family)
        assert locate(kb, family) == (family, groups[0].id if len(groups) == 1 else "")


@pytest.mark.parametrize("text", ["one two three", "Creutzfeldt-Jakob", "GOSR2/KCNC1", "a" * 80, "", " a  b ", "–"])
@pytest.mark.parametrize("width", [40, 120, 1000])
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    lines = wrap(text, width, 16)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line, 16) <= width for line in lines)


def test_the_room_opens_without_plotly() -> None:
    code = (
        "import myoteach.figures, sys;"
        "print([n for n in ('plotly', 'pandas', 'numpy', 'ipywidgets') if n in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"


def test_a_picture_needs_neither_pandas_nor_nbformat() -> None:
    code = (
        "import myoteach, sys; from myoteach.figures import *; mime_bundle(cause_wheel(cause_view(myoteach.load())));"
        "print([n for n in ('plotly', 'pandas', 'numpy', 'nbformat') if n in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "['plotly']"
