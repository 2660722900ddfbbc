"""Reads where a source is from its settings, and keeps its password out of everything that is shown."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import SplitResult, quote, unquote, urlsplit

from edge.errors import SourceError
from edge.settings import SourceSettings

Kind = Literal["rtsp", "http", "v4l2", "folder", "file"]

_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*://")
_KINDS: dict[str, Kind] = {"rtsp": "rtsp", "rtsps": "rtsp", "http": "http", "https": "http"}
_PORTS = {"rtsp": 554, "rtsps": 322, "http": 80, "https": 443}
_SECRET_QUERY = re.compile(r"(?i)(?<=[?&])([^=&#]*(?:pass|pwd|token|secret|auth|key)[^=&#]*)=[^&#]*")
_BLACK = "***"


@dataclass(frozen=True)
class Address:
    """Where a source is.

    Attributes:
        kind: How to open it.
        label: The address fit to be shown and logged: passwords are blacked out.
        target: What libav is asked to open, credentials included; kept out of ``repr``.
        host: Where to connect to; empty for files and devices.
        port: Where to connect to; 0 for files and devices.
    """

    kind: Kind
    label: str
    target: str = field(repr=False)
    host: str = ""
    port: int = 0

    @property
    def live(self) -> bool:
        """Whether it is a camera rather than a recording."""
        return self.kind in {"rtsp", "http", "v4l2"}


def is_live(settings: SourceSettings) -> bool:
    """Whether a source's settings name a camera rather than a recording.

    Args:
        settings: Its settings; nothing is opened or read.
    """
    scheme, colon, _ = settings.url.partition("://")
    return scheme.lower() in _KINDS if colon else settings.url.startswith("/dev/")


def read_address(settings: SourceSettings) -> Address:
    """The address that a source's settings name.

    Args:
        settings: ``url`` decides the kind: by its scheme, ``/dev/…`` for V4L2, else a folder or a file.

    Returns:
        The address, with the password of ``password_file`` in its target.

    Raises:
        SourceError: The URL cannot be read, or the password file cannot, or they do not fit together.
    """
    if _SCHEME.match(settings.url):
        return _network(settings)
    if settings.password_file is not None:
        raise SourceError(
            f"source {settings.url}: password_file is for rtsp:// and http:// cameras",
            cure="Remove password_file",
        )
    path = settings.url
    kind: Kind = "v4l2" if path.startswith("/dev/") else "folder" if Path(path).is_dir() else "file"
    # "file:": else libav takes what stands before the colon of 12:00.mp4 for a protocol.
    return Address(kind=kind, label=path, target=f"file:{path}" if kind == "file" else path)


def _network(settings: SourceSettings) -> Address:
    scheme = settings.url.split("://", 1)[0].lower()
    if scheme not in _KINDS:
        raise SourceError(
            f"source {scheme}://…: '{scheme}' is no kind of source",
            cure="Use rtsp://…, http://… (MJPEG), /dev/video0, a video file, or a folder of pictures",
        )
    try:
        parts = urlsplit(settings.url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host:
        # The URL is not quoted: where it cannot be read, its password cannot be found either.
        raise SourceError(
            f"source {scheme}://…: the URL cannot be read",
            cure=f"Write it as {scheme}://user@host:port/path; characters like / and @ in it as %2F and %40",
        )
    password = _password(settings, parts)
    return Address(
        kind=_KINDS[scheme],
        label=_SECRET_QUERY.sub(rf"\1={_BLACK}", _with_password(parts, _BLACK if password else None)),
        target=_with_password(parts, quote(password, safe="") if password else None),
        host=host,
        port=port or _PORTS[scheme],
    )


def _password(settings: SourceSettings, parts: SplitResult) -> str | None:
    if settings.password_file is None:
        return unquote(parts.password) if parts.password else None
    if not parts.username:
        raise SourceError(
            f"source {parts.scheme}://{parts.hostname}/…: password_file needs a user to go with it",
            cure=f"Write the url as {parts.scheme}://user@{parts.hostname}/…",
        )
    try:
        return Path(settings.password_file).read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise SourceError(
            f"password_file {settings.password_file}: {why}",
            cure="Put the password, and nothing else, into that file, readable by the gateway's user",
        ) from error


def _with_password(parts: SplitResult, password: str | None) -> str:
    """The URL with this password, ready for a URL, in the place of the one that it came with."""
    place = parts.netloc.rpartition("@")[2]
    user = quote(unquote(parts.username), safe="") if parts.username else ""
    login = f"{user}:{password}@" if password else f"{user}@" if user else ""
    return parts._replace(netloc=login + place).geturl()
