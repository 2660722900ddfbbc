"""Crossings and zone use to window summaries. Pure code: no I/O, no clock."""
