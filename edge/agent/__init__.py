"""The agent: wires all stages of the gateway, supervises their threads, and stops them in order."""
