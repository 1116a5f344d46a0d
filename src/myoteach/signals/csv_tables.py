"""Recordings as tables in CSV, which any spreadsheet reads."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from ._disk import channel_of, label_of, reason, require_file, require_samples, writing
from .checks import RecordingError, checked
from .recording import Recording


def read_csv(path: str | Path, *, accept: tuple[str, ...] = ()) -> Recording:
    """Read a table with a column of times in seconds and one column for each channel.

    The head of a channel's column is its name, and in brackets its unit: ``APB_R (uV)``; an optional word before the
    name says its kind: ``emg APB_R (uV)``.

    Parameters
    ----------
    path
        The file.
    accept
        Checks to waive: ``clipped``, ``units``.

    Raises
    ------
    RecordingError
        When the file is missing, empty, uneven, not numeric, or what it holds cannot be a recording.

    Examples
    --------
    >>> import tempfile
    >>> from myoteach.signals import simulate
    >>> recording = simulate("cortical_action", seconds=2, seed=1, eeg=False)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(recording, f"{folder}/arm.csv")
    ...     read_csv(f"{folder}/arm.csv").channels == recording.channels
    True
    """
    path = Path(path)
    require_file(path, 1)
    try:
        with path.open(newline="", encoding="utf-8-sig") as file:
            head = next(csv.reader(file))
            lines = file.readlines()
        if len(lines) < 2:
            raise RecordingError(f"{path.name} has {len(lines)} lines of samples; a recording needs many.")
        if len(head) == 1 and ";" in head[0]:
            raise RecordingError(f"{path.name} was saved with semicolons; save it with commas and decimal points.")
        table = np.loadtxt(lines, delimiter=",", ndmin=2, dtype=np.float64)
    except RecordingError:
        raise
    except UnicodeDecodeError as error:
        raise RecordingError(f"{path.name} is not text in UTF-8; save it as UTF-8.") from error
    except (OSError, ValueError, StopIteration, csv.Error) as error:
        raise RecordingError(
            f"{path.name} is not a table of numbers under a line of names ({reason(error)})."
        ) from error
    if table.shape[0] < 2 or table.shape[1] != len(head):
        raise RecordingError(
            f"{path.name} has {len(head)} names above {table.shape[1]} columns of {table.shape[0]} samples."
        )
    if len(head) < 2:
        raise RecordingError(f"{path.name} holds no channels beside the time.")
    with np.errstate(over="ignore", invalid="ignore"):
        steps = np.diff(table[:, 0])
        step = float(np.median(steps))
        is_even = np.isfinite(table[:, 0]).all() and step > 0 and np.abs(steps - step).max() <= 0.5 * step
    if not is_even:
        raise RecordingError(f"The first column of {path.name} must be time in seconds in even steps.")
    fs = (table.shape[0] - 1) / (table[-1, 0] - table[0, 0])
    fs = float(round(fs)) if abs(fs - round(fs)) < 1e-3 * fs else float(fs)
    parts = [channel_of(*_split(name)) for name in head[1:]]
    with np.errstate(over="ignore"):
        data = np.stack([factor * table[:, 1 + row] for row, (_, factor) in enumerate(parts)]).astype(np.float32)
    return checked(data, fs, tuple(channel for channel, _ in parts), path.name, accept=accept)


def write_csv(recording: Recording, path: str | Path) -> None:
    """Write a table of times and samples that `read_csv` and any spreadsheet can read; the truth is not in it.

    Samples are written with seven digits, which is all that single precision holds.

    Parameters
    ----------
    recording
        Any recording with a channel and a sample.
    path
        The file; one that exists is replaced.

    Examples
    --------
    >>> import tempfile
    >>> from myoteach.signals import simulate
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     write_csv(simulate("cortical_action", seconds=1, seed=1, eeg=False), f"{folder}/arm.csv")
    ...     Path(folder, "arm.csv").read_text(encoding="utf-8")[:8]
    'time (s)'
    """
    require_samples(recording)
    head = ["time (s)", *(f"{label_of(channel)} ({channel.unit})" for channel in recording.channels)]
    table = np.column_stack([recording.times, recording.data.T.astype(np.float64)])
    formats = ["%.9g"] + ["%.8g"] * len(recording.channels)
    with writing(path), Path(path).open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerow(head)
        np.savetxt(file, table, fmt=formats, delimiter=",")


def _split(head: str) -> tuple[str, str]:
    """Return label and unit of the head of a column."""
    label, bracket, unit = head.strip().rpartition("(")
    return (label.strip(), unit.rstrip(") ").strip()) if bracket else (head.strip(), "")
