"""What was met, what is known, what is due, and how to carry it elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import traitlets

from ..knowledge import KnowledgeBase, load
from ..knowledge.records import Objective
from ..questions import (
    MAX_UPLOAD,
    AttemptLog,
    Bank,
    LogReading,
    Overview,
    ResumeError,
    Tally,
    UploadError,
    forgets_all,
    import_code,
    import_file,
    log_file,
    overview,
    read_bank,
    resume_code,
)
from ..questions.items import Case, Item
from ..questions.resume import MAX_ATTEMPTS
from ._attempt_log import session_log
from ._explorer import Explorer, html_table
from ._lessons import lesson_name, titles
from ._modules import module, style
from ._turns import in_turn

if TYPE_CHECKING:
    import pandas

_LEVELS = {1: "unsure", 2: "fairly sure", 3: "sure"}
_COLUMNS = ("lesson", "track", "objective", "questions", "met", "known", "due")
#: Of the questions that were answered wrong and sure, so many are shown; a longer list is not read.
_MOST_WRONG = 12


class ProgressView(Explorer):
    """Progress by lesson, and the ways to take it along.

    `lessons` are the lessons whose objectives are unfolded, `code` the resume code while it is on show, `said` the
    answer to the page's last request.
    """

    _esm = module("progress.js")
    _css = style("progress.css")

    lessons = traitlets.List(traitlets.Unicode()).tag(sync=True)
    all_wrong = traitlets.Bool(False).tag(sync=True)
    code = traitlets.Unicode("").tag(sync=True)
    said = traitlets.Dict().tag(sync=True)

    def __init__(self, kb: KnowledgeBase, bank: Bank, log: Callable[[], AttemptLog], **traits: Any) -> None:
        self._kb, self._bank, self._log = kb, bank, log
        self._objectives = kb.records("objectives", Objective)
        cases = [case for case in bank.items if isinstance(case, Case)]
        self._told = {
            stage.item.id: [earlier.tells for earlier in case.stages[: place + 1]]
            for case in cases
            for place, stage in enumerate(case.stages)
        }
        super().__init__(**traits)
        self.refresh()
        self.on_msg(self._hear)

    def refresh(self) -> None:
        """Read the log again, with what other notebooks have written since."""
        reading = self._log().reading
        seen = overview(self._bank, self._kb, reading.attempts)
        self._tallies = seen.objectives
        self.data = self._shown(seen, reading)
        if self.code or (reading.attempts and forgets_all()):
            self.code = resume_code(reading.attempts)

    def frame(self) -> pandas.DataFrame:
        """Return the counts by objective as they were last read, to take in hand.

        Examples
        --------
        >>> import tempfile
        >>> with tempfile.TemporaryDirectory() as folder:
        ...     int(progress(folder).frame()["met"].sum())
        0
        """
        import pandas as pd  # noqa: PLC0415  # heavy, and only this method needs it

        tallies = [(row, self._tallies[row.id]) for row in self._objectives]
        rows = [(row.lesson, row.track, row.objective, t.total, t.met, t.known, t.due) for row, t in tallies]
        index = pd.Index([row.id for row in self._objectives], name="id")
        return pd.DataFrame(rows, columns=list(_COLUMNS), index=index)

    def first_frame(self) -> str:
        """Return what there is to learn. Nobody's own numbers: a notebook is sent to others as it stands."""
        rows = ((row["name"], str(row["total"])) for row in self.data["lessons"])
        return (
            "<p><strong>Your progress.</strong> With a kernel this shows what you have met, what you know, and what is "
            "due.</p>" + html_table("The questions there are.", ["Lesson", "Questions"], rows, left=True)
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        """Read the log again whenever this is shown."""
        self.refresh()
        return super()._repr_mimebundle_(**kwargs)

    def __repr__(self) -> str:
        return f"<ProgressView: {len(self._bank.questions)} questions in {len(self.data['lessons'])} lessons>"

    def _shown(self, seen: Overview, reading: LogReading) -> dict[str, Any]:
        """Return what the module shows, as plain JSON: no key, and no explanation that names it."""
        return {
            "at": int(time.time() * 1000),
            "attempts": len(reading.attempts),
            **_sum(seen.objectives.values()),
            "lessons": self._lessons(seen),
            "wrong": [self._wrong(item) for item in seen.wrong[:_MOST_WRONG]],
            "wrong_more": max(0, len(seen.wrong) - _MOST_WRONG),
            "coming": dict(seen.due),
            "no_dates": seen.no_dates,
            "calibration": [
                {"word": word, "right": right, "answered": answered}
                for level, word in _LEVELS.items()
                for right, answered in [seen.questions.calibration.get(level, (0, 0))]
            ],
            "decks": [{"deck": deck} | _sum([tally]) for deck, tally in seen.decks.items()],
            "folder": str(self._log().folder),
            "memory": self._log().message,
            "forgets": forgets_all(),
            "notes": list(_notes(seen, reading)),
            "cap": MAX_UPLOAD,
        }

    def _lessons(self, seen: Overview) -> list[dict[str, Any]]:
        lessons = []
        for lesson in dict.fromkeys(row.lesson for row in self._objectives):
            inside = [row for row in self._objectives if row.lesson == lesson]
            objectives = [
                {"id": row.id, "text": row.objective, "track": row.track} | _sum([seen.objectives[row.id]])
                for row in inside
            ]
            tallies = [seen.objectives[row.id] for row in inside]
            lessons.append({"id": lesson, "name": lesson_name(lesson), "objectives": objectives} | _sum(tallies))
        return lessons

    def _wrong(self, item: Item) -> dict[str, str]:
        """Return a question that was answered wrong and sure: what it asks and where to read, never its key."""
        objective = next((row.objective for row in self._objectives if row.id == item.objective), "")
        notebook = titles().get(item.lesson, ("", ""))[1]
        return {
            "id": item.id,
            "told": " ".join(self._told.get(item.id, ())),
            "stem": item.stem,
            "objective": objective,
            "where": lesson_name(item.lesson),
            "notebook": notebook,
        }

    @in_turn
    def _hear(self, _widget: object, content: Any, buffers: Sequence[memoryview]) -> None:
        """Do what the page asks and answer it; what cannot be done is answered with a sentence and changes nothing."""
        asked = content if isinstance(content, dict) else {}
        try:
            text = self._do(asked, buffers)
            self.refresh()
            said = {"ok": True, "text": text}
        except (ResumeError, UploadError) as error:
            said = {"ok": False, "text": str(error)}
        self.said = {"id": str(asked.get("id", ""))[:40]} | said

    def _do(self, asked: dict[str, Any], buffers: Sequence[memoryview]) -> str:
        ask = asked.get("ask")
        if ask == "refresh":
            return "Read again."
        if ask == "code":
            return self._show_code()
        if ask == "import":
            return self._taken(str(import_code(str(asked.get("code", "")), self._log())))
        if ask == "download":
            return self._send_file(str(asked.get("id", "")))
        if ask == "upload" and buffers:
            name = str(asked.get("name", ""))[:80] or "the file"
            return self._taken(str(import_file(bytes(buffers[0]), self._log(), name)))
        raise UploadError("The page asked for something that this version of myoteach does not know; load it again.")

    def _show_code(self) -> str:
        attempts = self._log().reading.attempts
        if not attempts:
            raise ResumeError("There is nothing to carry yet: answer a question first.")
        self.code = resume_code(attempts)
        carried = min(len(attempts), MAX_ATTEMPTS)
        older = f" The {len(attempts) - carried} oldest are left out." if len(attempts) > carried else ""
        return f"The code is {len(self.code):,} characters long and carries {_count(carried, 'attempt')}.{older}"

    def _send_file(self, to: str) -> str:
        reading = self._log().reading
        if not reading.attempts:
            raise UploadError("There is nothing to download yet: answer a question first.")
        name = f"myoteach-log-{time.strftime('%Y-%m-%d')}.jsonl"
        self.send({"id": to, "file": name}, [log_file(reading.attempts)])
        others = " Lines by another version are not in it." if reading.other_versions else ""
        return f"{name} holds {_count(len(reading.attempts), 'attempt')}.{others}"

    def _taken(self, said: str) -> str:
        return f"{said} {self._log().message}".rstrip()


def progress(folder: str | Path | None = None) -> ProgressView:
    """Show what was met, what is known and what is due, and carry it elsewhere.

    Parameters
    ----------
    folder
        Where progress is kept; by default ``$MYOTEACH_PROGRESS_DIR``, else the user's data folder.

    Returns
    -------
    ProgressView
        `refresh` reads the log again, `frame` gives the counts as a table.

    Examples
    --------
    >>> import tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     progress(folder).data["met"]
    0
    """
    return ProgressView(load(), read_bank(), which_log(folder))


def which_log(folder: str | Path | None) -> Callable[[], AttemptLog]:
    """Return what gives the log of a folder: by default the one that all in this kernel share."""
    if folder is None:
        return session_log
    log = AttemptLog(folder)
    return lambda: log


def _sum(tallies: Iterable[Tally]) -> dict[str, int]:
    listed = list(tallies)
    return {name: sum(getattr(tally, name) for tally in listed) for name in ("total", "met", "known", "due")}


def _notes(seen: Overview, reading: LogReading) -> Iterable[str]:
    """Yield what is unusual about the log, in words."""
    if reading.damaged or reading.other_versions:
        yield str(reading)
    if seen.gone:
        yield f"{_count(seen.gone, 'attempt')} at questions that this version does not have: kept, not counted."
    if seen.questions.from_future:
        future = _count(seen.questions.from_future, "attempt")
        yield f"{future} dated later than now, counted as made now: a clock was or is wrong."


def _count(number: int, noun: str) -> str:
    """Return a number with its noun.

    Examples
    --------
    >>> _count(1, "attempt"), _count(2, "attempt")
    ('1 attempt', '2 attempts')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
