import asyncio
import ssl
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from cityedge.errors import CityEdgeError
from cloud.http.server import HttpServer
from cloud.live import LiveState
from cloud.settings import HttpSettings
from cloud.store.embedded import EmbeddedStore
from tests.support.certificates import make_certificates
from tests.support.ports import answers, free_port

TOKEN = "0123456789abcdef0123"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[EmbeddedStore]:
    store = EmbeddedStore(tmp_path / "cloud.duckdb")
    yield store
    store.close()


@pytest.fixture
def token_file(tmp_path: Path) -> str:
    path = tmp_path / "token"
    path.write_text(TOKEN)
    return str(path)


def test_the_server_answers_once_it_is_started_and_no_more_once_it_is_stopped(store: EmbeddedStore) -> None:
    server = HttpServer(HttpSettings(port=free_port()), store, LiveState())

    server.start()
    try:
        assert httpx.get(f"{server.url}/healthz").status_code == 200
    finally:
        server.stop()

    assert not answers(int(server.url.rpartition(":")[2]))
    assert "http" not in {thread.name for thread in threading.enumerate()}


def test_a_server_can_follow_another_in_one_process(store: EmbeddedStore) -> None:
    for _ in range(2):
        with HttpServer(HttpSettings(port=free_port()), store, LiveState()) as server:
            assert "CityEdge" in httpx.get(server.url).text


def test_a_port_that_is_taken_is_named_with_what_to_do(store: EmbeddedStore) -> None:
    port = free_port()
    with HttpServer(HttpSettings(port=port), store, LiveState()):
        second = HttpServer(HttpSettings(port=port), store, LiveState())
        with pytest.raises(CityEdgeError, match=f"127.0.0.1:{port}") as caught:
            second.start()

    assert "http.port" in caught.value.cure


def test_a_certificate_that_cannot_be_used_stops_the_start(store: EmbeddedStore, tmp_path: Path) -> None:
    files = make_certificates(tmp_path)
    settings = HttpSettings(port=free_port(), cert_file=files.server_cert_file, key_file=files.client_key_file)

    with pytest.raises(CityEdgeError, match="cert_file"):
        HttpServer(settings, store, LiveState()).start()


def test_with_a_certificate_the_server_speaks_tls(store: EmbeddedStore, tmp_path: Path) -> None:
    files = make_certificates(tmp_path)
    settings = HttpSettings(port=free_port(), cert_file=files.server_cert_file, key_file=files.server_key_file)
    trust = ssl.create_default_context(cafile=files.ca_file)

    with HttpServer(settings, store, LiveState()) as server:
        assert server.url.startswith("https://")
        assert httpx.get(f"{server.url}/healthz", verify=trust).status_code == 200


@pytest.mark.parametrize(
    "path", ["/", "/api/v1/health", "/healthz", "/api/v1/openapi.json", "/favicon.ico", "/nowhere"]
)
def test_nothing_is_served_without_the_token(store: EmbeddedStore, token_file: str, path: str) -> None:
    settings = HttpSettings(port=free_port(), access_token_file=token_file)

    with HttpServer(settings, store, LiveState()) as server:
        refused = httpx.get(f"{server.url}{path}")
        wrong = httpx.get(f"{server.url}{path}", auth=("operator", "guess"))
        entered = httpx.get(f"{server.url}{path}", auth=("operator", TOKEN))

    assert refused.status_code == wrong.status_code == 401
    assert refused.headers["www-authenticate"].startswith("Basic")
    assert "Bearer" in refused.json()["cure"]
    assert entered.status_code != 401


def test_a_websocket_needs_the_token_and_our_own_page(store: EmbeddedStore, token_file: str) -> None:
    settings = HttpSettings(port=free_port(), access_token_file=token_file)
    bearer = {"Authorization": f"Bearer {TOKEN}"}

    async def status(url: str, headers: dict[str, str]) -> int:
        try:
            async with connect(url, additional_headers=headers):
                return 101
        except InvalidStatus as refused:
            return refused.response.status_code

    with HttpServer(settings, store, LiveState()) as server:
        url = server.url.replace("http", "ws", 1) + "/_nicegui_ws/socket.io/?EIO=4&transport=websocket"
        assert asyncio.run(status(url, {})) == 403
        assert asyncio.run(status(url, bearer)) == 101
        assert asyncio.run(status(url, {**bearer, "Origin": "https://evil.example"})) == 403


def test_answers_carry_headers_that_keep_browsers_careful(store: EmbeddedStore) -> None:
    with HttpServer(HttpSettings(port=free_port()), store, LiveState()) as server:
        headers = httpx.get(server.url).headers
        foreign = httpx.get(f"{server.url}/api/v1/health", headers={"Origin": "https://evil.example"})

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "server" not in headers
    assert "set-cookie" not in headers
    assert foreign.status_code == 403
