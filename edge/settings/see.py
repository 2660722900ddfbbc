"""When a camera counts as unable to see."""

from typing import Annotated

from msgspec import Meta, Struct


class SeeSettings(Struct, frozen=True, kw_only=True):
    """How the camera's sight is judged.

    Attributes:
        confirm_s: How long it must look impaired before it counts as such.
        clear_s: How long it must look well again before that is over.
    """

    confirm_s: Annotated[float, Meta(ge=0, le=600)] = 3.0
    clear_s: Annotated[float, Meta(ge=0, le=600)] = 5.0
