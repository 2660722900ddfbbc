"""The walls of the house: who may import whom, nobody in a circle, nothing too large to read at night."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

import pytest

from tests.support.modules import REPOSITORY, Module, cycles, foreign_imports, own_imports, read, read_tree

ARROWS: Final[Mapping[str, frozenset[str]]] = {
    "cityedge": frozenset(),
    "models": frozenset({"cityedge"}),
    "edge": frozenset({"cityedge", "models"}),
    "cloud": frozenset({"cityedge"}),
    "simulators": frozenset({"cityedge"}),
    # The comparison of trackers feeds both the same detections.
    "scripts": frozenset({"cityedge", "edge", "models", "simulators"}),
}
"""Top-level packages, and which others of ours each may import."""

SHARED: Final[Mapping[str, frozenset[str]]] = {
    "edge": frozenset({"types", "errors", "settings"}),
    # The schema is the data model: every store and every question is made of it.
    "cloud": frozenset({"types", "errors", "settings", "schema"}),
}
"""What every stage of a side may import from its side, beside its own folder."""

COMPOSERS: Final[Mapping[str, str]] = {
    "edge.cli": "lists the verbs",
    "edge.commands": "each verb wires the stages that it needs",
    "edge.agent": "wires and supervises all stages",
    "edge.pipeline": "reads as the flow of one camera",
    "edge.rules": "lays all rules of one camera over its frames",
    "edge.recording": "feeds the pipeline from a file",
    "cloud.cli": "lists the verbs",
    "cloud.commands": "each verb wires the stages that it needs",
    "cloud.collector": "reads as the flow of one message",
    "cloud.http": "answers from what query, live state and ledger know",
    "cloud.page": "shows what query, live state and ledger know",
}
"""Modules and folders that may put stages of their side together, and what for. Others keep to one stage."""

HEAVY: Final[Mapping[str, Mapping[str, str]]] = {
    "av": {
        "edge/capture/libav.py": "opens and decodes cameras and files",
        "edge/annotate/video.py": "writes the annotated video",
        "models/evaluate/pictures.py": "reads the pictures that a model is judged by",
        "simulators/video.py": "encodes the simulated street",
    },
    "cv2": {
        "edge/annotate/drawing.py": "draws boxes and lines",
        "edge/capture/masks.py": "blackens privacy masks",
        "edge/see/planes.py": "scales pictures for the measures of sight",
        "edge/track/appearance.py": "describes what a person looks like",
        "models/heads/nms.py": "drops overlapping boxes",
        "models/preprocess.py": "fills a model's input",
        "models/scoring/drawing.py": "draws what was missed",
        "scripts/accuracy/pictures.py": "shrinks the pictures of the page on accuracy",
        "simulators/street/raster.py": "fills polygons",
    },
    "duckdb": {"cloud/store/embedded.py": "the embedded store"},
    "fastapi": {"cloud/http/": "the API", "cloud/page/mount.py": "puts the page beside the API"},
    "influxdb_client": {"cloud/store/influx_client.py": "writes to InfluxDB"},
    "iotcore": {"simulators/broker.py": "the demo's broker"},
    "nicegui": {"cloud/page/": "the page is made of it"},
    "onnx": {"models/convert/export.py": "writes the converted model"},
    "onnxruntime": {"models/runtime.py": "runs a model"},
    "trackeval": {"models/scoring/worker.py": "scores tracks"},
}
"""Heavy packages, and the files (or folders: ``…/``) that adapt each: nobody else knows that they exist."""

MAX_MODULE_LINES: Final = 400
MAX_FUNCTION_LINES: Final = 40

MODULES: Final = read_tree(REPOSITORY, ARROWS)
TEST_MODULES: Final = read_tree(REPOSITORY, ["tests"])

every_module = pytest.mark.parametrize(
    "module", [pytest.param(module, id=str(module.path)) for module in MODULES.values()]
)
every_file = pytest.mark.parametrize(
    "module",
    [pytest.param(module, id=str(module.path)) for module in (*MODULES.values(), *TEST_MODULES.values())],
)


def stage_of(name: str) -> str | None:
    """The stage that a module of edge or cloud is in (``edge.track``); None for modules beside the stages."""
    parts = name.split(".")
    folder = ".".join(parts[:2])
    in_folder = len(parts) > 2 or MODULES[name].path.name == "__init__.py"
    return folder if parts[0] in {"edge", "cloud"} and len(parts) > 1 and in_folder else None


def keeps_to_its_stage(name: str) -> bool:
    composes = any(name == composer or name.startswith(f"{composer}.") for composer in COMPOSERS)
    return name.startswith(("edge.", "cloud.")) and not composes


@every_module
def test_a_package_imports_only_the_packages_that_lie_below_it(module: Module) -> None:
    allowed = ARROWS[module.top] | {module.top}

    strangers = {name for name in own_imports(module, MODULES) if name.partition(".")[0] not in allowed}

    assert not strangers, f"{module.path} may import {sorted(allowed)} of ours"


@pytest.mark.parametrize(
    "module", [pytest.param(m, id=str(m.path)) for m in MODULES.values() if keeps_to_its_stage(m.name)]
)
def test_a_stage_imports_only_its_own_folder_and_what_its_side_shares(module: Module) -> None:
    stage = stage_of(module.name)
    side = {name for name in own_imports(module, MODULES) if name.startswith(f"{module.top}.")}

    strangers = {
        name
        for name in side
        if name.split(".")[1] not in SHARED[module.top] and (stage is None or stage_of(name) != stage)
    }

    assert not strangers, f"{module.path} reaches into another stage; composing is for {sorted(COMPOSERS)}"


def test_no_module_can_reach_itself_through_its_imports() -> None:
    arrows = {name: own_imports(module, MODULES) for name, module in MODULES.items()}

    assert cycles(arrows) == []


def test_every_composer_in_the_table_exists() -> None:
    assert [name for name in COMPOSERS if name not in MODULES] == []


@pytest.mark.parametrize("package", HEAVY)
def test_a_heavy_package_is_imported_only_where_it_is_adapted(package: str) -> None:
    adapters = HEAVY[package]
    importers = [m.path.as_posix() for m in MODULES.values() if package in foreign_imports(m, MODULES)]
    strangers = [path for path in importers if path not in adapters and f"{Path(path).parent}/" not in adapters]
    unused = [adapter for adapter in adapters if not any(path.startswith(adapter) for path in importers)]

    assert strangers == []
    assert unused == []


@every_file
def test_a_module_is_short_enough_to_be_read_in_one_go(module: Module) -> None:
    assert module.lines <= MAX_MODULE_LINES


@every_file
def test_a_function_fits_on_a_screen(module: Module) -> None:
    long = {f.name: f.code_lines for f in module.functions if f.code_lines > MAX_FUNCTION_LINES}

    assert not long, f"{module.path}: more than {MAX_FUNCTION_LINES} lines of code"


@every_module
def test_a_module_says_in_a_sentence_what_it_is(module: Module) -> None:
    assert module.documented


FORBIDDEN_IN_TESTS: Final = frozenset({"mock", "unittest"})


@pytest.mark.parametrize("module", [pytest.param(module, id=str(module.path)) for module in TEST_MODULES.values()])
def test_tests_use_real_parts_or_fakes_of_our_own_never_patches(module: Module) -> None:
    assert not FORBIDDEN_IN_TESTS & foreign_imports(module, MODULES)
    if module.path.name != Path(__file__).name:
        text = (REPOSITORY / module.path).read_text(encoding="utf-8")
        assert "monkeypatch" not in text
        assert "pytest.skip" not in text


# The rules are only as good as what reads the files: these tests hold the reader to it.


def sample(folder: Path, **files: str) -> Mapping[str, Module]:
    for name, text in files.items():
        path = folder / f"{name.replace('__', '/')}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_tree(folder, sorted({name.partition("__")[0] for name in files}))


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("import b.two\n", id="plain"),
        pytest.param("from b import two\n", id="from the package"),
        pytest.param("from b.two import thing\n", id="a name of it"),
        pytest.param("def f():\n    from b.two import thing\n", id="inside a function"),
        pytest.param("if TYPE_CHECKING:\n    import b.two as t\n", id="for the type checker alone"),
    ],
)
def test_an_import_is_seen_however_it_is_written(tmp_path: Path, text: str) -> None:
    modules = sample(tmp_path, a__one=text, b__two="thing = 1\n")

    assert own_imports(modules["a.one"], modules) == {"b.two"}


def test_a_circle_of_imports_is_found_and_named(tmp_path: Path) -> None:
    modules = sample(
        tmp_path,
        a__one="import a.two\n",
        a__two="import a.three\n",
        a__three="import a.one\n",
        a__four="import a.one\n",
    )

    assert cycles({name: own_imports(module, modules) for name, module in modules.items()}) == [
        ["a.one", "a.three", "a.two"]
    ]


def test_a_function_is_measured_without_docstring_comments_and_blank_lines(tmp_path: Path) -> None:
    path = tmp_path / "f.py"
    path.write_text('def f():\n    """Says.\n\n    More.\n    """\n    # why\n\n    return 1\n', encoding="utf-8")

    assert [function.code_lines for function in read(Path("f.py"), tmp_path).functions] == [2]
