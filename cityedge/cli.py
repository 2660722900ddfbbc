"""The ``cityedge`` command: finds the side and the verb, and imports only what that verb needs."""

import argparse
import importlib
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final, Protocol, cast

from cityedge import __version__
from cityedge.errors import CityEdgeError
from cityedge.wording import nearest


@dataclass(frozen=True)
class Verb:
    """One verb of the command.

    Attributes:
        module: Dotted name of the module that does it; imported when the verb is used.
        summary: One line for ``--help``.
    """

    module: str
    summary: str


class VerbModule(Protocol):
    """What a verb's module offers."""

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Declare the verb's arguments."""

    def run(self, args: argparse.Namespace) -> int:
        """Do it. Returns 0 (ok) or 1 (a problem was found); raises CityEdgeError for what stops it."""
        ...


# The sides are named, not imported: this package depends on none of them.
_SIDES: Final[Mapping[str, Verb]] = {
    "edge": Verb("edge.cli", "the gateway: cameras in, counts out"),
    "cloud": Verb("cloud.cli", "the operations centre: collect, store, show"),
    "models": Verb("models.cli", "detectors: list, fetch, check, measure"),
    "sim": Verb("simulators.cli", "simulators with known truth"),
    "config": Verb("cityedge.config_cli", "configuration files: samples, schema, check"),
}
_VERBS: Final[Mapping[str, Verb]] = {
    "demo": Verb("simulators.demo", "a whole city on this machine: street, gateway, operations centre"),
}
_EXTRA_OF: Final[Mapping[str, str]] = {
    "edge": "edge",
    "models": "edge",
    "cloud": "cloud",
    "simulators": "sim",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command.

    Args:
        argv: The words after the command's name; those of the process where None.

    Returns:
        0 ok, 1 a problem was found, 2 the command was called wrongly, 130 it was interrupted.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    try:
        code = _run(words)
        sys.stdout.flush()
    except CityEdgeError as error:
        print(f"cityedge: {error.message}", file=sys.stderr)
        if error.cure:
            print(f"  → {error.cure}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("cityedge: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) left: nothing is wrong with us. What is still buffered must
        # go somewhere, or Python complains when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


def _run(words: Sequence[str]) -> int:
    if words[:1] == ["--version"]:
        print(f"cityedge {__version__}")
        return 0
    if not words or words[0] not in _SIDES:
        return dispatch("cityedge", _VERBS, words, sides=_SIDES)
    side = _SIDES[words[0]]
    with _advice(side.module):
        verbs = cast("Mapping[str, Verb]", vars(importlib.import_module(side.module))["VERBS"])
    return dispatch(f"cityedge {words[0]}", verbs, words[1:])


def dispatch(
    prog: str,
    verbs: Mapping[str, Verb],
    words: Sequence[str],
    *,
    sides: Mapping[str, Verb] | None = None,
) -> int:
    """Run the verb that the first word names.

    Args:
        prog: How the command is called so far, for ``--help``.
        verbs: The verbs by name.
        words: What was typed after ``prog``.
        sides: Groups of verbs to list in ``--help`` beside the verbs.

    Returns:
        The verb's exit code; 2 where there is no such verb.

    Raises:
        CityEdgeError: The verb says so, or what it needs is not installed.
    """
    if not words or words[0] not in verbs:
        _print_help(prog, {**(sides or {}), **verbs}, words)
        return 0 if words[:1] in (["-h"], ["--help"]) else 2
    verb = verbs[words[0]]
    with _advice(verb.module):
        module = cast("VerbModule", importlib.import_module(verb.module))
        parser = argparse.ArgumentParser(f"{prog} {words[0]}", description=verb.summary)
        module.add_arguments(parser)
        return module.run(parser.parse_args(words[1:]))


@contextmanager
def _advice(module: str) -> Iterator[None]:
    """Turn a missing extra into advice."""
    try:
        yield
    except ModuleNotFoundError as error:
        extra = _EXTRA_OF.get(module.partition(".")[0])
        missing = (error.name or "").partition(".")[0]
        if extra is None or missing in _EXTRA_OF:
            raise
        raise CityEdgeError(
            f"this command needs the Python package '{missing}', which is not installed",
            cure=f"Install the extra that brings it: pip install 'cityedge[{extra}]'",
        ) from error


def _print_help(prog: str, verbs: Mapping[str, Verb], words: Sequence[str]) -> None:
    asked = bool(words) and words[0] in {"-h", "--help"}
    stream = sys.stdout if asked else sys.stderr
    if words and not asked:
        print(f"{prog}: there is no verb '{words[0]}'; {nearest(words[0], list(verbs))}", file=stream)
    print(f"usage: {prog} VERB …\n", file=stream)
    width = max(map(len, verbs))
    for name, verb in verbs.items():
        print(f"  {name:<{width}}  {verb.summary}", file=stream)
    print(f"\n'{prog} VERB --help' says more.", file=stream)
