"""The gateway agent: cameras in, counts out, nothing lost on the way."""
