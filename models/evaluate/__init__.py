"""How well a detector sees: average precision against boxes that people drew."""
