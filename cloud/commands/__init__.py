"""The verbs of ``cityedge cloud``, one module each."""
