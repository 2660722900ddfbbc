"""``cityedge cloud query``: words in, tables out, from a real store."""

import json
from pathlib import Path

import pytest

from cityedge.cli import main
from cityedge.messages import ZoneUse
from cloud.store.embedded import EmbeddedStore
from tests.support.entries import a_count, a_speed, crossing, entries, heat, trips

BASE = (
    "--measurement",
    "crossing",
    "--fields",
    "in,out",
    "--from",
    "2026-03-01T12:00:00Z",
    "--to",
    "2026-03-01T13:00",
)
MORNING = ("--from", "2026-03-01T02:00:00Z", "--to", "2026-03-01T02:01:00Z")
CROWD = ZoneUse(
    zone="square",
    class_="person",
    occupancy_mean=2.0,
    occupancy_peak=4,
    entries=1,
    exits=1,
    density_mean_per_m2=0.25,
    density_peak_per_m2=0.5,
)


@pytest.fixture
def config(tmp_path: Path) -> str:
    """A configuration whose store holds two cameras' minutes."""
    store = EmbeddedStore(tmp_path / "store.duckdb")
    both = (crossing(line="east", people=(1, 0)), crossing(line="west", people=(2, 5)))
    whole = a_count(
        4,
        minute=-600,
        camera="square",
        crossings=(),
        zones=(CROWD,),
        flows=(trips(3), trips(1, to="south")),
        speeds=(a_speed(5.0, count=2, p85_mps=6.5),),
        heat=heat(x03y05=7.25),
    )
    counts = [a_count(1, minute=0), a_count(2, minute=1), a_count(3, camera="south", crossings=both)]
    store.write(entries([*counts, whole]))
    store.close()
    path = tmp_path / "cloud.yaml"
    path.write_text(f"store: {{kind: embedded, path: {tmp_path / 'store.duckdb'}}}\n", encoding="utf-8")
    return str(path)


def answer(capsys: pytest.CaptureFixture[str], config: str, *words: str) -> str:
    assert main(["cloud", "query", config, *BASE, *words]) == 0
    return capsys.readouterr().out


def test_a_table_for_people(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, config, "--group-by", "camera,line", "--bucket", "3600").splitlines() == [
        "time                  camera  line  in  out",
        "2026-03-01T12:00:00Z  north   mid   2   4",
        "2026-03-01T12:00:00Z  south   east  1   0",
        "2026-03-01T12:00:00Z  south   west  2   5",
    ]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        pytest.param(
            ("flow", "count", "from,to,class"),
            ["from,to,class,count", "north,east,car,3", "north,south,car,1"],
            id="trips",
        ),
        pytest.param(
            ("speed", "mean_mps,p85_mps,count", "line"),
            ["line,mean_mps,p85_mps,count", "mid,5,6.5,2"],
            id="speeds",
        ),
        pytest.param(
            ("heat", "present_s,columns,rows", "cell"),
            ["cell,present_s,columns,rows", "x03y05,7.25,16,9"],
            id="heat",
        ),
        pytest.param(
            ("zone", "density_mean_per_m2,density_peak_per_m2", "zone"),
            ["zone,density_mean_per_m2,density_peak_per_m2", "square,0.25,0.5"],
            id="densities",
        ),
    ],
)
def test_all_that_is_counted_can_be_asked_for(
    config: str, capsys: pytest.CaptureFixture[str], words: tuple[str, str, str], lines: list[str]
) -> None:
    measurement, fields, group_by = words
    asked = ("--measurement", measurement, "--fields", fields, "--group-by", group_by, "--csv", *MORNING)

    assert main(["cloud", "query", config, *asked]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"time,{lines[0]}",
        *(f"2026-03-01T02:00:00Z,{line}" for line in lines[1:]),
    ]


def test_csv_for_spreadsheets(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, config, "--csv", "--group-by", "camera", "--where", "camera=north").splitlines() == [
        "time,camera,in,out",
        "2026-03-01T12:00:00Z,north,1,2",
        "2026-03-01T12:01:00Z,north,1,2",
    ]


def test_json_for_programs(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    said = json.loads(answer(capsys, config, "--json", "--bucket", "3600", "--where", "line=east,line=mid"))

    assert said == {"series": [{"tags": {}, "times": ["2026-03-01T12:00:00Z"], "values": {"in": [3], "out": [4]}}]}


def test_nothing_is_said_to_be_nothing(config: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert "nothing is stored there" in answer(capsys, config, "--where", "camera=west")


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        pytest.param(("--where", "camera"), 2, "TAG=VALUE", id="a filter without a value"),
        pytest.param(("--from", "yesterday"), 2, "'yesterday' is not a time", id="no time"),
        pytest.param(("--fields", "inn"), 1, "Did you mean 'in'?", id="a misspelt field"),
        pytest.param(("--group-by", "colour"), 1, "colour", id="a tag that is not there"),
        pytest.param(("--to", "2026-03-01T11:00"), 1, "is empty", id="an end before the start"),
    ],
)
def test_a_wrong_question_is_answered_with_what_is_wrong(
    config: str, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], code: int, said: str
) -> None:
    assert main(["cloud", "query", config, *BASE, *words]) == code
    assert said in capsys.readouterr().err


def test_a_store_that_is_not_there_is_not_made(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    config = tmp_path / "cloud.yaml"
    config.write_text(f"store: {{kind: embedded, path: {tmp_path / 'none.duckdb'}}}\n", encoding="utf-8")

    assert main(["cloud", "query", str(config), *BASE]) == 1
    assert "there is no store" in capsys.readouterr().err
    assert not (tmp_path / "none.duckdb").exists()
