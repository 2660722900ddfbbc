"""A street with known truth: who passes, what it looks like, and what a perfect counter would have counted."""
