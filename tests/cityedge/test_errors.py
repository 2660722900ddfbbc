import pytest

from cityedge.errors import CityEdgeError, ConfigError, ContractError, UsageError


def test_an_error_keeps_what_is_wrong_apart_from_what_to_do() -> None:
    error = CityEdgeError("the camera is gone", cure="Plug it in.")

    assert (error.message, error.cure) == ("the camera is gone", "Plug it in.")
    assert str(error) == "the camera is gone. Plug it in."


def test_an_error_without_a_cure_says_what_is_wrong_alone() -> None:
    assert str(CityEdgeError("the camera is gone")) == "the camera is gone"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (CityEdgeError("x"), 1),
        (ConfigError(["f:1: x"]), 1),
        (ContractError("x"), 1),
        (UsageError("x"), 2),
    ],
)
def test_the_kind_of_error_decides_the_exit_code(error: CityEdgeError, code: int) -> None:
    assert error.exit_code == code


def test_every_problem_of_a_file_stands_on_its_own_line() -> None:
    error = ConfigError(["f:1: a", "f:2: b"])

    assert error.message == "f:1: a\nf:2: b"
    assert error.problems == ("f:1: a", "f:2: b")
