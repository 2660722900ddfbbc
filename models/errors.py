"""The error tree of ``models``.

::

    CityEdgeError
    └── ModelError              whatever is wrong with a detector
        ├── UnknownModelError   no card of that name
        ├── ModelMissingError   the card is there, the file is not: fetch it
        ├── ModelRefusedError   the file does not fit its card (hash, shape, licence, golden outputs)
        ├── FetchError          the file could not be fetched; trying again may help
        ├── ConversionError     the source graph has something that the converter does not know (models/convert)
        ├── TruthError          what a detector or a count shall be judged by cannot be read
    └── ScoringError        the library that scores tracks is missing, or failed
"""

from cityedge.errors import CityEdgeError


class ModelError(CityEdgeError):
    """Something is wrong with a detector."""


class UnknownModelError(ModelError):
    """No card has that name."""


class ModelMissingError(ModelError):
    """The model's file is not on this machine."""


class ModelRefusedError(ModelError):
    """The model's file does not fit its card."""


class FetchError(ModelError):
    """The model's file could not be fetched."""


class TruthError(ModelError):
    """Pictures or truth to judge a detector or a count by cannot be read."""


class ScoringError(ModelError):
    """The library that scores tracks is missing, or failed."""
