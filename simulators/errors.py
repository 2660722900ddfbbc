"""The error tree of ``simulators``.

::

    CityEdgeError
    └── SimulatorError          a simulator cannot do what it was asked to
        ├── OutputError         a file cannot be written: a full disk, a folder that is not there
        └── AddressError        an address cannot be listened on
"""

from cityedge.errors import CityEdgeError


class SimulatorError(CityEdgeError):
    """A simulator cannot do what it was asked to."""


class OutputError(SimulatorError):
    """A file cannot be written."""


class AddressError(SimulatorError):
    """An address cannot be listened on."""
