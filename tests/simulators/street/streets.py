"""Streets, lines and actors that several tests use."""

from hypothesis import strategies as st

from simulators.street.actors import Actor
from simulators.street.camera import Camera, Ground, Share
from simulators.street.paths import Path

CAMERA = Camera()

shares = st.floats(0.02, 0.98)
points = st.builds(Share, shares, shares)
spots = st.builds(CAMERA.ground, st.builds(Share, st.floats(-0.3, 1.3), st.floats(0.1, 1.1)))


@st.composite
def paths(draw: st.DrawFn) -> Path:
    """Ways of two to five points, no leg shorter than a hand."""
    chosen: list[Ground] = []
    for spot in draw(st.lists(spots, min_size=2, max_size=5)):
        if not chosen or abs(spot.x_m - chosen[-1].x_m) + abs(spot.depth_m - chosen[-1].depth_m) > 0.1:
            chosen.append(spot)
    if len(chosen) < 2:
        chosen.append(Ground(chosen[0].x_m + 5, chosen[0].depth_m))
    return Path(tuple(chosen), draw(st.floats(0, 20)), draw(st.floats(0.5, 10)))


def walker(path: Path, number: int = 1) -> Actor:
    """A person on a path."""
    return Actor(number, "person", path, look_seed=3)


def straight(start: Share, end: Share, *, seconds: float = 10.0, start_s: float = 0.0) -> Path:
    """A path between two points of the picture that takes a given time."""
    ends = (CAMERA.ground(start), CAMERA.ground(end))
    length_m = ((ends[0].x_m - ends[1].x_m) ** 2 + (ends[0].depth_m - ends[1].depth_m) ** 2) ** 0.5
    return Path(ends, start_s, length_m / seconds)
