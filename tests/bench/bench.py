"""Measure what docs/benchmarks.md reports and write it, with a JSON beside it:  python3 run.py bench [part ...].

With --budget nothing is written: what is measured is held against what stands there, and a loss fails.
"""

from __future__ import annotations

import json
import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

import psutil
from jupyter_client.manager import start_new_kernel

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from run import is_ready  # noqa: E402
from tests.bench import (  # noqa: E402
    access,
    accuracy,
    app,
    course,
    explorers,
    faults,
    hub,
    knowledge,
    peers,
    planted,
    questions,
    scale,
    stock,
)
from tests.bench.budget import broken  # noqa: E402
from tests.bench.figure import Figure  # noqa: E402

PAGE = ROOT / "docs" / "benchmarks.md"
TITLES = {
    "house": "The house",
    "course": "The course: install, start, run, site",
    "stock": "Beside stock widgets and another quiz",
    "explorers": "Explorers",
    "knowledge": "Tables as they grow",
    "app": "A lesson as an app",
    "signals_speed": "Signals: how fast, beside the peers",
    "signals_truth": "Signals: how true",
    "questions": "Questions",
    "faults": "Faults",
    "access": "Access",
    "planted": "Whether the tests notice",
    "hub": "One server for a class",
}
ABOUT = {
    "house": "",
    "course": "",
    "stock": (
        "The peer of the clue matrix stands in `tests/bench/stock_matrix.py`: the same questions and the same ranking, "
        "without sources, warnings, search and plain wording. jupyterquiz asks the same questions, without sureness, "
        "sources, log and order; its answers are marked in the page, ours by Python."
    ),
    "knowledge": "No table may be longer than 20 MB; here that bound is lifted, to see what comes after it.",
    "explorers": "In headless Chromium; whatever else runs on the machine makes these longer.",
    "app": "`myoteach app` in headless Chromium, a new kernel for every page.",
    "signals_speed": (
        "Times on a shared machine wander, so the ratio counts: both sides are called in turn on the same data, in one "
        "process and on one thread. The versions of the peers stand in `requirements-bench.lock`."
    ),
    "signals_truth": (
        "Our own simulation is the kinder judge: its kinds are rows of their own below, those of another maker and the "
        "real recordings come after them. What the simulation does not have: an M-wave after a stimulus, an EEG of "
        "sleep, and a cortical delay before the spike (it leads the jerk by the conduction time alone). Known losses: "
        "tremors and other bursts that swell and fade are lost in 20 uV of noise; myokymia is counted with the usual "
        "gap, which takes every discharge of a train for a burst, and no one gap suits all trains."
    ),
    "questions": "",
    "faults": (
        "Each case is made by seed. Lost is what a learner did, or a table held, that is gone without a word; a "
        "traceback is anything a learner meets that is no sentence of ours."
    ),
    "access": (
        "What a machine can find is a part of what there is; `docs/accessibility.md` says what was tried by hand."
    ),
    "planted": "One fault after the other in a copy; its own tests, green without it, must turn red.",
    "hub": (
        "The hub of `deploy/`, its Python proxy, and simulated learners on the same machine, whose own work makes the "
        "waits longer. `docs/scale.md` carries the figures to larger numbers."
    ),
}


def main(wanted: list[str]) -> int:
    """Measure all parts, or those named; print, and write them beside what is there of the others."""
    parts = {
        "house": house,
        "course": course.rows,
        "stock": stock.rows,
        "explorers": explorers.rows,
        "knowledge": knowledge.rows,
        "app": app.rows,
        "signals_speed": peers.rows,
        "signals_truth": accuracy.rows,
        "questions": questions.rows,
        "faults": faults.rows,
        "access": access.rows,
        "planted": planted.rows,
        "hub": hub.rows,
    }
    held, wanted = "--budget" in wanted, [part for part in wanted if part != "--budget"]
    unknown = set(wanted) - set(parts)
    if unknown:
        print(f"There is no part {', '.join(sorted(unknown))}; the parts are {', '.join(parts)}.", file=sys.stderr)
        return 2
    lost: list[str] = []
    for part in wanted or parts:
        figures = parts[part]()
        lost += broken(figures, told().get(part, {}).get("figures", []))
        if not held:
            write(part, figures)
            if part == "hub":
                scale.write(figures)
        for figure in figures:
            print(f"{figure.what}: {figure.measured} (promised: {figure.promised})", flush=True)
    print(*(f"LOST  {sentence}" for sentence in lost), sep="\n")
    return 1 if lost and held else 0


def told() -> dict[str, Any]:
    """Return what was measured before."""
    return dict(json.loads(PAGE.with_suffix(".json").read_text(encoding="utf-8")))


def house() -> list[Figure]:
    """Measure import, start and memory."""
    return [measure() for measure in (imports, second_start, kernel_memory)]


def median_seconds(command: list[str], times: int = 15) -> float:
    """Median wall time of a command."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        subprocess.run(command, check=True, cwd=ROOT, stdout=subprocess.DEVNULL)
        took.append(time.perf_counter() - start)
    return statistics.median(took)


def imports() -> Figure:
    """Import in a fresh process against bare Python, in the same run."""
    bare = median_seconds([sys.executable, "-c", "pass"])
    with_package = median_seconds([sys.executable, "-c", "import myoteach"])
    loaded = median_seconds([sys.executable, "-c", "import myoteach; myoteach.load()"])
    return Figure(
        "import myoteach, more than bare Python",
        f"{1000 * (with_package - bare):.0f} ms (bare Python {1000 * bare:.0f} ms; with `load()` "
        f"{1000 * (loaded - bare):.0f} ms more)",
        "under 150 ms",
        "median of 15 fresh processes each; no pandas, numpy or plotly loaded (a test)",
    )


def second_start() -> Figure:
    """What run.py does before JupyterLab itself, when everything is installed."""
    if not is_ready("lab"):
        sys.exit("The private environment is not there, and this would make it: start with `python3 run.py bench`.")
    took = median_seconds([sys.executable, "-c", "import run; run.prepare('lab')"])
    return Figure(
        "second start before JupyterLab", f"{1000 * took:.0f} ms", "under 2 s", "median of 15 calls of prepare()"
    )


def kernel_memory() -> Figure:
    """Own memory (unique set size) of an idle kernel and of one that shows the clue matrix."""
    idle = statistics.median(_kernel_mib("pass") for _ in range(3))
    widgets = statistics.median(_kernel_mib("import anywidget") for _ in range(3))
    matrix = statistics.median(_kernel_mib("from myoteach import clue_matrix\nclue_matrix()") for _ in range(3))
    return Figure(
        "kernel with the clue matrix, more than an idle one",
        f"{matrix - idle:.1f} MB (idle {idle:.1f} MB; anywidget alone {widgets - idle:.1f} MB)",
        "at most 20 MB",
        "unique set size of the kernel process, median of 3",
    )


def _kernel_mib(code: str) -> float:
    manager, client = start_new_kernel(kernel_name="python3")
    try:
        client.execute_interactive(code, timeout=60, output_hook=lambda _: None)
        reply = client.execute("import os; pid = os.getpid()", user_expressions={"pid": "pid"}, reply=True, timeout=60)
        pid = int(reply["content"]["user_expressions"]["pid"]["data"]["text/plain"])
        return float(psutil.Process(pid).memory_full_info().uss) / 1e6
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def write(part: str, figures: list[Figure]) -> None:
    """Write the JSON and the page, with this part measured anew."""
    machine = (
        f"{os.cpu_count()} shared cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )
    body = told()
    busy = f"{machine}; load {os.getloadavg()[0]:.0f} at the end" if hasattr(os, "getloadavg") else machine
    rows = [{name: value for name, value in asdict(figure).items() if value is not None} for figure in figures]
    body[part] = {"machine": busy, "figures": rows}
    PAGE.with_suffix(".json").write_text(json.dumps(body, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    write_page(body)


def write_page(body: dict[str, Any]) -> None:
    """Write the page from what the JSON tells."""
    lines = [
        "# Benchmarks",
        "",
        "Measured by `python3 run.py bench`, which writes this page and `benchmarks.json`. Losses stay in.",
    ]
    for name, title in TITLES.items():
        if name in body:
            lines += ["", f"## {title}", "", f"Last run on {body[name]['machine']}. {ABOUT[name]}".rstrip(), ""]
            lines += ["| what | measured | promised | how |", "|---|---|---|---|"]
            lines += [
                f"| {item['what']} | {item['measured']} | {item['promised']} | {item['how']} |"
                for item in body[name]["figures"]
            ]
    PAGE.write_text("\n".join([*lines, ""]), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
