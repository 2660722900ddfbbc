"""The gateway's configuration, ``gateway.yaml``: parsed once, strictly, into frozen types."""

from edge.settings.alarms import (
    AlarmSettings,
    CrowdingAlarm,
    Hours,
    IntrusionAlarm,
    StoppedVehicleAlarm,
    WrongWayAlarm,
)
from edge.settings.camera import CameraSettings, SourceSettings
from edge.settings.gateway import GatewaySettings, OutboxSettings
from edge.settings.places import CalibrationSettings, HeatSettings, LineSettings, MaskSettings, ZoneSettings
from edge.settings.points import Point
from edge.settings.see import SeeSettings

__all__ = [
    "AlarmSettings",
    "CalibrationSettings",
    "CameraSettings",
    "CrowdingAlarm",
    "GatewaySettings",
    "HeatSettings",
    "Hours",
    "IntrusionAlarm",
    "LineSettings",
    "MaskSettings",
    "OutboxSettings",
    "Point",
    "SeeSettings",
    "SourceSettings",
    "StoppedVehicleAlarm",
    "WrongWayAlarm",
    "ZoneSettings",
]
