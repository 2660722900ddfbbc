"""Draws what was counted onto the pictures that it was counted in, for people to check with their own eyes."""

from edge.annotate.video import AnnotatedVideo

__all__ = ["AnnotatedVideo"]
