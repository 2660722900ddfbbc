"""Detectors: their cards, how they are fetched, checked, converted, run and measured."""
