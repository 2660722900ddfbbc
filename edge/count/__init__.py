"""Tracked objects to crossings and zone use. Pure code: no I/O, no clock."""
