"""The knowledge base: every record, found by id, by text, or by what a patient has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar, cast

from .._told import UnknownNameError
from ._problems import hint
from ._rank import Match, rank
from ._search import Hit, search
from .records import RECORD_TYPES, Cause, CauseClue, Clue, Record, RedFlag, Source, Sourced

if TYPE_CHECKING:
    import pandas

_R = TypeVar("_R", bound=Record)


class KnowledgeBase:
    """All tables, immutable.

    Parameters
    ----------
    tables
        Table name to its records.

    Examples
    --------
    >>> from myoteach import load
    >>> kb = load()
    >>> kb.get("RF01").urgency
    'emergency'
    """

    def __init__(self, tables: Mapping[str, tuple[Record, ...]]) -> None:
        self.tables: Mapping[str, tuple[Record, ...]] = MappingProxyType(dict(tables))

    def table(self, name: str) -> tuple[Record, ...]:
        """Return the records of one table, in file order.

        Parameters
        ----------
        name
            Of a table, for example ``"causes"``.

        Raises
        ------
        KeyError
            When there is no such table; the message names the nearest one.

        Examples
        --------
        >>> from myoteach import load
        >>> len(load().table("urgency"))
        5
        """
        if name not in self.tables:
            raise UnknownNameError(_unknown("table", name, self.tables))
        return self.tables[name]

    def require_column(self, table: str, column: str) -> None:
        """Refuse a column that a table does not have.

        Parameters
        ----------
        table, column
            Names, for example ``"causes"`` and ``"urgency"``.

        Raises
        ------
        KeyError
            The message names the nearest column.

        Examples
        --------
        >>> from myoteach import load
        >>> load().require_column("causes", "urgency")
        """
        columns = [field.name for field in fields(RECORD_TYPES[table])]
        if column not in columns:
            raise UnknownNameError(_unknown(f"column of the table {table}", column, columns))

    def records(self, name: str, kind: type[_R]) -> tuple[_R, ...]:
        """Return the records of one table as the type they are, for typed code.

        Parameters
        ----------
        name
            A table, for example ``"causes"``.
        kind
            The class of its rows.
        """
        rows = self.table(name)
        assert all(isinstance(row, kind) for row in rows), f"the table {name} does not hold {kind.__name__}"
        return cast("tuple[_R, ...]", rows)

    def get(self, row_id: str, table: str | None = None) -> Record:
        """Return the record with this id.

        Parameters
        ----------
        row_id
            For example ``"C051"``, ``"RF03"`` or a source's id.
        table
            Needed only where two tables use the same id.

        Raises
        ------
        KeyError
            When no record, or more than one, has the id.

        Examples
        --------
        >>> from myoteach import load
        >>> load().get("S15").verdict
        'wrong'
        """
        found = {name: rows[row_id] for name, rows in self._by_id.items() if row_id in rows and table in (None, name)}
        if len(found) == 1:
            return next(iter(found.values()))
        if found:
            raise UnknownNameError(
                f"{row_id!r} is an id of the tables {', '.join(found)}; name one: get({row_id!r}, table=...)."
            )
        ids = [known for name, rows in self._by_id.items() if table in (None, name) for known in rows]
        raise UnknownNameError(_unknown("id", row_id, ids))

    def sources_of(self, row: Record) -> tuple[Source, ...]:
        """Return the sources a row rests on, empty when it has none.

        Parameters
        ----------
        row
            A record of any table.

        Examples
        --------
        >>> from myoteach import load
        >>> kb = load()
        >>> all(source.title for source in kb.sources_of(kb.get("C066")))
        True
        """
        if not isinstance(row, Sourced):
            return ()
        return tuple(self.sources[name] for name in row.source_ids)

    def is_supported(self, row: Record) -> bool:
        """Whether a row rests on at least one source that can be identified.

        Parameters
        ----------
        row
            A record of any table.

        Examples
        --------
        >>> from myoteach import load
        >>> kb = load()
        >>> kb.is_supported(kb.table("ep_defaults")[0])
        False
        """
        return any(source.status == "complete" for source in self.sources_of(row))

    def search(self, text: str) -> tuple[Hit, ...]:
        """Return the rows that contain every word of `text`, best first.

        Parameters
        ----------
        text
            One or more words, in any order.

        Examples
        --------
        >>> from myoteach import load
        >>> load().search("hiccup")[0].id
        'C001'
        """
        return search(self.tables, text)

    def causes(
        self,
        clues: Mapping[str, str | bool] | None = None,
        *,
        audience: str | None = None,
        group: str | None = None,
    ) -> tuple[Match, ...]:
        """Rank the causes by how they fit what is known, with the reasons in words. Not a probability.

        Parameters
        ----------
        clues
            Clue id to ``"yes"``, ``"no"`` or ``"not sure"`` (True and False are accepted). What is left out is not
            sure. A "no" lowers a rank and removes nothing.
        audience
            ``"public"`` leaves out the causes meant for clinicians only.
        group
            Id of a group, to see that group alone.

        Returns
        -------
        tuple of Match
            Best match first; between equals the more urgent first. A cause whose urgency is emergency and that fits
            at least one clue is kept whatever the audience and group.

        Raises
        ------
        KeyError
            When a clue or group does not exist.
        ValueError
            When an answer or audience is not one of the words above.

        Examples
        --------
        >>> from myoteach import load
        >>> best = load().causes(clues={"CL06": "yes", "CL25": "yes"})[0]
        >>> best.cause.name
        'Kidney failure (uraemia)'
        """
        return rank(self, clues or {}, audience, group)

    def frame(self, table: str) -> pandas.DataFrame:
        """Return one table as a pandas frame; pandas is loaded only now.

        Parameters
        ----------
        table
            Its name, for example ``"causes"``.

        Examples
        --------
        >>> from myoteach import load
        >>> load().frame("urgency")["id"].tolist()
        ['emergency', 'urgent', 'soon', 'routine', 'none']
        """
        try:
            import pandas as pd  # noqa: PLC0415  # heavy, and most learners never ask for a frame
        except ImportError as error:
            raise ImportError(
                "frame() needs pandas, which is not installed: pip install 'myoteach[figures]'"
            ) from error
        return pd.DataFrame([asdict(row) for row in self.table(table)])

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        """Sources by id."""
        return {row.id: row for row in self.records("sources", Source)}

    @cached_property
    def clues(self) -> Mapping[str, Clue]:
        """Clues by id, in order of show."""
        return {row.id: row for row in sorted(self.records("clues", Clue), key=lambda clue: clue.order)}

    @cached_property
    def cells(self) -> Mapping[tuple[str, str], CauseClue]:
        """Decided cells of the cause-by-clue table; a pair that is not here is unknown."""
        return {(row.cause_id, row.clue_id): row for row in self.records("cause_clue", CauseClue)}

    @cached_property
    def all_causes(self) -> tuple[Cause, ...]:
        """Every cause, in file order."""
        return self.records("causes", Cause)

    @cached_property
    def red_flags(self) -> tuple[RedFlag, ...]:
        """Every red flag, in file order."""
        return self.records("red_flags", RedFlag)

    @cached_property
    def _by_id(self) -> Mapping[str, Mapping[str, Record]]:
        return {name: {row.id: row for row in rows if hasattr(row, "id")} for name, rows in self.tables.items()}


def _unknown(what: str, value: str, valid: Mapping[str, object] | list[str]) -> str:
    return f"There is no {what} {value!r}.{hint(value, valid)}"
