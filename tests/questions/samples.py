"""Clean items, one of each kind, as plain values to plant flaws in."""

from __future__ import annotations

import copy
import json
from typing import Any

import yaml

from myoteach import load
from myoteach.questions import Bank, Problem, lint_bank
from myoteach.questions._read import Reading, read_text

Fields = dict[str, Any]


def _common(item_id: str, kind: str, **more: Any) -> Fields:
    return {
        "id": item_id,
        "version": 1,
        "lesson": "06",
        "objective": "O06-2",
        "place": "practice",
        "kind": kind,
        "audience": "both",
        **more,
        "feature": "The company that a jerk keeps decides.",
        "sources": ["kojovic2011"],
        "covers": ["C001"],
        "status": "draft",
    }


def _option(option_id: str, text: str, why: str, *, key: bool = False) -> Fields:
    return {"id": option_id, "text": text, "why": why} | ({"key": True} if key else {})


SINGLE = _common(
    "Q06-001",
    "single",
    stem="New jerks began after a tablet from the surgery. Whom should the person call today?",
    options=[
        _option("a", "A friend with similar trouble", "A friend cannot judge the medicine."),
        _option("b", "The prescriber or pharmacist", "Right: they can change it safely.", key=True),
        _option("c", "The maker of phone adverts", "An advert knows nothing of you."),
        _option("d", "The neighbour next door", "A neighbour cannot judge the medicine."),
    ],
)
MULTIPLE = _common(
    "Q06-002",
    "multiple",
    stem="Which signs call for help today? Choose two.",
    keys=2,
    options=[
        _option("a", "New confusion", "Right: the brain itself is upset.", key=True),
        _option("b", "High fever", "Right: an infection may be behind it.", key=True),
        _option("c", "One hiccup", "Hiccups are normal in health."),
        _option("d", "Sleep start", "A sleep start is normal in health."),
    ],
)
MATCHING = _common(
    "Q06-003",
    "matching",
    stem="Match each sight to its name.",
    stems=[
        {"id": "s1", "text": "A jolt on falling asleep", "answer": "a", "why": "It comes at sleep onset alone."},
        {
            "id": "s2",
            "text": "Hands that flap when held out",
            "answer": "b",
            "why": "The muscles drop out for a moment.",
        },
    ],
    options=[
        {"id": "a", "text": "Sleep start"},
        {"id": "b", "text": "Asterixis"},
        {"id": "c", "text": "Tremor"},
    ],
)
NUMERIC = _common(
    "Q06-004",
    "numeric",
    stem="Up to which length of a burst is a cortical origin likelier?",
    answer=50,
    tolerance=5,
    unit="ms",
    why_right="Right: cortical bursts are short.",
    why_wrong="Cortical bursts are shorter than many expect.",
)
ORDERING = _common(
    "Q06-005",
    "ordering",
    stem="Put the steps in order.",
    options=[
        _option("a", "Confirm the movement", "Everything else depends on it."),
        _option("b", "Look for treatable causes", "They come before genes."),
        _option("c", "Read the genes", "Sequencing closes the search."),
    ],
)
CASE = {
    **_common("Q06-006", "case"),
    "stages": [
        {
            "tells": "A man of seventy has jerks since Tuesday.",
            "item": {
                "id": "Q06-006a",
                "kind": "single",
                **{name: SINGLE[name] for name in ("options", "feature", "sources")},
                "stem": "Whom does he call first about his new tablet?",
            },
        },
        {
            "tells": "He is now confused.",
            "item": {
                "id": "Q06-006b",
                "kind": "multiple",
                **{name: MULTIPLE[name] for name in ("options", "keys", "feature", "sources")},
                "stem": "Which of these would hurry you? Choose two.",
            },
        },
    ],
}
for _name in ("feature", "sources"):
    del CASE[_name]
CASE["sources"] = ["kojovic2011"]
CLEAN = (SINGLE, MULTIPLE, MATCHING, NUMERIC, ORDERING, CASE)


def changed(base: Fields, **fields: Any) -> Fields:
    """A copy with some fields changed; None removes one."""
    new = copy.deepcopy(base) | fields
    return {name: value for name, value in new.items() if value is not None}


def with_option(base: Fields, option_id: str, **fields: Any) -> Fields:
    """A copy with some fields of one option changed; None removes one."""
    options = [changed(option, **fields) if option["id"] == option_id else option for option in base["options"]]
    return changed(base, options=options)


def dump(*items: Fields) -> str:
    """YAML of items, written out without aliases."""
    return yaml.safe_dump(json.loads(json.dumps(items)), sort_keys=False, allow_unicode=True)


def read(*items: Fields) -> Reading:
    return read_text(dump(*items), load(), "lesson-06.yaml")


def problems(*items: Fields) -> tuple[Problem, ...]:
    reading = read(*items)
    return (*reading.problems, *lint_bank(reading.bank))


def bank(*items: Fields) -> Bank:
    reading = read(*(items or CLEAN))
    assert not reading.problems, reading.problems
    return reading.bank
