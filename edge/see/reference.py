"""What a camera's picture is like when all is well: where its edges run, how rich and how sharp it is."""

from typing import Annotated, Final

from msgspec import Meta, Struct

VERSION: Final = 1
STRUCTURE_ROWS: Final = 24
STRUCTURE_COLUMNS: Final = 32
_STRUCTURE: Final = 2 * STRUCTURE_ROWS * STRUCTURE_COLUMNS
_CELLS: Final = 12 * 16


class Reference(Struct, frozen=True, kw_only=True):
    """Coarse descriptors of a camera's picture; the median over half a minute, so that passers-by average out.

    It cannot be turned back into a picture: it holds no brightness and no colour of any place, only how much
    edge there is in a cell of a thirty-second of the picture and which way it runs on average, not even which
    side of it is the brighter one.

    Attributes:
        version: Of this format.
        structure: Direction of the edges, from -127 to 127: for 24 rows of 32 cells how much more they run down
            than across, and then as many values for the diagonals.
        detail: How much there is to see in 12 rows of 16 cells, grey levels from spot to spot; 0 under a mask.
        sharpness: How steep the steepest edges are, compared with the same edges seen coarsely; 0 where there
            were too few edges to tell.
        silence: How often next to nothing stirred from one look to the next, as share of the looks.
        learnt_s: Over how long it was learnt, scene time.
    """

    version: Annotated[int, Meta(ge=1)] = VERSION
    structure: tuple[Annotated[int, Meta(ge=-127, le=127)], ...]
    detail: tuple[Annotated[float, Meta(ge=0, le=510)], ...]
    sharpness: Annotated[float, Meta(ge=0)]
    silence: Annotated[float, Meta(ge=0, le=1)]
    learnt_s: Annotated[float, Meta(ge=0)]

    def __post_init__(self) -> None:
        for name, values, count in (("structure", self.structure, _STRUCTURE), ("detail", self.detail, _CELLS)):
            if len(values) != count:
                raise ValueError(f"{name}: needs {count} numbers, got {len(values)}")
