"""Errors as ``application/problem+json`` (RFC 9457): what is wrong, and what to do about it."""

import logging
import math
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from cityedge.errors import CityEdgeError
from cloud.errors import QueryError, StoreBusyError

_log = logging.getLogger(__name__)

MEDIA_TYPE: Final = "application/problem+json"
BUSY_RETRY_S: Final = 2.0
"""What a client is told to wait where the store did not say."""

_STATUS: Final = (
    (QueryError, HTTPStatus.BAD_REQUEST),
    (StoreBusyError, HTTPStatus.SERVICE_UNAVAILABLE),
    (CityEdgeError, HTTPStatus.INTERNAL_SERVER_ERROR),
)
_HELP: Final = "See /api/v1/openapi.json for what can be asked."


def problem(
    status: HTTPStatus, *, detail: str, cure: str = "", headers: Mapping[str, str] | None = None
) -> JSONResponse:
    """A problem document.

    Args:
        status: The HTTP status; its phrase is the title.
        detail: What is wrong.
        cure: What to do about it.
        headers: Further response headers.

    Returns:
        The response.
    """
    body = {"type": "about:blank", "title": status.phrase, "status": status.value, "detail": detail}
    if cure:
        body["cure"] = cure
    return JSONResponse(body, status.value, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def of_error(error: CityEdgeError) -> JSONResponse:
    """The problem document of one of our errors.

    Args:
        error: What was raised.

    Returns:
        400 for a wrong question, 503 with ``Retry-After`` for a busy store, 500 for the rest.
    """
    status = next(status for kind, status in _STATUS if isinstance(error, kind))
    if isinstance(error, StoreBusyError):
        wait_s = math.ceil(error.retry_after_s or BUSY_RETRY_S)
        cure = error.cure or f"Ask again in {wait_s} s."
        return problem(status, detail=error.message, cure=cure, headers={"Retry-After": str(wait_s)})
    return problem(status, detail=error.message, cure=error.cure)


def install(app: FastAPI) -> None:
    """Make an application answer every error with a problem document.

    Args:
        app: The application.
    """
    app.add_exception_handler(CityEdgeError, _on_ours)
    app.add_exception_handler(RequestValidationError, _on_validation)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_unexpected)


async def _on_ours(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, CityEdgeError)  # noqa: S101 - by registration; tells mypy
    return of_error(error)


async def _on_validation(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - by registration; tells mypy
    detail = "; ".join(_said(item) for item in error.errors())
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail=detail, cure=_HELP)


def _said(item: Mapping[str, Any]) -> str:
    name = ".".join(str(part) for part in item["loc"][1:])
    return f"{name}: {item['msg']}"


async def _on_http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - by registration; tells mypy
    return problem(HTTPStatus(error.status_code), detail=str(error.detail), cure=_HELP, headers=error.headers)


async def _on_unexpected(request: Request, error: Exception) -> JSONResponse:
    _log.error("%s %s failed", request.method, request.url.path, exc_info=error)
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        detail="the server failed at this request",
        cure="Look in the log of 'cityedge cloud run' for the reason.",
    )
