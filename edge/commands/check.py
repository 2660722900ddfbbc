"""``cityedge edge check``: find out what a configuration still needs before it is run."""

import argparse
import dataclasses
import json
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from cityedge.errors import ConfigError
from cityedge.settings import load
from edge.commands.findings import Finding, check_broker, check_camera, check_model, check_rules, check_state_dir
from edge.see import ReferenceFile
from edge.settings import GatewaySettings

_MARKS: Final = {"ok": "ok     ", "warning": "WARNING", "error": "ERROR  "}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    add = parser.add_argument
    add("config", type=Path, metavar="CONFIG", help="gateway.yaml")
    add("--offline", action="store_true", help="leave out what needs a network or a camera")
    add("--json", action="store_true", help="for programs: {file, ok, findings: [{part, state, text, cure}]}")


def run(args: argparse.Namespace) -> int:
    """Check it. Returns 1 where something is wrong; warnings alone are no reason."""
    findings = find(args.config, offline=args.offline)
    ok = all(finding.state != "error" for finding in findings)
    if args.json:
        listed = [dataclasses.asdict(finding) for finding in findings]
        print(json.dumps({"file": str(args.config), "ok": ok, "findings": listed}))
    else:
        print("\n".join(_lines(findings)))
    return 0 if ok else 1


def find(config: Path, *, offline: bool) -> list[Finding]:
    """Everything that can be found out.

    Args:
        config: The gateway's configuration.
        offline: Leave out cameras and broker.

    Returns:
        The findings, in the order of the flow; only those about the file where it cannot be read.
    """
    try:
        settings = load(config, GatewaySettings)
    except ConfigError as error:
        return [Finding("config", "error", problem, "Correct the file.") for problem in error.problems]
    whose = f"{settings.site}/{settings.gateway}"
    findings = [Finding("config", "ok", f"{config}: {whose}, {len(settings.cameras)} cameras")]
    if not settings.cameras:
        findings = [Finding("config", "warning", f"{config}: {whose} has no camera", "Add one under 'cameras'.")]
    findings += check_rules(settings)
    findings += [check_model(settings), check_state_dir(settings)]
    if offline:
        return findings
    references = ReferenceFile.of(settings.state_dir)
    with ThreadPoolExecutor(max(1, len(settings.cameras))) as pool:
        for found in pool.map(lambda camera: check_camera(camera, references), settings.cameras):
            findings += found
    return findings + check_broker(settings)


def _lines(findings: Iterable[Finding]) -> Iterable[str]:
    for finding in findings:
        yield f"{_MARKS[finding.state]} {finding.part}: {finding.text}"
        if finding.cure:
            yield f"          → {finding.cure}"
