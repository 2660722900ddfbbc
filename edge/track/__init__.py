"""Detections of consecutive frames to objects that keep their identity. Pure code: no I/O, no clock."""
