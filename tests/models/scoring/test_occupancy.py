"""How many were in a zone, counted beside true."""

import pytest

from models.scoring.occupancy import ZoneUse, compare


def test_the_mean_is_compared_by_zone_and_class() -> None:
    true = {"plaza": {"person": ZoneUse(5.63, 8), "car": ZoneUse(0.0, 0)}, "elsewhere": {"person": ZoneUse(1.0)}}
    counted = {"plaza": {"person": ZoneUse(5.9, 9, 25, 25), "car": ZoneUse(0.0, 0), "bus": ZoneUse(1.0)}}

    (one,) = compare(true, counted)

    assert (one.zone, one.class_) == ("plaza", "person")
    assert one.error == pytest.approx(0.27)


def test_a_class_that_was_not_counted_was_not_seen() -> None:
    (one,) = compare({"plaza": {"person": ZoneUse(2.0)}}, {"plaza": {}})

    assert one.error == -2.0
