"""What holds for all tests."""

from hypothesis import settings

# A loaded machine is no failing rule: examples may take their time, the whole test may not (pytest-timeout).
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
