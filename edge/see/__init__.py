"""Judges from its pictures whether a camera can see: dark, covered, defocused, moved, frozen."""

from edge.see.eye import Eye
from edge.see.reference import Reference
from edge.see.reference_file import ReferenceFile

__all__ = ["Eye", "Reference", "ReferenceFile"]
