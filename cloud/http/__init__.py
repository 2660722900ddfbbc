"""The HTTP API, and the one server that carries it and the operations centre."""
