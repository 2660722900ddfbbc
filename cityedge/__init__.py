"""What every side of CityEdge shares: wire messages, topics, configuration, clock, errors, the command."""

__version__ = "0.1.0"
