"""The cloud side: collect without losing one message, store, answer, show."""
