"""Opens whatever a source's settings name."""

import threading
from collections.abc import Sequence

from cityedge.clock import Clock
from edge.capture.address import read_address
from edge.capture.live import LiveSource
from edge.capture.recorded import RecordedSource
from edge.capture.recording import PictureFolder, Recording, VideoFile
from edge.capture.source import Source
from edge.settings import MaskSettings, SourceSettings


def open_source(
    settings: SourceSettings,
    *,
    clock: Clock,
    max_fps: float | None = None,
    masks: Sequence[MaskSettings] = (),
    start_unix_s: float | None = None,
    stop: threading.Event | None = None,
) -> Source:
    """Open a camera, a video file or a folder of pictures.

    Args:
        settings: Where it is and how to play it.
        clock: Stamps live frames and paces recorded ones.
        max_fps: Frames beyond this rate are left out before anything is spent on them; ``None``: none are.
        masks: Parts of the picture that are black in whatever its frames give out.
        start_unix_s: Capture time of the first frame of a recording played ``fast``; ``None``: now.
        stop: Gives up waiting for a camera when it is set.

    Returns:
        The source; close it.

    Raises:
        SourceMissingError: It is not there, refuses, or holds no video; the message says which.
        SourceEndedError: ``stop`` was set while a camera was being waited for.
        SourceError: The settings cannot be followed.
    """
    address = read_address(settings)
    if address.live:
        return LiveSource(
            address,
            timeout_s=settings.timeout_s,
            clock=clock,
            max_fps=max_fps,
            masks=masks,
            stop=stop,
        )
    recording: Recording
    if address.kind == "folder":
        recording = PictureFolder(address, true_fps=settings.fps)
    else:
        recording = VideoFile(address, ahead=settings.pace == "fast")
    return RecordedSource(
        recording,
        label=address.label,
        settings=settings,
        clock=clock,
        max_fps=max_fps,
        masks=masks,
        start_unix_s=start_unix_s,
    )
