"""Simulators with known truth: they test the real detector, the real protocols and the real stores."""
