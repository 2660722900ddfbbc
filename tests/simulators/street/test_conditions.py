"""How conditions are written down."""

import pytest

from cityedge import settings
from cityedge.errors import ConfigError
from simulators.street.conditions import Conditions, Covered, Offline, Sun


def parsed(text: str) -> Conditions:
    return settings.parse(text, Conditions, name="x.yaml")


def test_who_says_nothing_gets_a_dry_cloudy_day_and_a_sound_camera() -> None:
    assert parsed("{}") == Conditions()


def test_conditions_and_faults_are_read_from_yaml() -> None:
    conditions = parsed(
        """
        light: dusk
        sun: {elevation_deg: 12, azimuth_deg: 250}
        faults:
          - {kind: covered, from_s: 60, to_s: 90, share: 0.8, cover: bag}
          - {kind: offline, from_s: 95, to_s: 96}
        """
    )
    assert conditions.sun == Sun(12, 250)
    assert conditions.faults == (Covered(60, 90, share=0.8, cover="bag"), Offline(95, 96))


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        pytest.param("rain: 2", "x.yaml:1: rain: needs a number <= 1", id="more rain than there is"),
        pytest.param("rian: 1", "did you mean 'rain'", id="misspelt key"),
        pytest.param(
            "{light: night, sun: {elevation_deg: 9, azimuth_deg: 9}}", "sun: does not shine", id="sun at night"
        ),
        pytest.param("faults: [{kind: frozn, from_s: 1, to_s: 2}]", "did you mean 'frozen'", id="misspelt fault"),
        pytest.param(
            "faults: [{kind: dark, from_s: 3, to_s: 2}]", "cannot end at 2 s", id="ends before it begins"
        ),
        pytest.param(
            "faults: [{kind: dark, from_s: 1, to_s: 2, blur_px: 2}]", "blur_px", id="key of another fault"
        ),
        pytest.param(
            "faults: [{kind: moved, from_s: 1, to_s: 2}]", "needs x, y, rotation_deg or zoom", id="moved nowhere"
        ),
    ],
)
def test_what_cannot_be_is_refused_by_name(text: str, complaint: str) -> None:
    with pytest.raises(ConfigError, match=complaint):
        parsed(text)
