"""The cloud side's configuration, ``cloud.yaml``: parsed once, strictly, into frozen types."""

from typing import Annotated

from msgspec import Meta, Struct

from cityedge.broker import BrokerSettings, is_loopback
from cityedge.messages import Name


class EmbeddedStoreSettings(Struct, frozen=True, kw_only=True, tag="embedded", tag_field="kind"):
    """The store of a small site: one DuckDB file.

    Attributes:
        path: The file; made where it is missing.
    """

    path: str = "/var/lib/cityedge/cloud.duckdb"


class InfluxStoreSettings(Struct, frozen=True, kw_only=True, tag="influxdb", tag_field="kind"):
    """An InfluxDB, 1.6 or newer.

    Attributes:
        url: Where it is. ``https`` unless it is this machine, or ``allow_plaintext``.
        database: Database (1.x) or bucket (2.x, 3).
        org: Organisation (2.x).
        token_file: A file that holds the token, or ``user:password`` for 1.x.
        books_path: The ledger and the dead letters, an SQLite file.
        timeout_s: How long one request may take.
        allow_plaintext: Accept ``http`` over a network that nobody else uses.
    """

    url: str
    database: str = "cityedge"
    org: str = ""
    token_file: str | None = None
    books_path: str = "/var/lib/cityedge/books.sqlite"
    timeout_s: Annotated[float, Meta(gt=0, le=300)] = 10.0
    allow_plaintext: bool = False

    def __post_init__(self) -> None:
        scheme, _, rest = self.url.partition("://")
        if scheme not in {"http", "https"} or not rest:
            raise ValueError(f"url: '{self.url}' is not http://… or https://…")
        host = rest.partition("/")[0].rpartition("@")[2].rsplit(":", 1)[0].strip("[]")
        if scheme == "http" and not self.allow_plaintext and not is_loopback(host):
            raise ValueError(f"url: '{host}' is reached over a network: use https, or 'allow_plaintext: true'")


class CollectorSettings(Struct, frozen=True, kw_only=True):
    """How messages are collected.

    Attributes:
        client_id: Fixed: the broker keeps our session by it.
        session_expiry_s: How long the broker keeps messages for us while we are away.
        receive_maximum: How many messages may be on their way, unacknowledged: the back-pressure.
        batch_messages: Write when so many are waiting …
        batch_wait_s: … or when the first has waited so long.
        max_future_s: Messages from further in the future are refused: the gateway's clock is wrong.
    """

    client_id: Name = "cityedge-collector"
    session_expiry_s: Annotated[int, Meta(ge=60)] = 7 * 86_400
    receive_maximum: Annotated[int, Meta(ge=1, le=65_535)] = 2_000
    batch_messages: Annotated[int, Meta(ge=1, le=50_000)] = 1_000
    batch_wait_s: Annotated[float, Meta(gt=0, le=60)] = 0.2
    max_future_s: Annotated[float, Meta(gt=0)] = 3_600.0


class HttpSettings(Struct, frozen=True, kw_only=True):
    """The API and the operations centre.

    Attributes:
        host: Address to listen on.
        port: Port to listen on.
        access_token_file: A file with the token that the API (Bearer) and the page (password, any user name)
            ask for. Needed to listen beyond this machine.
        cert_file: TLS certificate. Needed to listen beyond this machine.
        key_file: Its key.
    """

    host: str = "127.0.0.1"
    port: Annotated[int, Meta(ge=1, le=65_535)] = 8080
    access_token_file: str | None = None
    cert_file: str | None = None
    key_file: str | None = None

    def __post_init__(self) -> None:
        if (self.cert_file is None) != (self.key_file is None):
            raise ValueError("cert_file: cert_file and key_file belong together")
        if is_loopback(self.host):
            return
        if self.access_token_file is None:
            raise ValueError(f"access_token_file: is needed to listen on '{self.host}', beyond this machine")
        if self.cert_file is None:
            raise ValueError(f"cert_file: is needed to listen on '{self.host}', beyond this machine")


class CloudSettings(Struct, frozen=True, kw_only=True):
    """The whole of ``cloud.yaml``."""

    broker: BrokerSettings = BrokerSettings()
    store: EmbeddedStoreSettings | InfluxStoreSettings = EmbeddedStoreSettings()
    collector: CollectorSettings = CollectorSettings()
    http: HttpSettings = HttpSettings()
