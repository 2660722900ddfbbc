"""A yes or no that does not flap."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from edge.count.latch import Latch


def believed(sights: str, *, after_s: float = 2.0, clear_s: float = 2.0, dt_s: float = 0.5) -> str:
    """What is believed frame by frame, ``x`` for yes and ``.`` for no, of what is seen."""
    latch = Latch(after_s=after_s, clear_s=clear_s)
    out = ""
    for index, sight in enumerate(sights):
        was = latch.on
        changed = latch.update(so=sight == "x", time_s=index * dt_s)
        assert changed == (latch.on != was)
        out += "x" if latch.on else "."
    return out


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        pytest.param("..xxxxxx", "......xx", id="lasts long enough"),
        pytest.param("..xxxx....", "..........", id="does not last"),
        pytest.param("..xx.xx.xxx", "......xxxxx", id="a short interruption does not count"),
        pytest.param("..xx..xx..xx..", "..............", id="a longer interruption begins anew"),
        pytest.param("xxxxxx....", "....xxxxxx", id="not over before it has not been for long enough"),
        pytest.param("xxxxxx......", "....xxxxxx..", id="over"),
        pytest.param("xxxxxx...x....x", "....xxxxxxxxxxx", id="any sight puts off the end"),
    ],
)
def test_beliefs(seen: str, expected: str) -> None:
    assert believed(seen) == expected


def test_with_no_time_to_wait_it_is_believed_at_once() -> None:
    assert believed("x.x..x", after_s=0.0, clear_s=0.0) == "x.x..x"


sights = st.text("x.", max_size=80)


@given(sights)
def test_changes_are_at_least_as_far_apart_as_they_must_last(seen: str) -> None:
    line = believed(seen)
    changes = [index for index in range(1, len(line)) if line[index] != line[index - 1]]
    assert all(after - before >= 4 for before, after in pairwise(changes))


@given(sights)
def test_a_change_is_to_what_is_seen_at_that_moment(seen: str) -> None:
    line = believed(seen)
    assert all(line[i] == seen[i] for i in range(1, len(line)) if line[i] != line[i - 1])
