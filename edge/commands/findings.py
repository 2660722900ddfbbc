"""What ``cityedge edge check`` finds out, one function per part of the gateway; each says what to do."""

import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import msgspec

from cityedge.clock import SystemClock
from cityedge.errors import CityEdgeError, ConfigError
from edge.capture import open_source
from edge.commands.hidden import hidden_shares
from edge.health import read_machine
from edge.publish import diagnosis
from edge.publish.connection import Closed, Connection, Event, Message, Opened, Subscribed
from edge.publish.diagnosis import Diagnosis
from edge.publish.session import Address
from edge.publish.wakeup import Wakeup
from edge.rules import UNIT, Rules
from edge.see import Eye, Reference, ReferenceFile
from edge.settings import CameraSettings, GatewaySettings
from edge.types import Sight
from models.detector import Detector

State = Literal["ok", "warning", "error"]

_LOOK_S: Final = 2.0
"""How long a camera is watched to tell its rate."""
_LOOK_AT_PX: Final = 416
"""How wide its pictures are made to judge them, about as for the detector."""
_HIDDEN: Final = 0.5
"""Share of a line, a zone or the picture from which masks are taken to be drawn by mistake."""
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


def check_rules(settings: GatewaySettings) -> list[Finding]:
    """Whether all that is to be counted can be: what is wrong with it that no single key shows."""
    findings = []
    for camera in settings.cameras:
        try:
            Rules(camera, UNIT)
        except ConfigError as error:
            cure = "Correct the file: what is measured on the ground must lie below the horizon."
            findings.append(Finding("config", "error", error.message, cure))
        for place, share in hidden_shares(camera).items():
            if share >= _HIDDEN:
                text = f"camera '{camera.name}': {share:.0%} of {place} lies beneath its masks"
                cure = "Nobody is seen there: make 'masks' smaller, or draw it elsewhere."
                findings.append(Finding("config", "warning", text, cure))
    return findings


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


def check_camera(camera: CameraSettings, references: ReferenceFile) -> list[Finding]:
    """Whether a camera gives frames, of what size and at which rate, and how it sees.

    Args:
        camera: Its settings.
        references: Where cameras keep how they looked when they were installed.
    """
    part = f"camera {camera.name}"
    try:
        reference = references.read(camera.name)
        look = _look(camera, reference)
    except CityEdgeError as error:
        return [_failed(part, error)]
    if not camera.lines and not camera.zones:
        cure = "It has neither 'lines' nor 'zones': draw one, or nothing is counted."
        return [Finding(part, "warning", look.text, cure), *_sight_findings(camera, reference, look)]
    return [Finding(part, "ok", look.text), *_sight_findings(camera, reference, look)]


@dataclass(frozen=True)
class _Look:
    """What a few frames show: of what size and rate they are, and how the camera sees."""

    text: str
    sight: Sight | None


def _look(camera: CameraSettings, reference: Reference | None) -> _Look:
    at_once = msgspec.structs.replace(camera.see, confirm_s=0.0, clear_s=0.0)
    eye, sight = Eye(at_once, reference, masks=camera.masks), None
    source = open_source(camera.source, clock=SystemClock(), masks=camera.masks)
    text, times_s = f"{source.label}: no frame", list[float]()
    began_s = time.monotonic()
    try:
        for frame in source.frames():
            times_s.append(frame.time_s)
            text = f"{source.label}: {frame.width_px}x{frame.height_px}"
            height_px = max(1, round(_LOOK_AT_PX * frame.height_px / frame.width_px))
            sight = eye.look(frame.bgr(_LOOK_AT_PX, height_px), frame.time_s)
            if times_s[-1] - times_s[0] >= _LOOK_S or time.monotonic() - began_s > _LOOK_S + 1.0:
                break
    finally:
        source.close()
    if len(times_s) > 1:
        text += f", {(len(times_s) - 1) / (times_s[-1] - times_s[0]):.3g} frames a second"
    return _Look(text, sight)


def _sight_findings(camera: CameraSettings, reference: Reference | None, look: _Look) -> list[Finding]:
    if look.sight is None:
        return []
    part = f"sight {camera.name}"
    known = "there is a reference of how it was installed"
    if reference is None:
        known = "there is no reference of how it was installed yet: the agent makes one when it sees well"
    if look.sight.state == "ok":
        return [Finding(part, "ok", f"it sees well; {known}")]
    cure = "Look at its picture, and clean, light or turn it."
    if look.sight.state == "moved":
        cure = "Turn it back; or, if it is to look there, draw its lines anew, and: cityedge edge reference CONFIG"
    return [Finding(part, "warning", f"{look.sight.state}: {look.sight.text}; {known}", cure)]


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
