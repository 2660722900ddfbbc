"""Asks the cloud side that is running, where it has the embedded store open and nobody else can read it."""

import json
import ssl
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlencode

from cityedge.errors import CityEdgeError
from cloud.errors import QueryError
from cloud.settings import HttpSettings

_TIMEOUT_S: Final = 30.0
_EVERYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - what is listened on, read here


def ask(settings: HttpSettings, path: str, parameters: Sequence[tuple[str, str]] = ()) -> Any:
    """Ask the API of the cloud side that runs with these settings.

    Args:
        settings: Where it listens.
        path: Below ``/api/v1``, with its slash.
        parameters: Of the question; a name may stand there more than once.

    Returns:
        The answer's JSON.

    Raises:
        QueryError: The question cannot be answered.
        CityEdgeError: Nobody answers there, or not to us.
    """
    url = f"{_base(settings)}/api/v1{path}?{urlencode(parameters)}"
    request = urllib.request.Request(url, headers=_authorization(settings))  # noqa: S310 - http(s) by _base
    try:
        with urllib.request.urlopen(request, timeout=_TIMEOUT_S, context=_context(settings)) as answer:  # noqa: S310
            return json.load(answer)
    except urllib.error.HTTPError as error:
        raise _problem(url, error) from error
    except (OSError, ValueError) as error:
        raise CityEdgeError(
            f"the store is in use, and nobody answers at {_base(settings)}: {error}",
            cure="Check 'http' in the configuration: is it the one that the running process was started with?",
        ) from error


def _base(settings: HttpSettings) -> str:
    host = _EVERYWHERE.get(settings.host, settings.host)
    named = f"[{host}]" if ":" in host else host
    return f"{'https' if settings.cert_file else 'http'}://{named}:{settings.port}"


def _authorization(settings: HttpSettings) -> dict[str, str]:
    if settings.access_token_file is None:
        return {}
    try:
        token = Path(settings.access_token_file).read_text(encoding="utf-8").strip()
    except OSError as error:
        raise CityEdgeError(
            f"http.access_token_file: '{settings.access_token_file}' cannot be read: {error.strerror}",
            cure="Run this as the user that runs 'cityedge cloud run'.",
        ) from error
    return {"Authorization": f"Bearer {token}"}


def _context(settings: HttpSettings) -> ssl.SSLContext | None:
    """Trust the very certificate that the settings name, whatever name is in it: it is on this machine."""
    if settings.cert_file is None:
        return None
    context = ssl.create_default_context(cafile=settings.cert_file)
    context.check_hostname = False
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN
    return context


def _problem(url: str, error: urllib.error.HTTPError) -> CityEdgeError:
    try:
        said = json.load(error)
    except ValueError:
        said = {}
    what = str(said.get("detail") or said.get("title") or error)
    cure = str(said.get("cure") or "")
    if error.code in {400, 422}:
        return QueryError(what, cure=cure)
    return CityEdgeError(f"{url} answers {error.code}: {what}", cure=cure)
