"""A gateway.yaml with one camera, of which only the lines that a test is about are written."""

import textwrap
from typing import Final

import pytest

from cityedge.errors import ConfigError
from cityedge.settings import parse
from edge.settings import CameraSettings, GatewaySettings

_HEAD: Final = """\
site: hanoi
gateway: gw1
cameras:
  - name: street
    source: {url: street.mp4}
"""
FIRST_LINE: Final = _HEAD.count("\n") + 1
"""The line of the file in which what a test writes begins."""


def camera(lines: str) -> CameraSettings:
    """The camera, with these lines of YAML among its keys."""
    text = _HEAD + textwrap.indent(textwrap.dedent(lines).strip("\n"), "    ") + "\n"
    return parse(text, GatewaySettings, name="gateway.yaml").cameras[0]


def refusal(lines: str) -> str:
    """What is said of the only thing that is wrong with these lines."""
    with pytest.raises(ConfigError) as caught:
        camera(lines)
    (problem,) = caught.value.problems
    return problem
