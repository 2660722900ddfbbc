from base64 import b64encode
from pathlib import Path

import pytest

from cityedge.errors import CityEdgeError
from cloud.http.guard import may_enter, read_token, same_origin

TOKEN = "0123456789abcdef"


def basic(words: str) -> str:
    return "Basic " + b64encode(words.encode()).decode()


@pytest.mark.parametrize(
    ("authorization", "enters"),
    [
        pytest.param(f"Bearer {TOKEN}", True, id="bearer"),
        pytest.param(f"bearer {TOKEN}", True, id="bearer in small letters"),
        pytest.param(basic(f"anybody:{TOKEN}"), True, id="basic with any name"),
        pytest.param(basic(f":{TOKEN}"), True, id="basic without name"),
        pytest.param(None, False, id="nothing"),
        pytest.param("", False, id="empty"),
        pytest.param("Bearer", False, id="bearer without token"),
        pytest.param(f"Bearer {TOKEN}x", False, id="token and more"),
        pytest.param(f"Bearer {TOKEN[:-1]}", False, id="token and less"),
        pytest.param(TOKEN, False, id="token without scheme"),
        pytest.param(f"Digest {TOKEN}", False, id="another scheme"),
        pytest.param(basic(f"{TOKEN}:"), False, id="token as name"),
        pytest.param(basic(TOKEN), False, id="basic without colon"),
        pytest.param("Basic !!!", False, id="not base64"),
        pytest.param("Basic /w==", False, id="not text"),
        pytest.param("Bearer Đà-Nẵng", False, id="letters beyond ascii"),
    ],
)
def test_only_the_token_opens(authorization: str | None, *, enters: bool) -> None:
    assert may_enter(authorization, TOKEN) is enters


@pytest.mark.parametrize(
    ("origin", "host", "same"),
    [
        pytest.param(None, "centre:8080", True, id="a program says no origin"),
        pytest.param("http://centre:8080", "centre:8080", True, id="our own page"),
        pytest.param("https://centre", "centre", True, id="our own page on the usual port"),
        pytest.param("http://centre:8081", "centre:8080", False, id="another port"),
        pytest.param("https://evil.example", "centre:8080", False, id="another site"),
        pytest.param("null", "centre:8080", False, id="a page without address"),
    ],
)
def test_pages_of_other_sites_are_told_from_our_own(origin: str | None, host: str, *, same: bool) -> None:
    assert same_origin(origin, host) is same


def test_a_token_is_read_without_the_line_end(tmp_path: Path) -> None:
    path = tmp_path / "token"
    path.write_text(f"{TOKEN}\n")

    assert read_token(path) == TOKEN


@pytest.mark.parametrize(
    "text",
    [pytest.param("", id="empty"), pytest.param("secret\n", id="short"), pytest.param(None, id="absent")],
)
def test_a_token_file_that_keeps_nobody_out_stops_the_start(tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "token"
    if text is not None:
        path.write_text(text)

    with pytest.raises(CityEdgeError, match="access_token_file") as caught:
        read_token(path)

    assert "openssl rand" in caught.value.cure
