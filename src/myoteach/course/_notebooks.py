"""Copy the notebooks to a folder of the learner's, and never write over what the learner changed."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path

from .._content import content_folder
from .._told import ToldError

#: Remembers which text each notebook had when it was copied, to know later whether the learner changed it.
_RECORD = ".myoteach-copied.json"


class CourseError(ToldError):
    """Something the person at the keyboard can mend; the message is a sentence."""


def copy_notebooks(folder: Path) -> list[str]:
    """Copy the notebooks that are new, or newer than an unchanged copy, and say what was done.

    Parameters
    ----------
    folder
        The learner's folder; made when it is missing. The package's own folder is left as it is.

    Returns
    -------
    list of str
        One sentence a notebook that was copied, or that was left alone because the learner had changed it.

    Raises
    ------
    CourseError
        When the folder cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     first = copy_notebooks(Path(folder))
    ...     second = copy_notebooks(Path(folder))
    >>> len(first) > 0, second
    (True, [])
    """
    source = content_folder("notebooks")
    if os.path.realpath(folder) == os.path.realpath(source):
        return []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        copied = _read_record(folder)
        said = [line for path in sorted(source.glob("*.ipynb")) if (line := _copy(path, folder, copied))]
        _write_record(folder, copied)
    except OSError as error:
        raise CourseError(f"{folder} cannot be written ({error.strerror}); name another folder.") from error
    return said


def compare_notebooks(folder: Path, source: Path) -> tuple[list[str], list[str]]:
    """Return the names of the notebooks that a folder lacks, and of those that differ from the package's.

    Parameters
    ----------
    folder
        Holds copies.
    source
        Holds the notebooks as they are shipped.

    Examples
    --------
    >>> source = content_folder("notebooks")
    >>> compare_notebooks(source, source)
    ([], [])
    """
    paths = sorted(source.glob("*.ipynb"))
    there = [path for path in paths if (folder / path.name).is_file()]
    missing = [path.name for path in paths if path not in there]
    return missing, [path.name for path in there if _digest(folder / path.name) != _digest(path)]


def _copy(source: Path, folder: Path, copied: dict[str, str]) -> str:
    target, new = folder / source.name, _digest(source)
    present = _digest(target) if target.exists() else None
    if present == new:
        copied[source.name] = new
        return ""
    if present is not None and present != copied.get(source.name):
        return f"{target}: left as it is, because you changed it. To get the newer one, rename yours and start again."
    part = target.with_suffix(".part")
    shutil.copyfile(source, part)
    os.replace(part, target)  # noqa: PTH105  # atomic, so that a stop in between leaves the old notebook whole
    copied[source.name] = new
    return f"{target}: {'renewed' if present else 'copied'}."


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _read_record(folder: Path) -> dict[str, str]:
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _write_record(folder: Path, copied: dict[str, str]) -> None:
    (folder / _RECORD).write_text(json.dumps(copied, indent=1), encoding="utf-8")
