"""The errors of Krajina.

::

    GraphError
    ├── InputError      what a person names is not there; the text tells what there is
    ├── DataError       curated tables or the ontology are not fit to publish
    ├── QueryError      a query is not legal, or asks for what is not offered
    │   ├── QueryBusy       too many queries run at this moment
    │   │   └── QueryRestarting     what runs queries was lost and is being replaced
    │   ├── QueryTimeout    it ran past the time limit
    │   ├── QueryTooLarge   it, or its answer, is past a size limit
    │   └── QueryUnsupported    it is legal, but asks for what is not offered
    ├── Interrupted     what worked on it was ended from outside; it can be asked for again
    ├── UnwritableError a serialisation has no way to write the data
    ├── WriteError      a file or a folder cannot be written; the text tells why and what to do
    ├── StoreError      the store cannot be opened, reached or written
    │   └── StoreTimeout    it did not answer in time
    └── SettingsError   a setting has a value that cannot be used
"""

from __future__ import annotations

__all__ = [
    "DataError",
    "GraphError",
    "InputError",
    "Interrupted",
    "QueryBusy",
    "QueryError",
    "QueryRestarting",
    "QueryTimeout",
    "QueryTooLarge",
    "QueryUnsupported",
    "SettingsError",
    "StoreError",
    "StoreTimeout",
    "UnwritableError",
    "WriteError",
]


class GraphError(Exception):
    """Base of all errors that Krajina raises on purpose; its text is written for people."""


class InputError(GraphError):
    """What a person named, a list, a code or a record, is not there; the text tells what there is."""


class DataError(GraphError):
    """The tables or the ontology are not fit to publish.

    Attributes
    ----------
    findings : tuple
        Every finding of the run, in the order of files and lines.
    """

    def __init__(self, message: str, findings: tuple[object, ...] = ()) -> None:
        super().__init__(message)
        self.findings = findings


class QueryError(GraphError):
    """A query is not legal SPARQL 1.1, or asks for something that is not offered.

    Attributes
    ----------
    line, column : int or None
        Place in the query text, counted from 1; None when it has none.
    """

    def __init__(self, message: str, *, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.column = column


class QueryBusy(QueryError):
    """A query was not run, or was ended early, to leave room for those of others.

    Attributes
    ----------
    retry_after_s : int
        Seconds after which another try makes sense.
    by_client : bool
        Whether the client's own queries take the room, and not those of everybody.
    """

    def __init__(self, message: str, *, retry_after_s: int, by_client: bool = False) -> None:
        super().__init__(message)
        self.retry_after_s = retry_after_s
        self.by_client = by_client


class QueryRestarting(QueryBusy):
    """A query was not run, or was lost, since what runs queries was ended from outside; it can be asked again."""


class QueryTimeout(QueryError):
    """A query ran past the time limit and was ended."""


class QueryTooLarge(QueryError):
    """A query, its depth, its memory or its answer is past a limit."""


class QueryUnsupported(QueryError):
    """A legal query asks for what is not offered: another server, an unknown function."""


class Interrupted(GraphError):
    """What worked on it was ended from outside, or got no time; it can be asked for again."""


class UnwritableError(GraphError):
    """A serialisation has no way to write the data; others have."""


class WriteError(GraphError):
    """A file or a folder cannot be written, as on a full disk; the text tells which, why and what to do."""


class StoreError(GraphError):
    """The store cannot be opened, reached or written."""


class StoreTimeout(StoreError):
    """A store at another address did not answer in the time that it has."""


class SettingsError(GraphError):
    """A setting has a value that cannot be used."""
