"""What a server's answer to a write means: points are given up only where it names them."""

import pytest

from cloud.errors import StoreBusyError
from cloud.store.influx_outcome import BadPointsError, TooLargeError, check

CONFLICT = 'partial write: field type conflict: input field "in" on measurement "crossing" is type float dropped=1'


def answered(status: int, text: str = "", retry_after: str | None = None) -> None:
    check(status, text, retry_after=retry_after, where="http://influx")


@pytest.mark.parametrize("status", [200, 201, 204, 208])
def test_success_is_stored(status: int) -> None:
    answered(status)


def test_too_large_is_sent_in_smaller_parts() -> None:
    with pytest.raises(TooLargeError):
        answered(413, "Request Entity Too Large")


@pytest.mark.parametrize(
    ("status", "text"),
    [
        pytest.param(400, CONFLICT, id="1.x: a type conflict"),
        pytest.param(400, "unable to parse 'crossing in=': missing field value", id="1.x: a malformed line"),
        pytest.param(400, "partial write: points beyond retention policy dropped=3", id="1.x: too old to keep"),
        pytest.param(422, '{"code":"unprocessable entity","message":"' + "failure: " + CONFLICT + '"}', id="2.x"),
        pytest.param(400, '{"error":"partial write of line protocol occurred","data":[]}', id="3"),
    ],
)
def test_points_that_the_server_names_are_bad(status: int, text: str) -> None:
    with pytest.raises(BadPointsError, match=r"\w"):
        answered(status, text)


@pytest.mark.parametrize(
    ("status", "text"),
    [
        pytest.param(400, "partial write: max-series-per-database limit exceeded: (1000000) dropped=5", id="full"),
        pytest.param(400, "partial write: max-values-per-tag limit exceeded (100000/100000)", id="full of names"),
        pytest.param(400, "bucket name is required", id="it does not understand us"),
        pytest.param(401, "unauthorized", id="wrong token"),
        pytest.param(403, "forbidden", id="a token without the right"),
        pytest.param(404, 'database not found: "cityedge"', id="no such database"),
        pytest.param(408, "", id="timeout"),
        pytest.param(429, "", id="too many requests"),
        pytest.param(500, "timeout", id="fault"),
        pytest.param(503, "", id="overloaded"),
        pytest.param(0, "certificate verify failed", id="TLS"),
    ],
)
def test_what_an_operator_or_time_can_heal_is_kept_and_tried_again(status: int, text: str) -> None:
    with pytest.raises(StoreBusyError, match="http://influx"):
        answered(status, text)


@pytest.mark.parametrize(
    ("header", "wait_s"),
    [
        pytest.param("3", 3.0, id="seconds"),
        pytest.param(None, None, id="not said"),
        pytest.param("Wed, 21 Oct 2026 07:28:00 GMT", None, id="a date is passed over"),
    ],
)
def test_the_wait_that_the_server_asks_for_is_kept(header: str | None, wait_s: float | None) -> None:
    with pytest.raises(StoreBusyError) as caught:
        answered(429, retry_after=header)

    assert caught.value.retry_after_s == wait_s
