"""Count what the tables hold and how well it is supported."""

from __future__ import annotations

from dataclasses import dataclass

from .._content import content_folder
from ._schema import Table, read_schema
from .base import KnowledgeBase
from .records import Claim, Finding, Record, Sourced, Trigger


@dataclass(frozen=True, slots=True)
class TableCount:
    """How many rows of one table are supported, wait for a source, or wait for a clinician."""

    table: str
    rows: int
    sourced: int
    direct: int
    awaiting_source: int
    awaiting_review: int


def count_tables(kb: KnowledgeBase) -> tuple[TableCount, ...]:
    """Count every table.

    Parameters
    ----------
    kb
        The tables to count.

    Examples
    --------
    >>> from myoteach import load
    >>> {count.table: count.rows for count in count_tables(load())}["claims"]
    65
    """
    return tuple(_count(kb, name) for name in kb.tables)


def _count(kb: KnowledgeBase, name: str) -> TableCount:
    rows = kb.table(name)
    sourced = [row for row in rows if isinstance(row, Sourced)]
    supported = [row for row in sourced if kb.is_supported(row)]
    return TableCount(
        table=name,
        rows=len(rows),
        sourced=len(sourced),
        direct=sum(row.support == "direct" for row in supported),
        awaiting_source=len(sourced) - len(supported),
        awaiting_review=sum(not row.reviewed_by for row in sourced),
    )


def describe(kb: KnowledgeBase) -> str:
    """Return the counts as a table in plain text, ending in the promises the project makes about its content.

    Parameters
    ----------
    kb
        The tables to count.

    Examples
    --------
    >>> from myoteach import load
    >>> describe(load()).splitlines()[0].split()
    ['table', 'rows', 'direct', 'needs', 'source', 'awaits', 'review']
    """
    lines = [f"{'table':16}{'rows':>6}{'direct':>9}{'needs source':>14}{'awaits review':>15}"]
    for count in count_tables(kb):
        if count.sourced:
            share = f"{100 * count.direct / count.sourced:.0f} %"
            lines.append(
                f"{count.table:16}{count.rows:>6}{share:>9}{count.awaiting_source:>14}{count.awaiting_review:>15}"
            )
        else:
            lines.append(f"{count.table:16}{count.rows:>6}{'-':>9}{'-':>14}{'-':>15}")
    return "\n".join([*lines, "", *_promises(kb)])


def describe_changes(before: KnowledgeBase, after: KnowledgeBase) -> str:
    """Say which rows a folder of one's own added or changed, so that an override is never silent.

    Parameters
    ----------
    before, after
        The package's tables, and the same with a folder laid over them.

    Examples
    --------
    >>> from myoteach import load
    >>> describe_changes(load(), load())
    'The folder adds and changes nothing.'
    """
    parts = []
    for name, table in read_schema(content_folder("data")).items():
        known, now = ({_key(table, row): row for row in kb.tables[name]} for kb in (before, after))
        added = [key for key in now if key not in known]
        changed = [key for key, row in now.items() if known.get(key, row) != row]
        parts += [f"{name}: added {', '.join(added)}."] if added else []
        parts += [f"{name}: changed {', '.join(changed)}."] if changed else []
    return "\n".join(parts) or "The folder adds and changes nothing."


def _key(table: Table, row: Record) -> str:
    return " ".join(str(getattr(row, name)) for name in table.key)


def _promises(kb: KnowledgeBase) -> list[str]:
    counts = count_tables(kb)
    sourced = sum(count.sourced for count in counts)
    direct = sum(count.direct for count in counts)
    findings = kb.records("review_findings", Finding)
    settled = sum(finding.outcome != "open" for finding in findings)
    named = [row for row in kb.all_causes if row.in_seed == "yes"]
    triggers = [row for row in kb.records("triggers", Trigger) if row.in_seed == "yes"]
    decided = len(kb.cells)
    incomplete = sum(source.status == "incomplete" for source in kb.sources.values())
    return [
        f"rows with direct support: {direct} of {sourced} ({100 * direct / sourced:.0f} %)",
        f"rows awaiting a source: {sum(count.awaiting_source for count in counts)}",
        f"rows awaiting a clinician's review: {sum(count.awaiting_review for count in counts)}",
        f"sources: {len(kb.sources)}, of which {incomplete} without DOI, PMID or an authority's own page",
        f"claims of the article judged: {len(kb.records('claims', Claim))} of 65",
        f"causes: {len(kb.all_causes)}; the article names {len(named)} of them and {len(triggers)} of the triggers",
        f"cause-by-clue cells decided: {decided} of {len(kb.all_causes) * len(kb.clues)}; the rest are unknown",
        f"review findings settled: {settled} of {len(findings)}",
    ]
