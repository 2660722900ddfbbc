"""The demo's city: the product's own processes, started and stopped in order, and their figures."""
