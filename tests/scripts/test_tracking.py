"""The comparison of trackers: what is asked for on the command line."""

import argparse
from pathlib import Path

import pytest

from scripts.accuracy.tracking import Shot


@pytest.mark.parametrize(
    ("text", "shot"),
    [
        pytest.param("a.mp4=a.txt", Shot(Path("a.mp4"), Path("a.txt")), id="as fast as it says"),
        pytest.param("a.avi=b.txt@3.5", Shot(Path("a.avi"), Path("b.txt"), 3.5), id="a rate of its own"),
    ],
)
def test_a_film_is_named_with_its_truth(text: str, shot: Shot) -> None:
    assert Shot.parse(text) == shot


def test_a_film_without_truth_is_refused() -> None:
    with pytest.raises(argparse.ArgumentTypeError, match="VIDEO=TRUTH"):
        Shot.parse("a.mp4")
