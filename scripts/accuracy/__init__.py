"""``make accuracy``: the simulated street counted by the real pipeline, every miss explained."""
