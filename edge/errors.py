"""The error tree of ``edge``.

::

    CityEdgeError
    ├── SourceError            a camera or recording cannot be opened or read
    │   ├── SourceMissingError it is not there (yet): live sources are retried with back-off
    │   └── SourceEndedError   a live source stopped giving frames: reconnect
    └── OutboxError            the outbox cannot take or give rows
"""

from cityedge.errors import CityEdgeError


class SourceError(CityEdgeError):
    """A camera or recording cannot be opened or read."""


class SourceMissingError(SourceError):
    """The source is not there: no such file, nobody answers at that address."""


class SourceEndedError(SourceError):
    """A live source stopped giving frames."""


class OutboxError(CityEdgeError):
    """The outbox cannot take or give rows."""
