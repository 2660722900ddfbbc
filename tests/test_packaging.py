"""What a gateway installs is whole: all that the code reads at run time is in the wheel, and nothing else."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from cityedge import __version__
from tests.support.modules import REPOSITORY

READ_AT_RUN_TIME = {".yaml", ".json", ".css", ".js", ".svg"}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    folder = tmp_path_factory.mktemp("dist")
    words = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(words, cwd=REPOSITORY, check=True, capture_output=True)
    (built,) = folder.glob("*.whl")
    return zipfile.ZipFile(built)


def test_the_wheel_is_of_the_version_that_the_command_reports(wheel: zipfile.ZipFile) -> None:
    assert Path(str(wheel.filename)).name == f"cityedge-{__version__}-py3-none-any.whl"


@pytest.mark.parametrize("package", ["cityedge", "edge", "models", "cloud", "simulators"])
def test_the_wheel_holds_every_file_of_a_package(wheel: zipfile.ZipFile, package: str) -> None:
    files = {
        path.relative_to(REPOSITORY).as_posix()
        for path in (REPOSITORY / package).rglob("*")
        if path.suffix in {".py", *READ_AT_RUN_TIME}
    }

    assert files <= set(wheel.namelist())


def test_the_wheel_holds_the_sample_configurations_where_the_command_looks_for_them(
    wheel: zipfile.ZipFile,
) -> None:
    samples = {f"cityedge/configs/{path.name}" for path in (REPOSITORY / "configs").glob("*.sample.yaml")}

    assert samples
    assert samples <= set(wheel.namelist())


def test_the_wheel_installs_nothing_but_the_packages(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}

    assert tops == {"cityedge", "edge", "models", "cloud", "simulators", f"cityedge-{__version__}.dist-info"}
