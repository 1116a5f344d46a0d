"""How soon the explorers paint and answer, in headless Chromium."""

from __future__ import annotations

import gzip
import json
import statistics
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from myoteach import (
    article_on_trial,
    body_map,
    category_explorer,
    cause_map,
    clue_matrix,
    compare_movements,
    day_and_night,
    epilepsy_player,
    flashcards,
    glossary,
    movement_player,
    neuraxis,
    progress,
    quiz,
    treatment_paths,
    triage,
    work_up,
)
from myoteach.widgets._movement_stages import STAGES
from tests.bench.figure import Figure
from tests.browser.conftest import ARGUMENTS, Lab, find_browser, start_lab, visit
from tests.browser.standalone import page_of
from tests.browser.test_movement_player_alone import FIVE, HAND_CLOCK

_SCREEN = {"width": 1280, "height": 900}
#: What a lesson's first explorer shows when it is there, and how soon it was promised.
_FIRST = {
    "01_what_is_a_myoclonic_jerk": (".mv-figure path[d^=M]", "within 1.5 s of the kernel being ready"),
    "05_where_the_jerk_starts": (".nx-figure", "none stated"),
    "06_what_causes_it": (".cm-list", "within 1.0 s of the kernel being ready"),
}
_PRESSES = {
    "clue matrix": (clue_matrix, ".cm-clue input[value=yes], .cm-clue input[value=no]", "under 16 ms"),
    "cause map, a wedge": (cause_map, ".wheel-wedge", "under 16 ms"),
    "neuraxis, a level": (neuraxis, ".nx-levels input", "under 16 ms"),
    "triage, a sign": (triage, ".tr-sign input", "under 16 ms"),
    "work-up, a step": (work_up, ".wu-step", "under 16 ms"),
    "treatment paths, a path or a row": (treatment_paths, ".tp-fork input, .tp-list .myo-open", "under 16 ms"),
}

#: What makes each explorer. The laboratory is none: it is put together from stock widgets.
_EXPLORERS: dict[str, Callable[[], Any]] = {
    "article on trial": article_on_trial,
    "body map": body_map,
    "category explorer": category_explorer,
    "cause map": cause_map,
    "clue matrix": clue_matrix,
    "day and night": day_and_night,
    "epilepsy player": epilepsy_player,
    "flashcards": flashcards,
    "glossary": glossary,
    "movement player, five at once": partial(compare_movements, FIVE),
    "movement player, one": partial(movement_player, "chorea"),
    "neuraxis": neuraxis,
    "progress": progress,
    "quiz": partial(quiz, "lesson-06/opening"),
    "treatment paths": treatment_paths,
    "triage": triage,
    "work-up": work_up,
}


def rows() -> list[Figure]:
    """Measure first pictures in JupyterLab, then presses, frames and keys in pages of their own, then weights."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        try:
            firsts = _first_paints(browser)
            presses = [press(browser, what, *spec) for what, spec in _PRESSES.items()]
            frames = [_frames(browser, ("chorea",), "under 4 ms"), _frames(browser, FIVE, "under 8 ms")]
            return [*firsts, *presses, *frames, _key(browser), *_weights(), *map(_carried, _EXPLORERS)]
        finally:
            browser.close()


def in_words(took: list[float], unit: str = "ms") -> str:
    """Median and 95th percentile.

    >>> in_words([1.0, 2.0, 3.0])
    'median 2.0 ms, 95th percentile 3.0 ms (of 3)'
    """
    ordered = sorted(took)
    late = ordered[min(int(0.95 * len(ordered)), len(ordered) - 1)]
    return f"median {statistics.median(ordered):.1f} {unit}, 95th percentile {late:.1f} {unit} (of {len(ordered)})"


def _first_paints(browser: Any) -> list[Figure]:
    with tempfile.TemporaryDirectory() as home:
        servers = start_lab(Path(home))
        try:
            server = next(servers)
            return [_first_paint(browser, server, name, *spec) for name, spec in _FIRST.items()]
        finally:
            servers.close()


def _first_paint(browser: Any, server: Any, lesson: str, seen: str, promised: str) -> Figure:
    took = []
    for _ in range(5):
        context = browser.new_context(viewport=_SCREEN)
        lab = Lab(server, visit(context))
        lab.open(f"{lesson}.ipynb")
        took.append(lab.page.evaluate(RUN_AND_WAIT, f".jp-OutputArea-output {seen}"))
        lab.page.evaluate("window.jupyterapp.shell.currentWidget.sessionContext.shutdown()")
        context.close()
    return Figure(
        f"Run All to first explorer painted, lesson {lesson[:2]}",
        f"{statistics.median(took) / 1000:.2f} s (of 5: {min(took) / 1000:.2f} to {max(took) / 1000:.2f})",
        promised,
        "a new kernel each time, ready before the clock starts; to the frame after the picture",
    )


RUN_AND_WAIT = """async (seen) => {
  const start = performance.now();
  window.jupyterapp.commands.execute("notebook:run-all-cells");
  while (!document.querySelector(seen)?.getBoundingClientRect().width) await new Promise(requestAnimationFrame);
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""

#: A press at the start of a frame, to the first task after that frame was drawn. Forcing a layout would leave out what
#: the browser lays out only once it knows that it is in view.
_PRESS = """async (what) => {
  const took = [];
  const drawn = () => new Promise((done) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = done;
    channel.port2.postMessage(0);
  });
  const frames = async (count) => { while (count--) await new Promise(requestAnimationFrame); };
  for (let index = 0; took.length < 50; index++) {
    const found = document.querySelectorAll(what);
    const target = found[index % found.length];
    for (const fold of document.querySelectorAll("details")) fold.open = fold.contains(target);
    await frames(6);
    const start = performance.now();
    target.dispatchEvent(new MouseEvent("click", { bubbles: true }));
    await drawn();
    took.push(performance.now() - start);
  }
  return took;
}"""


def press(browser: Any, what: str, explorer: Callable[[], Any], selector: str, promised: str) -> Figure:
    """Press the controls of an explorer in a page of its own, in turn, and say how soon each is painted."""
    page = visit(browser.new_context(viewport=_SCREEN)).page
    page.set_content(page_of(explorer()))
    page.wait_for_selector(selector)
    took = list(page.evaluate(_PRESS, selector))
    page.context.close()
    how = "script, style, layout and paint on the page's own thread; the fold of what is pressed is open"
    return Figure(f"{what}: a press to painted", in_words(took), promised, how)


def _frames(browser: Any, kinds: tuple[str, ...], promised: str) -> Figure:
    page = visit(browser.new_context(viewport=_SCREEN)).page
    widget = compare_movements(kinds) if len(kinds) > 1 else movement_player(kinds[0], speed=1)
    page.set_content(page_of(widget).replace("<style>", f"<script>{HAND_CLOCK}</script><style>", 1))
    page.locator(".mv-play").click()
    page.evaluate("() => { for (let i = 0; i < 60; i++) tick(16); costs.length = 0; }")
    page.evaluate("() => { for (let i = 0; i < 500; i++) tick(16) }")
    took = list(page.evaluate("costs"))
    page.context.close()
    what = f"movement player, script of a frame, {len(kinds)} figure{'s' if len(kinds) > 1 else ''}"
    return Figure(what, in_words(took), f"95th percentile {promised}", "playing at full speed")


_KEYS = """() => {
  window.waits = [];
  document.addEventListener("keydown", () => {
    const start = performance.now();
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => waits.push(performance.now() - start);
      channel.port2.postMessage(0);
    });
  }, true);
}"""


def _key(browser: Any) -> Figure:
    page = visit(browser.new_context(viewport=_SCREEN)).page
    page.set_content(page_of(movement_player("chorea")))
    page.get_by_role("button", name="On 10 milliseconds").focus()
    page.evaluate(_KEYS)
    for _ in range(60):
        page.keyboard.press("Enter")
        page.wait_for_timeout(37)
    took = list(page.evaluate("waits"))
    page.context.close()
    how = "from the key event to the end of the frame that shows it; a key may come just after a frame began"
    return Figure("movement player, key to paint", in_words(took), "95th percentile under 16 ms", how)


def _weights() -> list[Figure]:
    heaviest = max((_compressed(movement_player(kind)), kind) for kind in STAGES)
    matrix, levels = clue_matrix(), neuraxis()
    sent = len(json.dumps(matrix.data).encode())
    weights = {
        "movement player, bytes of a kind": (heaviest[0], f"at most {{}} KB ({heaviest[1]})", "under 60 KB"),
        "neuraxis, bytes of all levels": (_compressed(levels), "{} KB", "under 60 KB"),
        "clue matrix, bytes of all causes": (
            _compressed(matrix),
            f"{{}} KB ({sent / 1000:.0f} KB as sent)",
            "under 120 KB",
        ),
    }
    how = f"compressed with gzip; all {len(STAGES)} kinds of the movement player"
    return [
        Figure(what, words.format(f"{size / 1000:.0f}"), promised, how, size=size)
        for what, (size, words, promised) in weights.items()
    ]


def _carried(name: str) -> Figure:
    widget = _EXPLORERS[name]()
    state = {trait: value for trait, value in widget.get_state().items() if not trait.startswith("_")}
    data = len(gzip.compress(json.dumps(state, default=str).encode()))
    code = len(gzip.compress(f"{widget._esm}{widget._css}".encode()))
    return Figure(
        f"{name}, all bytes",
        f"{(data + code) / 1000:.0f} KB (data {data / 1000:.0f}, script and style {code / 1000:.0f})",
        "under 200 KB",
        "what the kernel sends for the first one, compressed with gzip",
        size=data + code,
    )


def _compressed(widget: Any) -> int:
    return len(gzip.compress(json.dumps(widget.data).encode()))
