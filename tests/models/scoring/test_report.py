"""The page with the evidence."""

from dataclasses import replace
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from models.errors import ScoringError, TruthError
from models.evaluate.pictures import frames_at
from models.scoring.crossings import compare
from models.scoring.drawing import OURS_BGR, TRUE_BGR
from models.scoring.judge import Score
from models.scoring.places import Place
from models.scoring.report import Evidence, write
from tests.support.crossings import crossing, rows

SIZE = (320, 240)
MISSED = crossing(0.2, who=3)
DOUBLED = (crossing(0.41, who=8), crossing(0.55, who=9))
SCORE = Score("somebody", None, compare([MISSED, crossing(0.41)], DOUBLED, near_s=0.19), (), 0)


@pytest.fixture(scope="module")
def video(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten frames, ten a second; frame k is grey 20 k, without loss."""
    path = tmp_path_factory.mktemp("video") / "grey.mkv"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("ffv1", rate=10)
        stream.width, stream.height, stream.pix_fmt = *SIZE, "bgr0"
        for number in range(1, 11):
            picture = np.full((SIZE[1], SIZE[0], 3), 20 * number, np.uint8)
            container.mux(
                stream.encode(av.VideoFrame.from_ndarray(picture, format="bgr24").reformat(format="bgr0"))
            )
        container.mux(stream.encode())
    return path


@pytest.fixture
def evidence(video: Path) -> Evidence:
    return Evidence(
        video=video,
        lines=[Place("mid", ((0.5, 0.0), (0.5, 1.0)))],
        true=rows((3, 3, 40, 100, 80, 200), (3, 4, 200, 100, 240, 200)),
        tracks=rows((6, 9, 100, 100, 140, 200)),
    )


@pytest.mark.parametrize(
    ("times_s", "fps", "numbers"),
    [
        pytest.param([0.0, 0.25, 0.3], None, [1, 3, 4], id="the last frame that is not later"),
        pytest.param([0.3, 0.3], None, [4, 4], id="twice the same"),
        pytest.param([0.9, 99.0], None, [10, 10], id="beyond the end"),
        pytest.param([0.0, 1.0], 5.0, [1, 6], id="a file that claims another rate"),
        pytest.param([], None, [], id="none"),
    ],
)
def test_a_moment_is_shown_by_the_frame_that_was_there(
    video: Path, times_s: list[float], fps: float | None, numbers: list[int]
) -> None:
    shown = list(frames_at(video, times_s, fps=fps))

    assert [number for number, _ in shown] == numbers
    assert [int(picture[0, 0, 0]) for _, picture in shown] == [20 * number for number in numbers]


def test_what_is_no_video_is_named(tmp_path: Path) -> None:
    with pytest.raises(TruthError, match=r"nowhere\.mp4: cannot be read as a video"):
        list(frames_at(tmp_path / "nowhere.mp4", [0.0]))


def colour_at(path: Path, x: int, y: int) -> tuple[int, ...]:
    picture = cv2.imread(str(path))
    assert picture is not None
    return tuple(int(value) for value in picture[y, x])


def test_every_difference_has_a_picture_with_the_boxes_that_it_is_about(
    tmp_path: Path, evidence: Evidence
) -> None:
    write(tmp_path, SCORE, evidence)

    miss, double = sorted((tmp_path / "pictures").iterdir())
    assert (miss.name, double.name) == ("001-miss.png", "002-double.png")
    assert colour_at(miss, 40, 150) == TRUE_BGR
    assert colour_at(double, 140, 150) == OURS_BGR
    assert colour_at(miss, 160, 100) == (255, 255, 255)  # the line
    assert colour_at(miss, 10, 230) == (60, 60, 60)  # frame 3, where the crossing was


def test_the_page_shows_tables_charts_and_pictures_and_says_that_they_stay_here(
    tmp_path: Path, evidence: Evidence
) -> None:
    text = write(tmp_path, SCORE, evidence).read_text(encoding="utf-8")

    for name in ("crossings.svg", "windows.svg", "pictures/001-miss.png", "pictures/002-double.png"):
        assert f'src="{name}"' in text
        assert (tmp_path / name).is_file()
    assert "not followed over the line" in text
    assert "they stay on this machine" in text
    assert "http" not in text


def test_the_same_score_gives_the_same_bytes(tmp_path: Path, evidence: Evidence) -> None:
    for folder in ("one", "two"):
        write(tmp_path / folder, SCORE, evidence)

    one, two = (
        {path.relative_to(tmp_path / folder): path.read_bytes() for path in (tmp_path / folder).rglob("*.*")}
        for folder in ("one", "two")
    )
    assert len(one) == 5
    assert one == two


def test_pictures_of_an_earlier_score_are_gone(tmp_path: Path, evidence: Evidence) -> None:
    write(tmp_path, SCORE, evidence)
    write(tmp_path, Score("somebody", None, compare([MISSED], [MISSED]), (), 0), evidence)

    assert list((tmp_path / "pictures").iterdir()) == []


def test_without_a_recording_there_are_no_pictures(tmp_path: Path, evidence: Evidence) -> None:
    page = write(tmp_path, SCORE, replace(evidence, video=None))

    assert "<figure>" not in page.read_text(encoding="utf-8")


def test_names_from_outside_cannot_break_the_page(tmp_path: Path) -> None:
    score = Score("somebody", None, compare([crossing(1, line="<b>")], []), (), 0)

    assert "<b>" not in write(tmp_path, score, Evidence()).read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(ScoringError, match="the report cannot be written"):
        write(tmp_path / "file", SCORE, Evidence())
