"""The conversion from beginning to end: the bytes of a TensorFlow.js model in, an ONNX file out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from models.convert import rewrite
from models.convert.builder import Builder
from models.convert.classes import keep_classes
from models.convert.errors import ConversionError
from models.convert.export import Shape, serialise
from models.convert.operators import OPERATORS
from models.convert.operators.target import Target
from models.convert.placement import Placement
from models.convert.source import Constant, SourceGraph, parse, split_reference
from models.convert.values import NCHW, Rows, Spatial, Value
from models.convert.weights import decode


@dataclass(frozen=True)
class Ports:
    """What the ONNX file's ends are called.

    Attributes:
        input: Name of its input, (1, 3, height, width).
        outputs: For each of its outputs, the node of the source graph.
        any_size: Whether width and height may be any multiple of the graph's largest stride.
        scores: Which of its outputs are class scores.
        columns: The classes to keep of those, in the order in which they shall stand.
    """

    input: str
    outputs: Mapping[str, str]
    any_size: bool
    scores: Sequence[str]
    columns: Sequence[int]


def convert(graph: bytes, weights: Sequence[bytes], ports: Ports, *, name: str) -> bytes:
    """Convert a TensorFlow.js graph model.

    Args:
        graph: ``model.json``.
        weights: The weight files, in the manifest's order.
        ports: What the ends are called.
        name: The ONNX graph's name.

    Returns:
        The ONNX file.

    Raises:
        ConversionError: The graph has something that is not known here.
    """
    wanted = list(ports.outputs.values())
    source = _simplified(read(graph, weights), ports)
    builder = Builder()
    placement = Placement(builder)
    target = Target(builder, placement, _exact(source))
    made: dict[str, tuple[Value, ...]] = {key: (value,) for key, value in source.constants.items()}
    size: Shape = ()
    for node in source.in_order(wanted):
        if node.op == "Placeholder":
            shape = node.ints("shape")
            size = (*shape[:2], "height", "width") if ports.any_size else shape
            channels = placement.record(ports.input, range(shape[1]), count=shape[1])
            made[node.name] = (Spatial(channels, shape[2], shape[3], NCHW),)
            continue
        if node.op not in OPERATORS:
            raise ConversionError(node.name, f"the operation {node.op} is not known")
        made[node.name] = OPERATORS[node.op](node, [_value(made, ref) for ref in node.inputs], target)
    outputs = {key: _finish(builder, key, _value(made, ref), ports) for key, ref in ports.outputs.items()}
    return serialise(builder, inputs={ports.input: size}, outputs=outputs, name=name)


def _simplified(source: SourceGraph, ports: Ports) -> SourceGraph:
    wanted = list(ports.outputs.values())
    source = source.only(wanted)
    for step in (rewrite.fold_constants, rewrite.merge_biases, rewrite.merge_shuffles):
        source = step(source).only(wanted)
    return keep_classes(source, [ports.outputs[name] for name in ports.scores], ports.columns)


def read(graph: bytes, weights: Sequence[bytes]) -> SourceGraph:
    """Read the files of a TensorFlow.js model.

    Args:
        graph: ``model.json``.
        weights: The weight files, in the manifest's order.

    Returns:
        The graph with its constants.

    Raises:
        ConversionError: A file is not what it should be.
    """
    nodes, groups = parse(graph)
    counts = [len(group["paths"]) for group in groups]
    if sum(counts) != len(weights):
        raise ConversionError("the weights", f"{sum(counts)} files are named, {len(weights)} are given")
    remaining = list(weights)
    buffers = [b"".join(remaining.pop(0) for _ in range(count)) for count in counts]
    constants: dict[str, Constant] = decode(groups, buffers)
    operations = {key: node for key, node in nodes.items() if node.op != "Const"}
    return SourceGraph(operations, constants)


def _exact(source: SourceGraph) -> frozenset[str]:
    """Convolutions whose channels an output shows: filling those up would be undone at once."""
    consumers = source.consumers()
    found = set()
    for node in source.nodes.values():
        reader = node
        while reader.op in {node.op, "Transpose"} and len(consumers.get(reader.name, ())) == 1:
            reader = consumers[reader.name][0]
        if node.op == "Conv2D" and reader.op in {"SplitV", "Reshape", "Identity"}:
            found.add(node.name)
    return frozenset(found)


def _value(made: Mapping[str, tuple[Value, ...]], reference: str) -> Value:
    name, index = split_reference(reference)
    return made[name][index]


def _finish(builder: Builder, key: str, value: Value, ports: Ports) -> Shape:
    """Give an output its name and the order of axes in which the source graph shows it."""
    if not isinstance(value, Rows):
        raise ConversionError(ports.outputs[key], "an output that is not (batch, channel, cell) is not known")
    builder.finish(key, value.tensor, value.axes)
    shape: list[int | str] = [value.shape[axis] for axis in value.axes]
    if ports.any_size:
        shape[value.axes.index(2)] = f"cells_{key}"
    return shape
