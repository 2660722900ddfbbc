"""Places beneath a camera's own masks: how much of each."""

import pytest

from edge.commands.findings import check_rules
from edge.commands.hidden import hidden_shares
from edge.settings import CameraSettings, GatewaySettings, LineSettings, MaskSettings, SourceSettings, ZoneSettings

LEFT = MaskSettings(name="left", points=((0.0, 0.0), (0.4, 0.0), (0.4, 1.0), (0.0, 1.0)))
EVERYTHING = MaskSettings(name="all", points=((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0)))


def camera(*masks: MaskSettings) -> CameraSettings:
    return CameraSettings(
        name="cam",
        source=SourceSettings(url="none"),
        masks=masks,
        lines=(
            LineSettings(name="across", points=((0.0, 0.5), (1.0, 0.5))),
            LineSettings(name="hidden", points=((0.1, 0.2), (0.3, 0.5), (0.1, 0.8))),
        ),
        zones=(ZoneSettings(name="right", points=((0.6, 0.1), (0.9, 0.1), (0.9, 0.9), (0.6, 0.9))),),
    )


def test_each_place_has_its_share() -> None:
    assert hidden_shares(camera(LEFT)) == pytest.approx(
        {"line 'across'": 0.4, "line 'hidden'": 1.0, "zone 'right'": 0.0, "the picture": 0.4}, abs=0.01
    )


def test_without_masks_nothing_is_hidden() -> None:
    assert hidden_shares(camera()) == {}


@pytest.mark.parametrize(
    ("mask", "said"),
    [
        pytest.param(LEFT, ["100% of line 'hidden'"], id="one line"),
        pytest.param(
            EVERYTHING,
            [f"100% of {place}" for place in ("line 'across'", "line 'hidden'", "zone 'right'", "the picture")],
            id="everything",
        ),
    ],
)
def test_a_check_warns_of_what_lies_beneath_masks(mask: MaskSettings, said: list[str]) -> None:
    findings = check_rules(GatewaySettings(site="site", gateway="gw", cameras=(camera(mask),)))
    assert [finding.text for finding in findings] == [
        f"camera 'cam': {text} lies beneath its masks" for text in said
    ]
    assert {finding.state for finding in findings} == {"warning"}
