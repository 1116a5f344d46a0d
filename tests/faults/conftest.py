"""At the end of a run print what became of every fault, family by family."""

from __future__ import annotations

import pytest

_HEAD = ("family", "cases", "told", "sound", "lost", "tracebacks")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print the counts that tests noted; they travel with the reports, so also from the workers of a parallel run."""
    reports = [*terminalreporter.stats.get("passed", []), *terminalreporter.stats.get("failed", [])]
    rows = [value for report in reports for name, value in report.user_properties if name == "faults"]
    if not rows:
        return
    terminalreporter.section("faults")
    for family, *numbers in [_HEAD, *sorted(rows)]:
        terminalreporter.write_line(f"{family:<34}" + "".join(f"{number:>12}" for number in numbers))
