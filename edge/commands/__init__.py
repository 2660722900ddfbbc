"""The verbs of ``cityedge edge``, one module each."""
