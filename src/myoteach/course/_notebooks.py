"""Copy the notebooks to a folder of the learner's, and never write over what the learner changed."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Collection
from pathlib import Path

from .._content import content_folder
from .._files import write_whole
from .._told import ToldError
from ..widgets._lessons import Lesson, lessons
from ._copies import copy_text

#: Remembers which text each notebook had when it was copied, to know later whether the learner changed it.
_RECORD = ".myoteach-copied.json"


class CourseError(ToldError):
    """Something the person at the keyboard can mend; the message is a sentence.

    Examples
    --------
    >>> try:
    ...     write_copies(Path(__file__).parent)
    ... except CourseError as error:
    ...     print(str(error).rpartition("/")[2])
    course is not empty; name a new folder.
    """


def copy_notebooks(folder: Path, *, instructor: bool = False) -> list[str]:
    """Copy the notebooks that are new, or newer than an unchanged copy, and say what was done.

    Parameters
    ----------
    folder
        The learner's folder; made when it is missing. The package's own folder is left as it is.
    instructor
        Copies with the instructor's cells, unfolded; by default the learners', without them.

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
        texts = {path.name: copy_text(path, instructor=instructor) for path in sorted(source.glob("*.ipynb"))}
        said = [line for name, text in texts.items() if (line := _copy(text, folder / name, copied))]
        _write_record(folder, copied)
    except OSError as error:
        raise CourseError(f"{folder} cannot be written ({error.strerror}); name another folder.") from error
    return said


def compare_notebooks(folder: Path, source: Path) -> tuple[list[str], list[str]]:
    """Return the names of the notebooks that a folder lacks, and of those that are no copy of the package's.

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
    return missing, [path.name for path in there if _digest(folder / path.name) not in _unedited(path)]


def chosen_lessons(only: Collection[str]) -> list[Lesson]:
    """Return the lessons of these numbers; of none, all.

    Raises
    ------
    CourseError
        When there is no lesson of that number.
    """
    known = {lesson.id: lesson for lesson in lessons()}
    wanted = {number.zfill(2) for number in only} or set(known)
    for number in sorted(wanted):
        if number not in known:
            raise CourseError(f"There is no lesson {number}; there are {min(known)} to {max(known)}.")
    return [lesson for number, lesson in known.items() if number in wanted]


def write_copies(folder: Path) -> list[Path]:
    """Write both copies of every lesson, to the folders ``learner`` and ``instructor``.

    Parameters
    ----------
    folder
        New or empty, so that nothing anybody changed is written over.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    CourseError
        When the folder is not empty or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted({path.parent.name for path in write_copies(Path(folder))})
    ['instructor', 'learner']
    """
    if folder.is_dir() and any(folder.iterdir()):
        raise CourseError(f"{folder} is not empty; name a new folder.")
    try:
        for name in ("learner", "instructor"):
            (folder / name).mkdir(parents=True)
            for lesson in content_folder("notebooks").glob("*.ipynb"):
                write_whole(folder / name / lesson.name, copy_text(lesson, instructor=name == "instructor").encode())
    except OSError as error:
        raise CourseError(f"{folder} cannot be written ({error.strerror}); name another folder.") from error
    return sorted(folder.glob("*/*.ipynb"))


def _copy(text: str, target: Path, copied: dict[str, str]) -> str:
    new = _digest(text)
    present = _digest(target) if target.exists() else None
    if present == new:
        copied[target.name] = new
        return ""
    if present is not None and present != copied.get(target.name):
        return f"{target}: left as it is, because you changed it. To get the newer one, rename yours and start again."
    write_whole(target, text.encode())
    copied[target.name] = new
    return f"{target}: {'renewed' if present else 'copied'}."


def _unedited(source: Path) -> set[str]:
    """Return the digests of what may stand for a lesson: itself, in its own folder, and its copies."""
    return {_digest(source), _digest(copy_text(source)), _digest(copy_text(source, instructor=True))}


def _digest(what: Path | str) -> str:
    data = what.encode() if isinstance(what, str) else what.read_bytes()
    return hashlib.sha256(data).hexdigest()


def _read_record(folder: Path) -> dict[str, str]:
    try:
        record = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def _write_record(folder: Path, copied: dict[str, str]) -> None:
    (folder / _RECORD).write_text(json.dumps(copied, indent=1), encoding="utf-8")
