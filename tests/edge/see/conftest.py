import pytest

from edge.see import Eye, Reference
from edge.settings import SeeSettings
from tests.edge.see.scenes import Shown, plaza


@pytest.fixture(scope="session")
def plaza_reference() -> Reference:
    """Learnt from the first half minute of the plaza."""
    eye = Eye(SeeSettings(), None)
    for time_s, picture in plaza(until_s=40):
        eye.look(picture, time_s)
    assert eye.reference is not None
    return eye.reference


@pytest.fixture(scope="session")
def later() -> list[Shown]:
    """45 seconds of the plaza from later on, three and a half pictures a second."""
    return [(time_s - 50, picture) for time_s, picture in plaza(fps=3.5, until_s=95) if time_s >= 50]
