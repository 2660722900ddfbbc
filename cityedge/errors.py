"""The error tree that all sides share; each side's ``errors.py`` grows its own branch from it.

::

    CityEdgeError            something a person must know, with what to do about it
    ├── ConfigError          a file that somebody wrote is wrong: the start stops
    ├── UsageError           the command was called wrongly (exit code 2)
    └── ContractError        a message does not keep the wire contract: it is dead-lettered
"""


class CityEdgeError(Exception):
    """An error that names what is at fault and what to do.

    Args:
        message: What is wrong, naming the file, line, key, address or message at fault.
        cure: What to do about it, as an imperative sentence; empty where the message says all.

    Attributes:
        message: As given.
        cure: As given.
        exit_code: What the command exits with when this error ends it.
    """

    exit_code = 1

    def __init__(self, message: str, *, cure: str = "") -> None:
        super().__init__(f"{message}. {cure}" if cure else message)
        self.message = message
        self.cure = cure


class ConfigError(CityEdgeError):
    """A configuration file is wrong.

    Args:
        problems: One line per problem, each ``file:line: key: what is wrong``. Never empty.
    """

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


class UsageError(CityEdgeError):
    """The command was called with words that do not fit together."""

    exit_code = 2


class ContractError(CityEdgeError):
    """A wire message cannot be accepted: unknown kind or version, missing field, value out of range."""
