"""Who may come in, and what browsers must not do with our pages: one small ASGI layer around everything."""

import base64
import binascii
import hmac
from collections.abc import Iterable
from http import HTTPStatus
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from cityedge.errors import CityEdgeError
from cloud.http.problems import problem

_LEAST_TOKEN_CHARACTERS: Final = 16

# NiceGUI builds its page with inline scripts and compiles Vue templates in the browser: 'unsafe-inline' and
# 'unsafe-eval' are what it cannot do without. Everything must come from this very server.
_POLICY: Final = (
    b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    b"img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
SECURITY_HEADERS: Final = (
    (b"content-security-policy", _POLICY),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
)


def read_token(path: Path) -> str:
    """The access token that a file holds.

    Args:
        path: A text file with the token alone.

    Returns:
        The token, without surrounding white space.

    Raises:
        CityEdgeError: The file cannot be read, or its token is too short to keep anybody out.
    """
    cure = f"Make one: (umask 077; openssl rand -hex 24 > {path})"
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise CityEdgeError(f"http.access_token_file: {path}: cannot be read: {error}", cure=cure) from error
    if len(token) < _LEAST_TOKEN_CHARACTERS:
        raise CityEdgeError(
            f"http.access_token_file: {path}: the token has fewer than {_LEAST_TOKEN_CHARACTERS} characters",
            cure=cure,
        )
    return token


def may_enter(authorization: str | None, token: str) -> bool:
    """Whether a request carries the token.

    Args:
        authorization: The ``Authorization`` header: ``Bearer TOKEN``, or HTTP Basic with the token as
            password and any user name.
        token: What is asked for.

    Returns:
        The answer; the comparison takes as long for a near miss as for a far one.
    """
    scheme, _, value = (authorization or "").partition(" ")
    offered = value.strip()
    if scheme.lower() == "basic":
        try:
            offered = base64.b64decode(offered, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return hmac.compare_digest(offered.encode(), token.encode())


def same_origin(origin: str | None, host: str | None) -> bool:
    """Whether a request comes from one of our own pages, or from no page at all.

    Browsers attach passwords to requests that *other* sites' pages make, websockets included; they also say
    which page asks.

    Args:
        origin: The ``Origin`` header; programs send none.
        host: The ``Host`` header.

    Returns:
        The answer.
    """
    return origin is None or urlsplit(origin).netloc == host


class Guard:
    """The ASGI layer.

    Args:
        app: What it guards.
        token: What callers must carry; None lets everybody in (on this machine alone).
    """

    def __init__(self, app: ASGIApp, *, token: str | None) -> None:
        self.app = app
        self._token = token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] not in {"http", "websocket"}:
            await self.app(scope, receive, send)
            return
        guarded_send = _with_headers(send)
        headers = scope["headers"]
        if not same_origin(_header(headers, b"origin"), _header(headers, b"host")):
            await _refuse(scope, receive, guarded_send, status=HTTPStatus.FORBIDDEN)
        elif self._token is not None and not may_enter(_header(headers, b"authorization"), self._token):
            await _refuse(scope, receive, guarded_send, status=HTTPStatus.UNAUTHORIZED)
        else:
            await self.app(scope, receive, guarded_send)


def _header(headers: Iterable[tuple[bytes, bytes]], name: bytes) -> str | None:
    return next((value.decode("latin-1") for key, value in headers if key.lower() == name), None)


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), *SECURITY_HEADERS]
        await send(message)

    return send_with_headers


async def _refuse(scope: Scope, receive: Receive, send: Send, *, status: HTTPStatus) -> None:
    if scope["type"] == "websocket":
        # Closing before accepting is how ASGI says 403 to a websocket's handshake.
        await send({"type": "websocket.close", "code": 1008, "reason": status.phrase})
        return
    if status is HTTPStatus.UNAUTHORIZED:
        response = problem(
            status,
            detail="this server asks for its access token",
            cure="Send 'Authorization: Bearer TOKEN', or log in with any name and the token as password.",
            headers={"WWW-Authenticate": 'Basic realm="CityEdge", charset="UTF-8"'},
        )
    else:
        response = problem(status, detail="another site's page made this request")
    await response(scope, receive, send)
