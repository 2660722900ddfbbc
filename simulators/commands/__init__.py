"""The verbs of ``cityedge sim``, one module each."""
