"""How well CityEdge counts and follows: its tracks, crossings and occupancy beside the truth.

It reads what ``cityedge edge count`` wrote and what is known to be true, and imports nothing of the gateway:
a judge that shared code with what it judges would share its mistakes.
"""
