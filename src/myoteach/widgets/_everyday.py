"""The moments of the strip of a day and a night: which rows of the tables each shows, and what the figure plays.

What is said stands in the rows. Here is what a film director would decide: the hour, the order, the figure. The hours
are for the picture only; a hiccup keeps none.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of the strip.

    Parameters
    ----------
    id, hour, short, sign
        Its name in calls; when it stands on the strip; what is written and drawn there (``day_and_night.js`` draws).
    row
        The row that names it: a cause, a trigger or a mimic.
    about
        The row that says what is seen and what makes it more urgent, where `row` does not.
    kind
        What the figure plays; empty where nothing is drawn.
    note
        What must be said of the figure, or why there is none.
    common
        Rows of ``epidemiology.csv`` on how common it is.
    flags
        Rows of ``red_flags.csv`` that stand beside it.
    """

    id: str
    hour: int
    short: str
    sign: str
    row: str
    kind: str = ""
    about: str = ""
    note: str = ""
    common: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


MOMENTS = (
    Moment(
        "waking",
        7,
        "On waking",
        "sun",
        "C011",
        "cortical_subcortical",
        about="C015",
        note="The figure plays the jerks of an epilepsy that begins in the teens. Tiredness alone does not make them.",
        flags=("RF30", "RF37"),
    ),
    Moment(
        "coffee",
        10,
        "Coffee",
        "cup",
        "C008",
        "myokymia",
        about="MIM07",
        note="The figure plays a flickering lower eyelid.",
        flags=("RF08",),
    ),
    Moment("hiccup", 13, "Hiccups", "plate", "C001", "hiccup", flags=("RF20", "RF34")),
    Moment(
        "stress",
        15,
        "Stress",
        "clock",
        "C009",
        "tic",
        about="MIM02",
        note="The figure plays a tic, a movement that was there before.",
        flags=("RF10",),
    ),
    Moment(
        "bang",
        17,
        "A bang",
        "bang",
        "MIM08",
        "startle",
        note="The figure plays a startle that is too strong (hyperekplexia), because the tables hold numbers for it. A "
        "normal one gets weaker when the bang repeats; this one does not.",
        flags=("RF16",),
    ),
    Moment(
        "exercise",
        19,
        "Exercise",
        "shoe",
        "C007",
        "fasciculation",
        about="MIM01",
        note="The figure plays single flickers of a calf. The foot does not move.",
        common=("EP18",),
        flags=("RF19", "RF23"),
    ),
    Moment(
        "worry",
        21,
        "Worry",
        "cloud",
        "C010",
        "fasciculation",
        about="MIM01",
        note="The figure plays single flickers of a calf, as after exercise: the worry is not what is seen.",
        common=("EP18",),
        flags=("RF19", "RF23"),
    ),
    Moment("falling_asleep", 23, "Falling asleep", "moon", "C002", "sleep_start", common=("EP19",), flags=("RF30",)),
    Moment(
        "asleep", 2, "Asleep", "bed", "C006", note="Not drawn: the tables hold no numbers from which to simulate it."
    ),
    Moment(
        "baby",
        4,
        "A baby asleep",
        "cot",
        "C004",
        note="Not drawn, so that nobody holds a baby against a picture. A doctor looks at the baby.",
        flags=("RF31", "RF17", "RF18"),
    ),
)
