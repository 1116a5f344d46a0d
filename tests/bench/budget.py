"""What may not get worse: a ratio to a peer by a quarter, a size past what is stated here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from tests.bench.figure import Figure

#: Bytes. Whoever raises one says why in the commit.
MOST = {
    "movement player, bytes of a kind": 60_000,
    "neuraxis, bytes of all levels": 60_000,
    "clue matrix, bytes of all causes": 120_000,
    "site: whole": 8_000_000,
    "site: first page": 400_000,
    "install: size of the environment": 400_000_000,
}
#: Bytes of any one explorer, with its script.
_EXPLORER = 200_000
#: Share of a ratio to a peer that may be lost before it counts as lost: machines differ, but not by as much.
LOSS = 0.25


def broken(now: Iterable[Figure], before: Iterable[Mapping[str, Any]]) -> list[str]:
    """Say in a sentence each what is worse than allowed.

    Parameters
    ----------
    now
        Figures just measured.
    before
        Those that stand in docs/benchmarks.json.

    Examples
    --------
    >>> old = {"what": "load", "ratio": 4.0}
    >>> broken([Figure("load", "", "", "", ratio=2.9)], [old])
    ['load: 2.9 times as good as the peer, and it was 4.0; more than 25 % is lost.']
    >>> broken([Figure("load", "", "", "", ratio=3.1)], [old])
    []
    >>> broken([Figure("site: whole", "", "", "", size=9e6)], [])
    ['site: whole: 9,000,000 bytes, and at most 8,000,000 are stated.']
    """
    ratios = {old["what"]: old["ratio"] for old in before if old.get("ratio")}
    found = []
    for figure in now:
        old = ratios.get(figure.what)
        most = _EXPLORER if figure.what.endswith(", all bytes") else MOST.get(figure.what)
        if figure.ratio and old and figure.ratio < old * (1 - LOSS):
            found.append(
                f"{figure.what}: {figure.ratio:.3g} times as good as the peer, and it was {old}; "
                f"more than {100 * LOSS:.0f} % is lost."
            )
        if figure.size and most and figure.size > most:
            found.append(f"{figure.what}: {figure.size:,.0f} bytes, and at most {most:,} are stated.")
    return found
