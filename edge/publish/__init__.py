"""From the outbox to the broker: rows go out over MQTT and leave the outbox when the cloud stored them."""
