"""Measures of the questions: adding up a long log, and the length of a resume code."""

from __future__ import annotations

import itertools
import statistics
import tempfile
import time
from pathlib import Path

from myoteach.questions import due_times, fold, read_log, resume_code
from myoteach.questions.attempts import to_line
from tests.bench.figure import Figure
from tests.questions.test_progress import typical


def rows() -> list[Figure]:
    """All measures of the questions."""
    return [progress(), resume()]


def progress() -> Figure:
    """Read, add up and schedule a log of 100,000 attempts in 100 files."""
    attempts = typical(100_000, 2_500)
    with tempfile.TemporaryDirectory() as folder:
        for start in range(0, len(attempts), 1_000):
            lines = b"".join(map(to_line, attempts[start : start + 1_000]))
            (Path(folder) / f"{start}.jsonl").write_bytes(lines)
        took = [_steps(folder, attempts[-1].time / 1000) for _ in range(5)]
    read, added, dated = (statistics.median(column) for column in zip(*took, strict=True))
    return Figure(
        "progress of 100,000 attempts",
        f"fold {added:.2f} s; before it, reading the files {read:.2f} s; after it, dates of review {dated:.2f} s",
        "fold under 1 s",
        "processor time, median of 5; 209 items, 100 files",
    )


def _steps(folder: str, now: float) -> list[float]:
    """Processor seconds of reading, folding and dating."""
    times = [time.process_time()]
    reading = read_log(folder)
    times.append(time.process_time())
    folded = fold(reading.attempts, now=now)
    times.append(time.process_time())
    due_times(folded.items)
    times.append(time.process_time())
    return [after - before for before, after in itertools.pairwise(times)]


def resume() -> Figure:
    """Length of a resume code."""
    lengths = [len(resume_code(typical(200, sessions))) for sessions in (1, 10, 20)]
    return Figure(
        "resume code of 200 attempts",
        f"{lengths[0]}, {lengths[1]} and {lengths[2]} characters for 1, 10 and 20 sessions",
        "under 4,500 characters",
        "random items, orders, answers, times and pauses, as a course gives them",
    )
