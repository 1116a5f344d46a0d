"""Run every lint over the bank, weigh the waivers, and say where each flaw stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from .._content import content_folder
from ..knowledge import KnowledgeBase, load
from ..knowledge._problems import nearest
from . import _lint_errors, _lint_warnings
from ._coverage import gaps
from ._lint_bank import notebook_leaks
from ._problems import Problem
from ._read import own_questions, read_folder
from ._registry import BANK_LINTS, LINTS, Flaw
from .items import Bank, Case, Item, questions_of

#: Importing these registers their lints.
_RULES = (_lint_errors, _lint_warnings)


def check_bank(folder: str | Path | None = None, kb: KnowledgeBase | None = None) -> tuple[Problem, ...]:
    """Return everything that is wrong with the questions: form, errors, and warnings nobody has answered.

    Parameters
    ----------
    folder
        A folder with YAML files of questions; by default the package's own, whose notebooks are searched for
        explanations, and which has to ask about all that `gaps` names.
    kb
        The tables that sources and covered rows are looked up in; by default the package's own.

    Examples
    --------
    >>> from myoteach._content import content_folder
    >>> [problem.code for problem in check_bank(content_folder("notebooks"))]  # a folder without questions
    []
    """
    reading = read_folder(Path(folder) if folder is not None else own_questions(), kb or load())
    problems = [*reading.problems, *lint_bank(reading.bank)]
    if folder is None and reading.items:
        problems += gaps(reading.bank, kb or load())
        expected = "an output without an item's explanation, or the answer could be read before it is given"
        problems += [
            Problem(file=name, item=item_id, value=text, expected=expected, code="notebook-leak")
            for name, item_id, text in notebook_leaks(content_folder("notebooks"), reading.bank)
        ]
    return tuple(problems)


def lint_bank(bank: Bank) -> tuple[Problem, ...]:
    """Return what the lints find in a bank, item by item and as a whole.

    Parameters
    ----------
    bank
        The questions to look at, all together.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> lint_bank(Bank(draft_items(load(), 20)))
    ()
    """
    problems = [problem for item in bank.items for part in _parts(item) for problem in lint_item(part, bank)]
    for rule in BANK_LINTS.values():
        problems += [_place(bank, item_id, flaw, rule.code, "E") for item_id, flaw in rule.check(bank)]
    return tuple(problems)


def _parts(item: Item) -> Iterator[Item]:
    if isinstance(item, Case):
        yield item
    yield from questions_of(item)


def lint_item(item: Item, bank: Bank | None = None) -> Iterator[Problem]:
    """Yield what the lints find in one item, and what is wrong with its waivers.

    Parameters
    ----------
    item
        Any kind; the stages of a case are checked by themselves.
    bank
        Where the item comes from, for file and line.

    Examples
    --------
    >>> from myoteach import load
    >>> from myoteach.questions import draft_items
    >>> list(lint_item(draft_items(load(), 1)[0]))
    []
    """
    bank = bank or Bank((item,))
    fired: set[str] = set()
    for rule in LINTS.values():
        if not isinstance(item, rule.kinds) or isinstance(item, Case):
            continue
        for flaw in rule.check(item):
            fired.add(rule.code)
            if rule.level == "E" or rule.code not in item.waive:
                yield _place(bank, item.id, flaw, rule.code, rule.level)
    for flaw in _waiver_flaws(item, fired):
        yield _place(bank, item.id, flaw, "waiver", "E")


def _waiver_flaws(item: Item, fired: set[str]) -> Iterator[Flaw]:
    waivable = [rule.code for rule in LINTS.values() if rule.level == "W"]
    for code, reason in item.waive.items():
        where = f"waive.{code}"
        if code not in waivable:
            yield Flaw(where, code, f"the code of a warning, such as {nearest(code, waivable) or waivable[0]}")
        elif code not in fired:
            yield Flaw(where, code, "no waiver, because the item has nothing to waive")
        elif len(reason.split()) < 4:
            yield Flaw(where, reason, "a reason of at least four words")


def _place(bank: Bank, item_id: str, flaw: Flaw, code: str, level: str) -> Problem:
    file, line = _find(bank, item_id, flaw.field)
    return Problem(file=file, line=line, item=item_id, code=code, level=level, **flaw._asdict())


def _find(bank: Bank, item_id: str, field: str) -> tuple[str, int | None]:
    """Return file and line of a field, or of what is around it."""
    names = field.split(".")
    for length in range(len(names), -1, -1):
        found = bank.lines.get((item_id, ".".join(names[:length])))
        if found:
            return found
    return "questions", None


def describe_bank(bank: Bank) -> str:
    """Return in a line or two what the bank holds.

    Parameters
    ----------
    bank
        The questions to count.

    Examples
    --------
    >>> print(describe_bank(Bank()))
    questions: none yet
    """
    if not bank.items:
        return "questions: none yet"
    kinds = Counter(item.kind for item in bank.questions)
    cases = sum(isinstance(item, Case) for item in bank.items)
    drafts = sum(item.is_draft for item in bank.questions)
    waived = sum(len(item.waive) for item in bank.by_id.values())
    counted = ", ".join(f"{count} {kind}" for kind, count in sorted(kinds.items()))
    return "\n".join(
        [
            f"questions: {len(bank.questions)} in {len({item.lesson for item in bank.items})} lessons ({counted}); "
            f"staged cases: {cases}",
            f"questions awaiting a clinician's review: {drafts}; warnings answered with a reason: {waived}",
        ]
    )
