"""One module per verb of ``cityedge models``."""
