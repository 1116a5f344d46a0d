"""The cause map without a kernel: shows what Python shows, answers to pointer and keys, stays inside its page."""

from __future__ import annotations

import pytest
from playwright.sync_api import BrowserContext, Page

from myoteach import KnowledgeBase, cause_map
from myoteach.knowledge.records import Group

from .axe import barriers
from .conftest import Visit, visit
from .standalone import mount_fifty_times, page_of

#: Names whose lines leave their wedge; a clamped name's invisible lines do not count.
OUTSIDE = """() => [...document.querySelectorAll(".wheel-wedge")].filter((wedge) => {
  const [path, span] = [wedge.querySelector("path"), wedge.querySelector(".wheel-name span")];
  const back = path.getScreenCTM().inverse();
  const range = document.createRange();
  range.selectNodeContents(span);
  const end = span.getBoundingClientRect().bottom + 3;
  const isOut = (x, y) => !path.isPointInFill(new DOMPoint(x, y).matrixTransform(back));
  return [...range.getClientRects()].filter((line) => line.bottom < end).some(({ left, right, top, bottom }) =>
    [left, right].some((x) => isOut(x, top + 4) || isOut(x, bottom - 4)));
}).map((wedge) => wedge.textContent)"""
FOCUSED = "document.activeElement.dataset.key"
WAIT = ".map .map-head"


def show(context: BrowserContext, *, dark: bool = False, width: int = 1280, **arguments: object) -> Visit:
    seen = visit(context)
    seen.page.set_viewport_size({"width": width, "height": 800})
    seen.page.set_content(page_of(cause_map(**arguments), dark=dark))  # type: ignore[arg-type]
    seen.page.wait_for_selector(WAIT)
    seen.page.set_default_timeout(8_000)
    return seen


def go(page: Page, /, **state: object) -> None:
    page.evaluate("(state) => { for (const [k, v] of Object.entries(state)) model.set(k, v); }", state)


def state(page: Page, *names: str) -> list[object]:
    return page.evaluate("(names) => names.map((name) => model.get(name))", list(names))


def rows(page: Page) -> list[list[str]]:
    """Number, name and urgency word of each row."""
    return page.evaluate(
        """[...document.querySelectorAll(".map tbody tr[data-part]")].map((row) =>
        [".map-number", ".map-part", ".myo-urgency"].map((name) => row.querySelector(name).textContent))"""
    )


def test_every_place_agrees_with_python_and_every_name_stays_in_its_wedge(
    stage: BrowserContext, kb: KnowledgeBase
) -> None:
    page = show(stage).page
    groups = kb.records("groups", Group)
    families = [(family, "") for family in dict.fromkeys(group.family for group in groups)]
    for audience in ("clinician", "public"):
        for family, group in [("", ""), *families, *((row.family, row.id) for row in groups)]:
            twin = cause_map(family, group, audience=audience)
            for number in range(1, twin.pages + 1):
                twin.page = number
                go(page, audience=audience, family=twin.family, group=twin.group, page=number)
                frame = twin.frame()
                words = frame["how fast to act"] if twin.level == "cause" else frame["most urgent inside"]
                expected = [
                    [str(9 * (number - 1) + index), name, word.split(":")[0]]
                    for index, (name, word) in enumerate(zip(frame.iloc[:, 0], words, strict=True), 1)
                ]
                assert rows(page) == expected
                assert page.locator(".wheel-wedge").count() == len(frame)
                assert page.evaluate(OUTSIDE) == []


def test_wedges_are_equal(stage: BrowserContext) -> None:
    page = show(stage).page
    lengths = page.evaluate(
        "[...document.querySelectorAll('.wheel-wedge > path')].map((path) => path.getTotalLength())"
    )
    assert len(lengths) == 9
    assert max(lengths) - min(lengths) < 1
    assert "size says nothing about how often" in page.locator("figcaption").inner_text()


@pytest.mark.parametrize("query", ["cefepime", "Kidney FAILURE", "jerks", "zzz"])
def test_a_search_finds_what_python_finds(stage: BrowserContext, query: str) -> None:
    page = show(stage).page
    page.get_by_label("Find a cause").press_sequentially(query)
    twin = cause_map()
    twin.query = query
    assert state(page, "query") == [query]
    assert [name for _, name, _ in rows(page)] == twin.frame()["cause"].tolist()
    assert page.evaluate("document.activeElement.type") == "search"
    page.get_by_role("button", name="Leave the search").click()
    assert state(page, "query") == [""]
    assert page.get_by_label("Find a cause").input_value() == ""


def test_down_by_pointer_and_up_again(stage: BrowserContext) -> None:
    page = show(stage).page
    page.locator(".wheel-wedge[data-part='Body chemistry'] > path").click()
    assert page.evaluate(FOCUSED) == "heading"
    page.locator(".wheel-wedge[data-part=metabolic] > path").click()
    assert state(page, "family", "group", "page") == ["Body chemistry", "metabolic", 1]
    page.get_by_role("button", name="10–13").click()
    assert page.evaluate(FOCUSED) == "page-2"
    page.locator(".wheel-wedge[data-part=C051] > path").click()
    assert state(page, "opened") == ["C051"]
    assert page.evaluate(FOCUSED) == "part-C051"
    assert page.locator(".map-detail").is_visible()
    page.locator(".wheel-wedge[data-part=C051] > path").click()
    assert state(page, "opened") == [""]
    page.locator(".wheel-hub").click()
    assert page.evaluate(FOCUSED) == "part-metabolic"
    page.locator(".wheel-hub").click()
    assert state(page, "family", "group") == ["", ""]
    assert page.evaluate(FOCUSED) == "part-Body chemistry"


MEDICINES = "Medicines, poisons, withdrawal"


def number_of(kb: KnowledgeBase, family: str, audience: str = "") -> int:
    """How many causes of a family the tables have, all or those for an audience only."""
    groups = {group.id for group in kb.records("groups", Group) if group.family == family}
    return sum(cause.group in groups and audience in ("", cause.audience) for cause in kb.all_causes)


def test_down_by_keys_and_up_again(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage).page
    page.get_by_role("button", name=MEDICINES).focus()
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == f"{MEDICINES}: {number_of(kb, MEDICINES)} causes"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert state(page, "group", "page") == ["drug", 1]
    for _ in range(5):  # four pages, the first cause
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.getAttribute('aria-expanded')") == "true"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "sources"
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "sources"
    assert page.locator(".map-detail .myo-sources a").count() > 0
    page.get_by_role("button", name="← Medicines, poisons, withdrawal").focus()
    page.keyboard.press("Enter")
    assert page.evaluate(FOCUSED) == "part-drug"


def test_a_family_of_one_group_leads_to_its_causes_and_back_to_the_overview(stage: BrowserContext) -> None:
    page = show(stage).page
    page.get_by_role("button", name="Epilepsy").click()
    assert state(page, "group") == ["epileptic"]
    page.get_by_role("button", name="← All families").click()
    assert state(page, "family", "group") == ["", ""]


def test_wording_and_audience(stage: BrowserContext, kb: KnowledgeBase) -> None:
    page = show(stage, cause="C051").page
    cause = kb.get("C051")
    assert cause.plain in page.locator(".map-detail").inner_text()  # type: ignore[attr-defined]
    page.get_by_label("Clinical", exact=True).check()
    assert cause.clinical in page.locator(".map-detail").inner_text()  # type: ignore[attr-defined]
    assert page.get_by_role("button", name=cause.name, exact=True).is_visible()  # type: ignore[attr-defined]
    go(page, family="Genes and development", group="neurodevelopmental", opened="", page=1)
    page.get_by_label("Show").select_option("public")
    assert "2 causes here for clinicians only" in page.locator(".map-body").inner_text()
    page.get_by_role("button", name="← Genes and development").click()
    assert (
        f"not shown: {number_of(kb, 'Genes and development', 'clinician')}" in page.locator("figcaption").inner_text()
    )


def test_what_is_missing_is_said(stage: BrowserContext) -> None:
    page = show(stage, cause="C051").page
    page.evaluate("model.get('data').causes.find((row) => row.id === 'C051').support = 'none'; model.set('page', 2)")
    row = page.locator("tr[data-part=C051]")
    assert "needs a source" in row.inner_text()
    assert "not reviewed" in row.inner_text()
    assert "1 without a source" in page.locator("figcaption").inner_text()
    assert "none reviewed by a clinician" in page.locator("figcaption").inner_text()


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("arguments", [{}, {"cause": "C051"}, {"family": "Body chemistry"}])
def test_axe_finds_nothing(stage: BrowserContext, dark: bool, arguments: dict[str, str]) -> None:
    seen = show(stage, dark=dark, **arguments)
    go(seen.page, show_sources=True)
    assert barriers(seen.page) == []


@pytest.mark.parametrize("width", [320, 390, 768, 1280])
@pytest.mark.parametrize("arguments", [{}, {"cause": "C051"}, {"group": "genetic", "wording": "clinical"}])
def test_nothing_is_cut_at_any_width(stage: BrowserContext, width: int, arguments: dict[str, str]) -> None:
    page = show(stage, width=width, **arguments).page
    go(page, show_sources=True)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    wide = "[...document.querySelectorAll('.map *')].filter((n) => n.getBoundingClientRect().right > innerWidth + 1)"
    assert page.evaluate(f"{wide}.filter((n) => !n.closest('.myo-sr')).map((n) => n.outerHTML.slice(0, 80))") == []


def test_targets_are_large_enough(stage: BrowserContext) -> None:
    page = show(stage, cause="C051").page
    small = page.evaluate(
        """[...document.querySelectorAll(".map :is(button, select, .map-find, .myo-segment)")]
        .filter((node) => { const { height, width } = node.getBoundingClientRect(); return height < 24 || width < 24; })
        .map((node) => node.textContent)"""
    )
    assert small == []


def test_fifty_mounts_leave_no_listener_and_no_node(stage: BrowserContext) -> None:
    page = show(stage).page
    mount_fifty_times(page)


def test_hostile_text_stays_text(stage: BrowserContext) -> None:
    page = show(stage, cause="C051").page
    page.evaluate(
        """() => { const data = model.get("data"); const cause = data.causes.find((row) => row.id === "C051");
        cause.plain_name = "<img src=x onerror='window.hacked=1'>"; cause.plain = "<script>window.hacked=1</script>";
        data.sources[cause.sources[0]].citation = "<b>bold</b>"; model.set("show_sources", true); }"""
    )
    assert "<script>" in page.locator(".map-detail").inner_text()
    assert page.evaluate("window.hacked") is None
    assert page.locator(".map img, .map b").count() == 0


def test_nothing_leaves_the_page_and_nothing_is_logged(stage: BrowserContext) -> None:
    seen = show(stage)
    for _ in range(2):  # a family of one group, then a cause
        seen.page.locator(".map-part").first.click()
    seen.page.get_by_role("button", name="Show the sources").click()
    assert seen.left_loopback == []
    assert seen.errors == []


def test_pointer_or_focus_on_one_marks_the_other(stage: BrowserContext) -> None:
    page = show(stage).page
    page.locator(".wheel-wedge").nth(4).hover()
    assert page.locator(".map-lit").evaluate_all("nodes => nodes.map((node) => node.tagName)") == ["g", "TR"]
    page.locator(".map-part").first.focus()
    assert page.locator("g.map-lit .wheel-near").text_content() == "1"
