"""The six steps of the laboratory: what each shows, asks, and says when it is marked."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import ipywidgets

from ..figures import Plate, back_average_figure, burst_histogram, recording_figure, recruitment_figure
from ..signals import rule_of_45_ms
from . import _lab_case as cases
from . import _lab_report as reports
from ._lab_parts import Picture, bar, button, chooser, link, number, paragraph, table, words

if TYPE_CHECKING:
    from .burst_lab import BurstLab

_NOT_YET = ("choose", "")
_SOURCE_OF_RULE = (
    "The 45 ms rule was read on a teaching site that quotes the paper; the paper itself was not found, and no test of "
    "the rule elsewhere either (R1)."
)


class Step:
    """One step: its parts once, and `draw`, which makes them show the laboratory's state."""

    title = ""
    task = ""

    def __init__(self, lab: BurstLab) -> None:
        self.lab = lab
        self.picture = Picture(lab.companion)
        self.marks = words("lab-marks")
        self.details = words("lab-table")
        self._task = words()
        self._task.value = paragraph(self.task)
        self.box = ipywidgets.VBox([self._task, *self.parts()])
        self.box.add_class("lab-step")

    def parts(self) -> Sequence[Any]:
        """Return what stands under the task."""
        raise NotImplementedError

    def draw(self) -> None:
        """Show the state."""
        raise NotImplementedError

    @property
    def seen(self) -> Plate | None:
        """The picture on show before anything is marked."""
        return self.picture.plate

    def _mark_button(self, label: str, trait: str) -> Any:
        made = button(label, lambda: setattr(self.lab, trait, True))
        made.add_class("lab-mark-button")
        return made

    def _say(self, *sentences: str, details: str = "") -> None:
        """Show marks in words above the picture, and what they consist of below it."""
        text = "".join(map(paragraph, sentences))
        self.marks.value = f"<div>{text}</div>" if text else ""
        self.details.value = details


class Threshold(Step):
    """Look at the raw traces and choose what counts as a burst."""

    title = "Threshold"
    task = (
        "Look at the raw traces. A burst counts when its largest swing reaches your threshold in microvolt (µV). "
        "Neighbouring muscles may leak in: set the threshold so that true bursts stay and leaks go."
    )

    def parts(self) -> Sequence[Any]:
        threshold = number("Threshold (µV)", 0, 400, 10)
        start = number("View from (s)", 0, int(cases.SECONDS) - 1)
        length = chooser("View lasts", [("1 s", 1.0), ("2 s", 2.0), ("5 s", 5.0), ("10 s", 10.0), ("60 s", 60.0)])
        link(self.lab, "threshold", threshold)
        link(self.lab, "view_start", start)
        link(self.lab, "view_seconds", length)
        press = self._mark_button("Mark my threshold", "threshold_marked")
        return (bar(threshold, start, length, press), self.marks, self.picture.frame, self.details, self.picture.words)

    def draw(self) -> None:
        lab, case = self.lab, self.lab.case
        stop = min(lab.view_start + lab.view_seconds, cases.SECONDS)
        kept = case.kept(lab.threshold)
        names = [channel.name for channel in case.recording.channels]
        self.picture.show(recording_figure(case.recording, names, lab.view_start, stop, found=kept))
        if not lab.threshold_marked:
            self._say()
            return
        marks, rows = cases.mark_threshold(case, lab.threshold)
        columns = ("Muscle", "True bursts", "Found", "Missed", "False alarms")
        head = f"At {lab.threshold} µV: {marks} {cases.threshold_words(marks)}"
        self._say(head, details=table("Marks by muscle", columns, rows))


class Caliper(Step):
    """Place onset and offset by hand."""

    title = "Caliper"
    task = (
        "Place the begin and the end of four bursts by hand, in milliseconds from the left edge of the view. Type, or "
        "use the arrow keys. All four are marked against what was simulated."
    )

    def parts(self) -> Sequence[Any]:
        self._which = chooser("Burst", [(f"{n + 1} of {cases.BY_HAND}", n) for n in range(cases.BY_HAND)])
        longest = round(1e3 * self.lab.case.stretch)
        self._onset = number("Onset (ms)", 0, longest)
        self._offset = number("Offset (ms)", 0, longest)
        link(self.lab, "burst", self._which)
        self._busy = False
        self._onset.observe(lambda change: self._put("onsets", change["new"]), "value")
        self._offset.observe(lambda change: self._put("offsets", change["new"]), "value")
        press = self._mark_button("Mark my four bursts", "edges_marked")
        controls = bar(self._which, self._onset, self._offset, press)
        return (controls, self.marks, self.picture.frame, self.details, self.picture.words)

    def _put(self, trait: str, value: int) -> None:
        if not self._busy:
            edges = list(getattr(self.lab, trait))
            edges[self.lab.burst] = value
            setattr(self.lab, trait, edges)

    def draw(self) -> None:
        lab, case = self.lab, self.lab.case
        here = lab.burst
        self._busy = True
        self._onset.value, self._offset.value = lab.onsets[here], lab.offsets[here]
        self._busy = False
        start = case.views[here]
        lines = {"onset": start + lab.onsets[here] / 1e3, "offset": start + lab.offsets[here] / 1e3}
        self.picture.show(recording_figure(case.recording, [case.muscle], start, start + case.stretch, lines=lines))
        if not lab.edges_marked:
            self._say()
            return
        marks, said = cases.mark_edges(case, lab.onsets, lab.offsets)
        rows = [
            (str(n + 1), f"{lab.onsets[n]} to {lab.offsets[n]} ms", f"{lab.offsets[n] - lab.onsets[n]} ms", text)
            for n, text in enumerate(said)
        ]
        columns = ("Burst", "Your edges", "Your length", "Against the truth")
        near = "At a limit of 45 ms, ten milliseconds at each edge decide the answer."
        self._say(f"{marks} {near}", details=table("Your bursts", columns, rows))


class Cut(Step):
    """Choose a cut before the labels are shown."""

    title = "Cut"
    task = (
        "Here are the mean burst lengths of 40 other simulated patients. Some have cortical jerks, some do not; the "
        "labels are hidden. Move the cut to where you would part the two, then commit to it."
    )

    def parts(self) -> Sequence[Any]:
        cut = number("Cut (ms)", 10, 150)
        link(self.lab, "cut", cut)
        commit = button("Commit and show labels", self._commit)
        commit.add_class("lab-mark-button")
        return (bar(cut, commit), self.marks, self.picture.frame, self.details, self.picture.words)

    def _commit(self) -> None:
        if not self.lab.committed:  # the first choice is the one that was made without labels
            self.lab.committed = self.lab.cut

    def draw(self) -> None:
        lab, case, group = self.lab, self.lab.case, cases.group_of_forty()
        durations = case.kept(lab.threshold)[case.muscle].duration
        mine = 1e3 * float(durations.mean()) if durations.size else None
        labels = group.labels if lab.committed else None
        what = "simulated patients"
        plate = burst_histogram(group.means, lab.cut, labels=labels, what=what, mark_ms=mine if lab.committed else None)
        self.picture.show(plate)
        if not lab.committed:
            self._say()
            return
        verdict = rule_of_45_ms(durations)
        here = verdict.problem or (
            f"This recording, {case.muscle}: mean {verdict.mean_ms} ms over {durations.size} bursts, "
            f"{verdict.verdict} by the rule{'' if verdict.certain else ', but its interval reaches across 45 ms'}."
        )
        moved = f" You have moved the line to {lab.cut} ms since; what counts is {lab.committed} ms."
        first = cases.cut_words(group, lab.committed) + (moved if lab.cut != lab.committed else "")
        warnings = "".join(f"<li>{html.escape(text)}</li>" for text in verdict.caveats)
        self._say(first, here, details=f"{paragraph(_SOURCE_OF_RULE)}<ul>{warnings}</ul>")


class Average(Step):
    """Average the EEG around the jerks."""

    title = "Average"
    task = (
        "Average the EEG around the onset of the jerks. Begin with 10 jerks, then take more; watch the band of chance "
        "shrink. Look 0.2 s back for a spike, 2.5 s back for a slow wave. Say what comes before the jerk."
    )

    def parts(self) -> Sequence[Any]:
        jerks = chooser("Jerks", [("10", 10), ("25", 25), ("50", 50), ("100", 100), ("all there are", 10_000)])
        back = chooser("Look back", [("0.2 s", False), ("2.5 s", True)])
        answer = chooser(
            "Before the jerk there is",
            [
                _NOT_YET,
                ("a spike, within 0.1 s", cases.SPIKE),
                ("a slow wave, within 2 s", cases.SLOW),
                ("nothing beyond chance", cases.NOTHING),
                ("cannot be answered: too few jerks", cases.TOO_FEW),
            ],
        )
        for trait, control in (("jerks", jerks), ("slow", back), ("eeg_answer", answer)):
            link(self.lab, trait, control)
        press = self._mark_button("Mark my reading", "eeg_marked")
        return (bar(jerks, back, answer, press), self.marks, self.picture.frame, self.picture.words)

    def draw(self) -> None:
        lab = self.lab
        result = cases.average(lab.case, lab.threshold, lab.jerks, slow=lab.slow)
        self.picture.show(back_average_figure(result))
        if not lab.eeg_marked:
            self._say()
        elif not lab.eeg_answer:
            self._say("Choose an answer first.")
        else:
            self._say(cases.eeg_words(lab.case, lab.eeg_answer, result.events))


class Order(Step):
    """Judge the order of recruitment by eye, then see it measured."""

    title = "Order"
    task = (
        "Here is one jerk in all muscles, then the next. Which muscle begins, how does the jerk travel? Judge by eye; "
        "the measured order over all jerks is shown when you are marked."
    )

    def parts(self) -> Sequence[Any]:
        names = self.lab.case.recording.of_kind("emg")
        jerk = number("Jerk", 1, 20)
        first = chooser("Begins in", [_NOT_YET, *((name, name) for name in names), ("it changes", "changes")])
        way = chooser(
            "Travels",
            [
                _NOT_YET,
                ("from the top down", cases.DOWN),
                ("up and down from the first muscle", cases.BOTH),
                ("in no fixed order", cases.NO_ORDER),
                ("cannot be answered from this recording", cases.UNKNOWN_ORDER),
            ],
        )
        for trait, control in (("jerk", jerk), ("first_muscle", first), ("direction", way)):
            link(self.lab, trait, control)
        press = self._mark_button("Mark my order", "order_marked")
        self._raw = Picture(self.lab.companion)
        measured = (self.picture.frame, self.picture.words)
        return (bar(jerk, first, way, press), self.marks, *measured, self._raw.frame, self._raw.words)

    @property
    def seen(self) -> Plate | None:
        """The traces of one jerk: the measured order comes with the marks."""
        return self._raw.plate

    def draw(self) -> None:
        lab, case = self.lab, self.lab.case
        jerks = [at for at in case.recording.truth.jerks if 0.2 < at < cases.SECONDS - 0.5]
        at = jerks[min(lab.jerk, len(jerks)) - 1]
        view = (round(at - 0.02, 3), round(at + 0.14, 3))
        self._raw.show(
            recording_figure(case.recording, case.recording.of_kind("emg"), *view, found=case.kept(lab.threshold))
        )
        answered = bool(lab.first_muscle and lab.direction)
        measured = lab.order_marked and answered
        for part in (self.picture.frame, self.picture.words):
            part.layout.display = None if measured else "none"
        if measured:
            self.picture.show(recruitment_figure(cases.measured_order(case)))
            self._say(cases.order_words(case, lab.first_muscle, lab.direction))
        else:
            self._say(*["Choose both answers first."] * lab.order_marked)


class Report(Step):
    """Write five lines and compare them with a model."""

    title = "Report"
    task = (
        "Write five lines, in your own words and with units. Where the recording gives no answer, say so: "
        "that is a valid line. Then compare. The page looks for words and numbers only; you judge the sense."
    )

    def parts(self) -> Sequence[Any]:
        self._busy = False
        self._lines, self._skips = [], []
        rows: list[Any] = []
        for place, name in enumerate(reports.LINES):
            line = ipywidgets.Textarea(description=f"{place + 1}. {name}", rows=2, style={"description_width": "auto"})
            line.continuous_update = False
            skip = ipywidgets.Checkbox(description=f"Line {place + 1}: {reports.UNANSWERED}", indent=False)
            line.observe(lambda change, at=place: self._put("lines", at, change["new"]), "value")
            skip.observe(lambda change, at=place: self._put("unanswered", at, change["new"]), "value")
            self._lines.append(line)
            self._skips.append(skip)
            rows += [line, skip]
        self._file = words()
        press = self._mark_button("Compare with the model report", "compared")
        return (*rows, bar(press, self._file), self.marks, self.details)

    def _put(self, trait: str, place: int, value: Any) -> None:
        if not self._busy:
            values = list(getattr(self.lab, trait))
            values[place] = value
            setattr(self.lab, trait, values)

    def draw(self) -> None:
        lab, case = self.lab, self.lab.case
        self._busy = True
        for place in range(len(reports.LINES)):
            self._lines[place].value, self._skips[place].value = lab.lines[place], lab.unanswered[place]
        self._busy = False
        text = reports.as_text(case, lab.lines, lab.unanswered)
        self._file.value = (
            f'<a download="report-{case.seed}.txt" href="data:text/plain;charset=utf-8,{quote(text)}" '
            'data-lm-suppress-shortcuts="true">Download my report as text</a>'
        )
        if not lab.compared:
            self._say()
            return
        model = reports.model_report(case)
        rows = [
            (name, reports.UNANSWERED if skipped else line or "-", each.text, reports.compare(each, line, skipped))
            for name, line, skipped, each in zip(reports.LINES, lab.lines, lab.unanswered, model, strict=True)
        ]
        columns = ("Line", "Yours", "Model, from the measurements", "How they agree")
        tail = "A model of a simulated recording; nobody was diagnosed."
        self._say(f"{reports.truth_words(case)} {tail}", details=table("Line by line", columns, rows))


STEPS: tuple[type[Step], ...] = (Threshold, Caliper, Cut, Average, Order, Report)
