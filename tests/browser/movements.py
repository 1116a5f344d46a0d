"""What is looked at in the lessons with players: they paint, show what is promised, and keep names to themselves."""

from __future__ import annotations

import re

from playwright.sync_api import Locator

from myoteach.signals import KINDS
from myoteach.widgets._movement_stages import STAGES

from .conftest import Lab

#: What a learner can read or hear of an output; the lists to choose from hold every name there is.
_READABLE = """(node) => {
  const words = [...node.querySelectorAll("[aria-label], [title]")]
    .map((part) => `${part.getAttribute("aria-label") ?? ""} ${part.getAttribute("title") ?? ""}`);
  const copy = node.cloneNode(true);
  for (const list of copy.querySelectorAll("select")) list.remove();
  return [copy.textContent, ...words].join(" ");
}"""
#: Share of a canvas on which something is drawn.
_INK = """(canvas) => {
  const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
  let count = 0;
  for (let at = 3; at < data.length; at += 4) count += data[at] > 40;
  return count / (data.length / 4);
}"""


def names_in(text: str) -> list[str]:
    """Which kinds, or words of their names, stand in a text."""
    words = {*STAGES, *(KINDS[kind].label for kind in STAGES), "tic", "tics", "tremor", "clonus", "myoclonus", "spasm"}
    return sorted(word for word in words if re.search(rf"\b{re.escape(word)}(?!\w)", text, re.IGNORECASE))


def player(lab: Lab, number: int) -> Locator:
    """The player of a lesson by its number, in sight."""
    lab.page.wait_for_selector(".jp-OutputArea-output .mv-play", state="attached")
    lab.page.evaluate(
        """async (number) => {
          const { content } = window.jupyterapp.shell.currentWidget;
          const until = async (test) => { while (!test()) await new Promise(r => setTimeout(r, 50)); };
          const holders = () => content.widgets.filter((cell) => cell.node.querySelector(".mv-play"));
          await until(() => holders().length > number);
          await content.scrollToItem(content.widgets.indexOf(holders()[number]), "start");
          holders()[number].node.setAttribute("data-test-player", number);
        }""",
        number,
    )
    return lab.page.locator(f"[data-test-player='{number}'] .myo")


def lesson_one_shows_what_its_words_promise(lab: Lab) -> None:
    """The player is painted and still, and the steps of the lesson find what they name."""
    first = player(lab, 0)
    it_is_painted_and_still(lab, first)
    one_press_shows_the_silence_of_the_question(first)
    for name in ("Cortical action myoclonus", "Asterixis"):  # which the steps of the lesson name
        first.get_by_label("Show", exact=True).select_option(label=name)
        assert first.locator(".mv-title").inner_text() == name


def it_is_painted_and_still(lab: Lab, first: Locator) -> None:
    box = first.locator(".mv-figure").bounding_box()
    assert box is not None
    assert min(box["width"], box["height"]) > 100
    assert first.locator("canvas").first.evaluate(_INK) > 0.01
    assert first.locator(".mv-play").inner_text() == "▶ Play"
    before = first.locator(".mv-figure").evaluate("node => node.outerHTML")
    lab.page.wait_for_timeout(400)
    assert first.locator(".mv-figure").evaluate("node => node.outerHTML") == before


def one_press_shows_the_silence_of_the_question(first: Locator) -> None:
    """The lesson asks about 0.15 s of silence and promises it at the first press of the button."""
    first.get_by_role("button", name="Previous event").click()
    said = first.locator(".mv-now").inner_text()
    assert said.startswith("Event 5 of 5")
    assert "silent" in said
    silence = re.search(r"right wrist straightener (\d+) ms", said)
    assert silence is not None
    assert abs(int(silence[1]) - 150) <= 5


def lesson_two_shows_no_name_before_it_is_asked_for(lab: Lab) -> None:
    """Neither of its blind players."""
    for number, count in ((0, 5), (1, 8)):
        blind = player(lab, number)
        assert blind.locator(".mv-stage").count() == count
        assert names_in(blind.evaluate(_READABLE)) == []
        card = blind.locator(".mv-stage").nth(1)
        card.locator("select").select_option(label="Tic")
        assert names_in(blind.evaluate(_READABLE)) == []
        card.get_by_role("button", name="Check").click()
        assert "Yes: Tic." in card.inner_text()
        others = [blind.locator(".mv-stage").nth(index) for index in range(count) if index != 1]
        assert [names_in(other.evaluate(_READABLE)) for other in others] == [[]] * (count - 1)
