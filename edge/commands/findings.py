"""What ``cityedge edge check`` finds out, one function per part of the gateway; each says what to do."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from cityedge.clock import SystemClock
from cityedge.errors import CityEdgeError
from edge.capture import open_source
from edge.health import read_machine
from edge.publish import diagnosis
from edge.publish.connection import Closed, Connection, Event, Message, Opened, Subscribed
from edge.publish.diagnosis import Diagnosis
from edge.publish.session import Address
from edge.publish.wakeup import Wakeup
from edge.settings import CameraSettings, GatewaySettings
from models.detector import Detector

State = Literal["ok", "warning", "error"]

_LOOK_S: Final = 2.0
"""How long a camera is watched to tell its rate."""
_WORD_WITHIN_S: Final = 1.0
_BROKER_WITHIN_S: Final = 15.0


@dataclass(frozen=True)
class Finding:
    """One thing that was checked.

    Attributes:
        part: Which part of the gateway.
        state: How it is.
        text: What was found.
        cure: What to do about it; empty where nothing is to be done.
    """

    part: str
    state: State
    text: str
    cure: str = ""


def _failed(part: str, error: CityEdgeError) -> Finding:
    return Finding(part, "error", error.message, error.cure)


def check_model(settings: GatewaySettings) -> Finding:
    """Whether the model is here and fits its card."""
    try:
        card = Detector.open(settings.model).card
    except CityEdgeError as error:
        return _failed("model", error)
    size = f"{card.input.width_px}x{card.input.height_px}"
    return Finding("model", "ok", f"{card.name} version {card.version} ({size}) fits its card")


def check_state_dir(settings: GatewaySettings) -> Finding:
    """Whether the outbox can live where it is to live."""
    folder = Path(settings.state_dir)
    existing = next(path for path in (folder, *folder.absolute().parents) if path.exists())
    cure = f"Make it, and give it to the agent's user: sudo install -d -o USER -m 700 {folder}"
    if not existing.is_dir():
        return Finding("state_dir", "error", f"'{existing}' is not a folder", "Correct 'state_dir'.")
    if not os.access(existing, os.W_OK | os.X_OK):
        return Finding("state_dir", "error", f"'{existing}' cannot be written by this user", cure)
    free_bytes = read_machine(existing).disk_free_bytes
    text = f"'{folder}' can be written; {free_bytes / 1e9:.1f} GB are free"
    if free_bytes < settings.outbox.max_bytes:
        return Finding("state_dir", "warning", text, "Free some space, or lower 'outbox.max_bytes'.")
    return Finding("state_dir", "ok", text)


def check_camera(camera: CameraSettings) -> Finding:
    """Whether a camera gives frames, of what size and at which rate."""
    part = f"camera {camera.name}"
    try:
        text = _look(camera)
    except CityEdgeError as error:
        return _failed(part, error)
    if not camera.lines and not camera.zones:
        return Finding(
            part, "warning", text, "It has neither 'lines' nor 'zones': draw one, or nothing is counted."
        )
    return Finding(part, "ok", text)


def _look(camera: CameraSettings) -> str:
    source = open_source(camera.source, clock=SystemClock())
    text, times_s = f"{source.label}: no frame", list[float]()
    began_s = time.monotonic()
    try:
        for frame in source.frames():
            times_s.append(frame.time_s)
            text = f"{source.label}: {frame.width_px}x{frame.height_px}"
            if times_s[-1] - times_s[0] >= _LOOK_S or time.monotonic() - began_s > _LOOK_S + 1.0:
                break
    finally:
        source.close()
    if len(times_s) < 2:  # noqa: PLR2004 - one frame has no rate
        return text
    return f"{text}, {(len(times_s) - 1) / (times_s[-1] - times_s[0]):.3g} frames a second"


def check_broker(settings: GatewaySettings) -> list[Finding]:
    """Whether the broker lets us in, what it offers, and whether the cloud has been heard there."""
    broker = settings.broker
    # An id of its own: with the agent's, the broker would throw a running agent out.
    client_id = f"{settings.site}-{settings.gateway}-check"
    watermark = Address(broker.root, settings.site, settings.gateway).watermark
    wakeup = Wakeup()
    try:
        connection = Connection(broker, client_id=client_id)
    except CityEdgeError as error:
        wakeup.close()
        return [_failed("broker", error)]
    try:
        connection.open()
        return _interview(connection, wakeup, settings, watermark)
    except OSError as error:
        return [_unreachable(diagnosis.of_error(error, broker))]
    finally:
        connection.abandon()
        wakeup.close()


def _unreachable(why: Diagnosis) -> Finding:
    return Finding("broker", "error", why.what, why.cure)


def _interview(connection: Connection, wakeup: Wakeup, settings: GatewaySettings, watermark: str) -> list[Finding]:
    opened: Opened | None = None
    until_s = time.monotonic() + _BROKER_WITHIN_S
    answers: list[Event] = []
    while time.monotonic() < until_s:
        for event in connection.turn(0.2, wakeup):
            answers.append(event)
            if isinstance(event, Closed):
                return [_unreachable(event.why)]
            if isinstance(event, Opened):
                opened = event
                connection.subscribe(watermark)
            if isinstance(event, Subscribed):
                until_s = time.monotonic() + _WORD_WITHIN_S
    connection.close()
    if opened is None:
        return [_unreachable(diagnosis.of_silence(settings.broker))]
    return [_broker_finding(opened, settings), _cloud_finding(answers, watermark)]


def _broker_finding(opened: Opened, settings: GatewaySettings) -> Finding:
    broker = settings.broker
    secured = "TLS" if broker.tls else "no TLS"
    session = "an old session" if opened.session_present else "a new session"
    text = f"{broker.address}: MQTT 5, {secured}, receive maximum {opened.receive_maximum}, {session}"
    if broker.tls is None and broker.allow_plaintext:
        return Finding(
            "broker", "warning", text, "Anybody on that network can read and forge counts: set 'broker.tls'."
        )
    return Finding("broker", "ok", text)


def _cloud_finding(answers: list[Event], watermark: str) -> Finding:
    refused = next((answer.refused for answer in answers if isinstance(answer, Subscribed)), "no answer")
    if refused:
        cure = "Allow this client to read it in the broker's access rules: rows leave the outbox by it alone."
        return Finding("cloud", "error", f"the broker does not let us read {watermark}: {refused}", cure)
    if not any(isinstance(answer, Message) for answer in answers):
        cure = "Nothing to do before the first start; after it, start the collector: 'cityedge cloud run'."
        return Finding("cloud", "warning", "the cloud has not said yet what it has stored of this gateway", cure)
    return Finding("cloud", "ok", "the cloud says what it has stored of this gateway")
