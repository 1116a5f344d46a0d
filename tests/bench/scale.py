"""Carries the figures of one hub to larger numbers: the tables of docs/scale.md."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from tests.bench.figure import Figure

PAGE = Path(__file__).resolve().parents[2] / "docs" / "scale.md"
LEARNERS = (20, 500, 5000)
#: Seconds in which all arrive, seconds between two answers of a learner.
ARRIVING, ANSWERING = 600, 20


def write(figures: Iterable[Figure]) -> None:
    """Write the tables into the page, with what was measured last."""
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), figures), encoding="utf-8")


def filled(page: str, figures: Iterable[Figure]) -> str:
    """Return the page with its tables made anew; each stands between two comments."""
    takes = base(figures)
    for name, table in {"takes": _takes(takes), "carried": _carried(takes), "static": _static(takes)}.items():
        block = rf"(<!-- {name} -->\n).*?(\n<!-- end -->)"
        page = re.sub(block, lambda found, table=table: found[1] + table + found[2], page, flags=re.DOTALL)
    return page


def base(figures: Iterable[Figure]) -> dict[str, float]:
    """Read from the measured figures what one learner takes, in gigabytes, megabytes and seconds of processor."""
    text = "\n".join(f"{figure.what}: {figure.measured}; {figure.how}" for figure in figures)

    def number(pattern: str) -> float:
        found = re.search(pattern, text)
        if not found:
            raise ValueError(f"The figures of the hub have no {pattern!r}; measure them: run.py bench hub.")
        return float(found[1])

    opened = r"in JupyterLab, nothing kept by the browser: \d+ requests, "
    return {
        "memory": number(r"memory a learner: (\d+) MB") / 1000,
        "arrive": number(r"run lesson 06: ([\d.]+) s") + number(rf"{opened}.*server (\d+) ms") / 1000,
        "proxy": number(r"together: .*proxy ([\d.]+) s") / 20 + number(rf"{opened}.*proxy (\d+) ms") / 1000,
        "hub": number(r"together: hub ([\d.]+) s") / 20,
        "answer": number(r"processor an interaction: (\d+) ms") / 1000,
        "proxy_answer": number(r"processor an interaction: .*proxy ([\d.]+),") / 1000,
        "sent": number(rf"{opened}([\d.]+) MB"),
        "static_sent": number(r"static site, .*requests, ([\d.]+) MB"),
        "static": number(r"static site, .*processor: (\d+) ms") / 1000,
    }


def _takes(takes: dict[str, float]) -> str:
    rows = {
        "memory, server and kernel of one lesson": f"{takes['memory']:.2f} GB",
        "processor to arrive: server, JupyterLab's page, all cells of lesson 06": f"{takes['arrive']:.1f} s",
        "of the one proxy, to arrive": f"{takes['proxy']:.2f} s",
        "of the one hub, to arrive": f"{takes['hub']:.2f} s",
        "processor an answer": f"{takes['answer']:.3f} s",
        "of the one proxy, an answer": f"{takes['proxy_answer']:.4f} s",
        "sent to open a lesson, first time": f"{takes['sent']:.0f} MB",
    }
    return "\n".join(["| | |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows.items())])


def _carried(takes: dict[str, float]) -> str:
    t = takes
    return _table(
        {
            f"memory: n × {t['memory']:.2f} GB": lambda n: f"{n * t['memory']:,.0f} GB",
            f"processors while they arrive: n × {t['arrive']:.1f} / {ARRIVING}": lambda n: _few(
                n * t["arrive"] / ARRIVING
            ),
            f"processors while they answer: n / {ANSWERING} × {t['answer']:.3f}": lambda n: _few(
                n / ANSWERING * t["answer"]
            ),
            f"the proxy while they arrive: n × {t['proxy']:.2f} / {ARRIVING}": lambda n: (
                f"{n * t['proxy'] / ARRIVING:.0%}"
            ),
            f"the proxy while they answer: n / {ANSWERING} × {t['proxy_answer']:.4f}": lambda n: (
                f"{n / ANSWERING * t['proxy_answer']:.0%}"
            ),
            f"the hub while they arrive: n × {t['hub']:.2f} / {ARRIVING}": lambda n: f"{n * t['hub'] / ARRIVING:.0%}",
            f"line while they arrive: n × {t['sent']:.0f} MB × 8 / {ARRIVING} s": lambda n: (
                f"{n * t['sent'] * 8 / ARRIVING:,.0f} Mbit/s"
            ),
            "nodes of 4 processors and 32 GB: n / 100": lambda n: f"{-(-n // 100)}",
        }
    )


def _static(takes: dict[str, float]) -> str:
    t = takes
    return _table(
        {
            f"sent: n × {t['static_sent']:.1f} MB": lambda n: f"{n * t['static_sent'] / 1000:.2f} GB",
            f"line it needs: sent × 8 / {ARRIVING} s": lambda n: f"{n * t['static_sent'] * 8 / ARRIVING:.1f} Mbit/s",
            f"processor in all: n × {t['static']:.3f} s": lambda n: f"{n * t['static']:.1f} s",
        }
    )


def _table(rows: dict[str, Callable[[int], str]]) -> str:
    lines = ["| learners | " + " | ".join(f"{n:,}" for n in LEARNERS) + " |", "|---" * (len(LEARNERS) + 1) + "|"]
    lines += [f"| {what} | " + " | ".join(cell(n) for n in LEARNERS) + " |" for what, cell in rows.items()]
    return "\n".join(lines)


def _few(number: float) -> str:
    return f"{number:.1f}" if number < 10 else f"{number:.0f}"
