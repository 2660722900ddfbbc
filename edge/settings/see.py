"""When a camera counts as unable to see."""

from typing import Annotated, Literal, TypeAlias

from msgspec import Meta, Struct

from edge.settings.names import check_unique

Impairment: TypeAlias = Literal["frozen", "dark", "covered", "defocused", "moved"]
"""What the pictures themselves can show to be wrong; that a camera is offline shows in there being none."""


class SeeSettings(Struct, frozen=True, kw_only=True):
    """How the camera's sight is judged.

    Attributes:
        confirm_s: How long it must look impaired before it counts as such; a cover and a frozen picture take
            longer, since a bus may pass and a street may be still.
        clear_s: How long it must look well again before that is over.
        ignore: What is not judged: ``moved`` for a camera that is turned by remote control.
    """

    confirm_s: Annotated[float, Meta(ge=0, le=600)] = 3.0
    clear_s: Annotated[float, Meta(ge=0, le=600)] = 5.0
    ignore: tuple[Impairment, ...] = ()

    def __post_init__(self) -> None:
        check_unique("ignore", list(self.ignore))
