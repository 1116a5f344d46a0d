"""A day and a night of everyday jerks: what each is, how common, and until when it is harmless."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import traitlets

from .._told import BadValueError
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import hint
from ..knowledge.records import Cause, Epidemiology, Mimic, RedFlag, Sourced, Trigger, Urgency
from ._everyday import MOMENTS, Moment
from ._explorer import checked, html_table, provenance, source_cards
from ._modules import module, style
from ._playing import Playing, staged

if TYPE_CHECKING:
    from ..signals import Recording

_IDS = tuple(moment.id for moment in MOMENTS)


class DayAndNight(Playing):
    """The strip: one moment of it is chosen, and the figure plays it when asked."""

    _esm = module("day_and_night.js")
    _css = style("_figure.css", "movement_player.css", "_scene.css", "day_and_night.css")

    moment = traitlets.Unicode("hiccup").tag(sync=True)

    def __init__(self, kb: KnowledgeBase, **traits: Any) -> None:
        self._kb = kb
        self.recordings: dict[str, Recording] = {}
        movements: dict[str, dict[str, Any]] = {}
        for kind in dict.fromkeys(moment.kind for moment in MOMENTS if moment.kind):
            self.recordings[kind], movements[kind] = staged(kind, kb)
        super().__init__(data=_data(kb) | {"movements": movements}, **traits)

    def first_frame(self) -> str:
        """Return the moments, what each is and what makes it more urgent, as plain HTML."""
        rows = ((f"{card['hour']:02d}:00", card["name"], card["plain"], _limits(card)) for card in self.data["moments"])
        caption = "A day and a night of everyday jerks. The hours are for the picture only."
        return (
            "<p><strong>Day and night.</strong> With a kernel this is live: choose a moment, and a figure plays it. It "
            "starts paused and never flashes.</p>"
            + html_table(caption, ["Hour", "What", "In plain words", "What makes it more urgent"], rows, left=True)
        )

    def __repr__(self) -> str:
        return f"<DayAndNight: {self.moment}>"

    @traitlets.validate("moment")
    def _refuse_unknown_moment(self, proposal: Mapping[str, Any]) -> str:
        return checked(_require, str(proposal["value"]))


def day_and_night(moment: str = "hiccup", *, wording: str = "plain", kb: KnowledgeBase | None = None) -> DayAndNight:
    """Show a strip of a day and a night: tap a moment, and the figure plays what may happen then.

    Words say what it is, how common it is where a figure is good enough to print, and what makes it more urgent. A
    newborn's jerks are on the strip to be taken to a doctor, and are not drawn.

    Parameters
    ----------
    moment
        ``"waking"``, ``"coffee"``, ``"hiccup"``, ``"stress"``, ``"bang"``, ``"exercise"``, ``"worry"``,
        ``"falling_asleep"``, ``"asleep"`` or ``"baby"``.
    wording
        ``"plain"`` or ``"clinical"``.
    kb
        A knowledge base other than the package's own.

    Raises
    ------
    ValueError
        When there is no such moment; the nearest is named.
    traitlets.TraitError
        When the wording is not one of the two words above.

    Examples
    --------
    >>> strip = day_and_night("falling_asleep")
    >>> strip.playing, strip.recordings["sleep_start"].truth.kind
    (False, 'sleep_start')
    """
    return DayAndNight(kb or load(), moment=_require(moment), wording=wording)


def _require(moment: str) -> str:
    if moment not in _IDS:
        raise BadValueError(f"There is no moment {moment!r}.{hint(moment, _IDS)} Moments: {', '.join(_IDS)}.")
    return moment


def _data(kb: KnowledgeBase) -> dict[str, Any]:
    """Return what the module shows, as plain JSON."""
    rows = [row for moment in MOMENTS for row in _rows(kb, moment)]
    meanings = {word.id: {"plain": word.plain, "clinical": word.clinical} for word in kb.records("urgency", Urgency)}
    return {
        "moments": [_card(kb, moment) for moment in MOMENTS],
        "meanings": meanings,
        "sources": source_cards(kb, rows),
    }


def _rows(kb: KnowledgeBase, moment: Moment) -> list[Sourced]:
    """Return every row a moment shows, the one that names it first."""
    found = [kb.get(name) for name in (moment.row, moment.about, *moment.common, *moment.flags) if name]
    return [row for row in found if isinstance(row, Sourced)]


def _card(kb: KnowledgeBase, moment: Moment) -> dict[str, Any]:
    rows = _rows(kb, moment)
    named = next(row for row in rows if isinstance(row, (Cause, Trigger, Mimic)))
    about = next(row for row in reversed(rows) if isinstance(row, (Cause, Mimic)))
    return {
        "id": moment.id,
        "hour": moment.hour,
        "short": moment.short,
        "sign": moment.sign,
        "kind": moment.kind,
        "note": moment.note,
        "name": named.plain_name,
        "clinical_name": named.name,
        "plain": _plain(named),
        "clinical": _clinical(named),
        "about": None
        if about is named
        else {"name": about.plain_name, "clinical_name": about.name}
        | {"plain": _plain(about), "clinical": _clinical(about)},
        "is_trigger": isinstance(named, Trigger),
        "urgency": about.urgency,
        "raised": {"plain": raised(about.raise_if_plain), "clinical": raised(about.raise_if_clinical)},
        "common": [_share(row) for row in rows if isinstance(row, Epidemiology)],
        "flags": [_flag(row) for row in rows if isinstance(row, RedFlag)],
        "rests": [{"name": _name(row)} | provenance(row) for row in rows],
    }


def _plain(row: Cause | Trigger | Mimic) -> str:
    return row.discriminator_plain if isinstance(row, Mimic) else row.plain


def _clinical(row: Cause | Trigger | Mimic) -> str:
    return row.discriminator_clinical if isinstance(row, Mimic) else row.clinical


def _name(row: Sourced) -> str:
    """Return what a row is about, for the list of sources."""
    match row:
        case Cause() | Trigger() | Mimic():
            return row.plain_name
        case RedFlag():
            return f"Warning sign {row.id}"
        case _:
            return "How common"


def _share(row: Epidemiology) -> dict[str, Any]:
    """Return how common it is; a figure that is not good enough to print is not sent at all."""
    is_printable = row.printable == "yes"
    clinical = f"{row.clinical} {row.population.capitalize()}: {row.value}." if is_printable else row.plain
    return {"plain": row.plain, "clinical": clinical, "printable": is_printable, "caution": row.caution}


def _flag(row: RedFlag) -> dict[str, str]:
    names = ("id", "flag_plain", "flag_clinical", "action_plain", "action_clinical", "urgency")
    return {name: getattr(row, name) for name in names}


def raised(text: str) -> list[list[str]]:
    """Return what makes a row more urgent as pairs of a sign and one of the five words.

    Examples
    --------
    >>> raised("jerks when awake: soon; a seizure or new confusion: emergency")
    [['jerks when awake', 'soon'], ['a seizure or new confusion', 'emergency']]
    """
    return [
        [sign.strip(), word.strip()] for sign, _, word in (part.rpartition(":") for part in text.split(";")) if sign
    ]


def _limits(card: Mapping[str, Any]) -> str:
    return "; ".join(f"{sign}: {word}" for sign, word in card["raised"]["plain"]) or f"always {card['urgency']}"
