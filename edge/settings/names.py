"""Names that must differ, and names that must be known."""

from collections.abc import Collection, Sequence

from cityedge import wording


def check_unique(what: str, names: Sequence[str]) -> None:
    """Whether no name stands twice.

    Args:
        what: The setting's key, for the error.
        names: The names.

    Raises:
        ValueError: One does.
    """
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise ValueError(f"{what}: '{twice[0]}' stands here twice")


def check_known(at: str, name: str, *, what: str, known: Collection[str]) -> None:
    """Whether a name is one of those that the configuration has.

    Args:
        at: The setting's key, for the error.
        name: The name.
        what: What it should name.
        known: The names that there are.

    Raises:
        ValueError: It is none of them.
    """
    if not known:
        raise ValueError(f"{at}: there is no {what} '{name}': the camera has none")
    if name not in known:
        raise ValueError(f"{at}: there is no {what} '{name}'; {wording.nearest(name, sorted(known))}")
