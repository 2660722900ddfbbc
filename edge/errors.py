"""The error tree of ``edge``.

::

    CityEdgeError
    ├── SourceError            a camera or recording cannot be opened or read
    │   ├── SourceMissingError it is not there (yet): live sources are retried with back-off
    │   └── SourceEndedError   a live source stopped giving frames: reconnect
    ├── ReferenceFileError     a camera's reference cannot be read or written: it is learnt anew meanwhile
    └── OutboxError            the outbox cannot take or give rows: the disk is full or failing; retried
        └── OutboxCorruptError its file is damaged: it is set aside and a new one begun
"""

from cityedge.errors import CityEdgeError


class SourceError(CityEdgeError):
    """A camera or recording cannot be opened or read."""


class SourceMissingError(SourceError):
    """The source is not there: no such file, nobody answers at that address."""


class SourceEndedError(SourceError):
    """A live source stopped giving frames."""


class ReferenceFileError(CityEdgeError):
    """A camera's reference on disk cannot be read or written, or is damaged."""


class OutboxError(CityEdgeError):
    """The outbox cannot take or give rows."""


class OutboxCorruptError(OutboxError):
    """The outbox's file is damaged or not an outbox."""
