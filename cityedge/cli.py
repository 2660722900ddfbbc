"""The ``cityedge`` command: finds the side and the verb, and imports only what that verb needs."""

import argparse
import importlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol, cast

from cityedge import __version__
from cityedge.errors import CityEdgeError


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
        0 ok, 1 a problem was found, 2 the command was called wrongly.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["--version"]:
        print(f"cityedge {__version__}")
        return 0
    if words and words[0] in _SIDES:
        return _guarded(lambda: _run_side(words[0], words[1:]))
    return dispatch("cityedge", _VERBS, words, sides=_SIDES)


def _run_side(name: str, words: Sequence[str]) -> int:
    verbs = cast("Mapping[str, Verb]", vars(_load(_SIDES[name].module))["VERBS"])
    return dispatch(f"cityedge {name}", verbs, words)


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
    """
    if not words or words[0] in {"-h", "--help"} or words[0] not in verbs:
        _print_help(prog, {**(sides or {}), **verbs}, words)
        return 0 if words[:1] and words[0] in {"-h", "--help"} else 2
    verb = verbs[words[0]]

    def call() -> int:
        module = cast("VerbModule", _load(verb.module))
        parser = argparse.ArgumentParser(f"{prog} {words[0]}", description=verb.summary)
        module.add_arguments(parser)
        return module.run(parser.parse_args(words[1:]))

    return _guarded(call)


def _guarded(call: "_Call") -> int:
    try:
        return call()
    except CityEdgeError as error:
        print(f"cityedge: {error.message}", file=sys.stderr)
        if error.cure:
            print(f"  → {error.cure}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        print("cityedge: stopped", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # The reader of our output (head, less) left: nothing is wrong with us.
        sys.stderr.close()
        return 0


class _Call(Protocol):
    def __call__(self) -> int: ...


def _load(module: str) -> object:
    """Import a side's module, turning a missing extra into advice."""
    try:
        return importlib.import_module(module)
    except ModuleNotFoundError as error:
        side = module.partition(".")[0]
        missing = (error.name or "").partition(".")[0]
        if missing in _EXTRA_OF or side not in _EXTRA_OF:
            raise
        raise CityEdgeError(
            f"this command needs the Python package '{missing}', which is not installed",
            cure=f"Install the extra that brings it: pip install 'cityedge[{_EXTRA_OF[side]}]'",
        ) from error


def _print_help(prog: str, verbs: Mapping[str, Verb], words: Sequence[str]) -> None:
    asked = bool(words) and words[0] in {"-h", "--help"}
    stream = sys.stdout if asked else sys.stderr
    if words and not asked:
        print(f"{prog}: there is no verb '{words[0]}'", file=stream)
    print(f"usage: {prog} VERB …\n", file=stream)
    width = max(map(len, verbs))
    for name, verb in verbs.items():
        print(f"  {name:<{width}}  {verb.summary}", file=stream)
    print(f"\n'{prog} VERB --help' says more.", file=stream)
