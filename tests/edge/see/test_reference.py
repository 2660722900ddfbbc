"""A reference knows a view again, and shows nobody: neither brightness nor colour can be read from it."""

import msgspec
import numpy as np
import pytest

from edge.see import Eye, Reference
from edge.settings import SeeSettings
from tests.edge.see.scenes import Shown, changes


def learnt(shown: list[Shown]) -> Reference:
    eye = Eye(SeeSettings(), None)
    changes(eye, shown)
    assert eye.reference is not None
    return eye.reference


def test_a_picture_and_its_negative_have_one_reference(later: list[Shown]) -> None:
    negative = [(time_s, 255 - picture) for time_s, picture in later]

    one, other = learnt(later), learnt(negative)

    assert np.abs(np.array(one.structure) - np.array(other.structure)).max() <= 1
    assert one.detail == pytest.approx(other.detail, abs=1.0)


def test_who_passes_leaves_no_trace(later: list[Shown]) -> None:
    """Somebody crosses the picture within half a minute: in no place for long enough."""
    crossed = []
    for time_s, picture in later:
        seen = picture.copy()
        left = int(time_s / 30 * 380)
        seen[100:220, left : left + 30] = (20, 20, 220)
        crossed.append((time_s, seen))

    one, other = np.array(learnt(later).structure), np.array(learnt(crossed).structure)

    assert np.abs(one - other).max() <= 12
    assert np.abs(one - other).mean() < 0.5


def test_a_reference_is_a_few_coarse_numbers(plaza_reference: Reference) -> None:
    assert len(plaza_reference.structure) == 2 * 24 * 32
    assert len(plaza_reference.detail) == 12 * 16
    assert len(msgspec.json.encode(plaza_reference)) < 10_000


def test_a_reference_of_another_size_is_refused(plaza_reference: Reference) -> None:
    with pytest.raises(ValueError, match="structure: needs 1536 numbers, got 3"):
        msgspec.structs.replace(plaza_reference, structure=(1, 2, 3))
