"""A throw-away certificate authority with a server's and a client's certificate, made by OpenSSL."""

import subprocess
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class TlsFiles:
    """PEM files, by path.

    Attributes:
        ca_file: The authority.
        server_cert_file: For ``localhost`` and ``127.0.0.1``.
        server_key_file: Its key.
        client_cert_file: For a client.
        client_key_file: Its key.
    """

    ca_file: str
    server_cert_file: str
    server_key_file: str
    client_cert_file: str
    client_key_file: str


def make_certificates(folder: Path) -> TlsFiles:
    """Make them in a folder; valid for a day.

    Args:
        folder: Where the files go.

    Returns:
        Their paths.
    """
    ca_cert, ca_key = _key_and_cert(folder, "ca", "-subj", "/CN=test authority")
    signed_by_us = ("-CA", ca_cert, "-CAkey", ca_key, "-addext", "basicConstraints=critical,CA:FALSE")
    names = "subjectAltName=DNS:localhost,IP:127.0.0.1"
    server = _key_and_cert(folder, "server", "-subj", "/CN=localhost", "-addext", names, *signed_by_us)
    client = _key_and_cert(folder, "client", "-subj", "/CN=gateway-1", *signed_by_us)
    return TlsFiles(ca_cert, *server, *client)


def _key_and_cert(folder: Path, name: str, *options: str) -> tuple[str, str]:
    cert, key = str(folder / f"{name}.pem"), str(folder / f"{name}.key")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    command += ["-days", "1", "-keyout", key, "-out", cert, *options]
    subprocess.run(command, check=True, capture_output=True)
    return cert, key
