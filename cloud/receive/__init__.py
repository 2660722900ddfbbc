"""From the broker to the collector: an MQTT session that forgets nothing, and acknowledgement after the work."""
