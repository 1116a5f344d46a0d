"""Beside what one would use instead, in the same JupyterLab: stock widgets with a FigureWidget, and jupyterquiz."""

from __future__ import annotations

import json
import statistics
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
from playwright.sync_api import sync_playwright

from myoteach.questions import read_bank
from myoteach.questions.items import Choice
from tests.bench.explorers import RUN_AND_WAIT
from tests.bench.figure import Figure
from tests.browser.conftest import ARGUMENTS, ROOT, WINDOW, Lab, find_browser, start_lab, visit

TURNS = 5
PRESSES = 20
#: A press, to the first task after the frame in which the page says something else.
_PRESS = """async ([control, says, place]) => {
  const found = [...document.querySelectorAll(`.jp-OutputArea-output ${control}`)];
  const before = document.querySelector(`.jp-OutputArea-output ${says}`)?.textContent;
  const start = performance.now();
  found[place % found.length].click();
  while (document.querySelector(`.jp-OutputArea-output ${says}`)?.textContent === before) {
    if (performance.now() - start > 5000) throw new Error("the page says nothing else");
    await new Promise(requestAnimationFrame);
  }
  await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  return performance.now() - start;
}"""
#: Everything the kernel sent, which is what a slow network has to carry.
_COUNT = """() => {
  window.testBytes = 0;
  const { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
  kernel.anyMessage.connect((_, { msg, direction }) => {
    if (direction === "recv") window.testBytes += JSON.stringify(msg.content).length;
  });
}"""


@dataclass(frozen=True)
class Side:
    """One of two that are compared: its cell, what shows when it is there, what is pressed, and what then changes."""

    cell: str
    seen: str
    control: str
    says: str


OURS = Side("from myoteach import clue_matrix\nclue_matrix()", ".cm-list > li", ".cm-clue input", ".cm-status")
STOCK = Side(
    f"import sys; sys.path.insert(0, {str(ROOT)!r})\nfrom tests.bench.stock_matrix import stock_matrix\nstock_matrix()",
    ".js-plotly-plot .ytick",
    ".widget-radio input",
    ".stock-status",
)


def rows() -> list[Figure]:
    """Measure both pairs, turn by turn."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as home:
        browser = playwright.chromium.launch(executable_path=find_browser(), args=ARGUMENTS)
        servers = start_lab(Path(home))
        try:
            server, context = next(servers), browser.new_context(viewport=WINDOW)

            def desk() -> Lab:
                return Lab(server, visit(context))

            return [*_matrices(desk), *_quizzes(desk)]
        finally:
            servers.close()
            browser.close()


@dataclass
class Took:
    """What one side took in each turn: milliseconds to the first picture, bytes, megabytes of the kernel, presses."""

    first: list[float]
    sent: list[float]
    memory: list[float]
    presses: list[float]


def measure(
    desk: Callable[[], Lab], sides: tuple[Side, Side], press: Callable[[Lab, Side], list[float]]
) -> tuple[Took, Took]:
    """Open both in turn, a new kernel each time, so that a busy moment strikes both."""
    found = (Took([], [], [], []), Took([], [], [], []))
    for _ in range(TURNS):
        for side, took in zip(sides, found, strict=True):
            lab = desk()
            lab.write("bench.ipynb", side.cell)
            lab.open("bench.ipynb")
            lab.page.evaluate(_COUNT)
            took.first.append(lab.page.evaluate(RUN_AND_WAIT, f".jp-OutputArea-output {side.seen}"))
            took.sent.append(lab.page.evaluate("window.testBytes"))
            took.memory.append(_own_megabytes(lab))
            took.presses += press(lab, side)
            lab.page.close()
            lab.server.stop_kernels()
    return found


def _own_megabytes(lab: Lab) -> float:
    pid = int(lab.ask("import os; print(os.getpid())"))
    return float(psutil.Process(pid).memory_full_info().uss) / 1e6


def _press(lab: Lab, side: Side) -> list[float]:
    lab.page.locator(f".jp-OutputArea-output {side.seen}").first.wait_for()
    lab.page.evaluate("for (const fold of document.querySelectorAll('details')) fold.open = true")
    # of three choices to a clue, the second and the third change something
    places = [3 * (turn // 2) + 1 + turn % 2 for turn in range(PRESSES)]
    return [float(lab.page.evaluate(_PRESS, [side.control, side.says, place])) for place in places]


def _matrices(desk: Callable[[], Lab]) -> list[Figure]:
    ours, theirs = measure(desk, (OURS, STOCK), _press)
    peer = "stock ipywidgets with a FigureWidget"
    return [
        _lower(f"clue matrix, Run All to first picture, against {peer}", ours.first, theirs.first, "ms"),
        _lower(f"clue matrix, a press to painted in JupyterLab, against {peer}", ours.presses, theirs.presses, "ms"),
        _lower(f"clue matrix, sent by the kernel, against {peer}", ours.sent, theirs.sent, "bytes"),
        _lower(f"clue matrix, own memory of the kernel, against {peer}", ours.memory, theirs.memory, "MB"),
    ]


def _quizzes(desk: Callable[[], Lab]) -> list[Figure]:
    asked = 'from myoteach import quiz\nquiz("lesson-06/closing")'
    ours = Side(asked, ".qz-card .qz-option", "", "")
    theirs = Side(_jupyterquiz(), ".Quiz .MCButton, .Quiz .Answer", "", "")
    took = measure(desk, (ours, theirs), lambda *_: [])
    peer = "jupyterquiz"
    return [
        _lower(f"questions, Run All to the first one painted, against {peer}", took[0].first, took[1].first, "ms"),
        _lower(f"questions, sent by the kernel, against {peer}", took[0].sent, took[1].sent, "bytes"),
        _lower(f"questions, own memory of the kernel, against {peer}", took[0].memory, took[1].memory, "MB"),
    ]


def _jupyterquiz() -> str:
    """Return a cell that asks the closing questions of lesson 06 with jupyterquiz, those of one right answer."""
    items = read_bank().select(lesson="06", place="closing")
    questions: list[dict[str, Any]] = [
        {
            "question": item.stem,
            "type": "multiple_choice",
            "answers": [
                {"answer": option.text, "correct": option.key, "feedback": option.why} for option in item.options
            ],
        }
        for item in items
        if isinstance(item, Choice) and item.keys == 1
    ]
    return f"from jupyterquiz import display_quiz\nimport json\ndisplay_quiz(json.loads({json.dumps(questions)!r}))"


def _lower(what: str, ours: list[float], theirs: list[float], unit: str) -> Figure:
    mine, other = statistics.median(ours), statistics.median(theirs)
    words = f"{other / mine:.3g} times less" if mine <= other else f"{mine / other:.3g} times more"
    words += f" ({mine:,.0f} against {other:,.0f} {unit})"
    how = f"medians; {TURNS} turns, each with a new kernel, the two in turn in one JupyterLab"
    return Figure(what, words, "none stated", how, ratio=round(other / mine, 3))
