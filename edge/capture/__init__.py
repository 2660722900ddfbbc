"""Gets frames out of cameras, video files and folders of pictures, stamped with when they were captured."""

from edge.capture.mailbox import Mailbox
from edge.capture.opening import open_source
from edge.capture.reader import CameraReader, ReaderState
from edge.capture.source import CaptureCounters, Source

__all__ = ["CameraReader", "CaptureCounters", "Mailbox", "ReaderState", "Source", "open_source"]
