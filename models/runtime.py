"""ONNX Runtime, the only file that knows it: a model's file becomes a function of one array."""

from pathlib import Path
from typing import Final

import onnxruntime

from models.errors import ModelRefusedError
from models.types import FloatArray
from models.verify import Shape

_ERRORS_ONLY: Final = 3


class Runtime:
    """A loaded model. Any number of threads may run it at once: it holds nothing between two runs.

    Args:
        onnx: The model's file.
        threads: Threads that one run may use.

    Raises:
        ModelRefusedError: ONNX Runtime cannot load the file.
    """

    def __init__(self, onnx: Path, *, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        options.log_severity_level = _ERRORS_ONLY
        # Threads that wait for the next frame must sleep: spinning would take the cores that decoding needs.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        try:
            self._session = onnxruntime.InferenceSession(
                str(onnx), sess_options=options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # onnxruntime's errors share no base class of their own
            raise ModelRefusedError(f"{onnx}: ONNX Runtime cannot load it: {error}") from error

    @property
    def inputs(self) -> dict[str, Shape]:
        """Shape of each input by name; a word stands for a size that may differ from run to run."""
        return {node.name: tuple(node.shape) for node in self._session.get_inputs()}

    @property
    def outputs(self) -> tuple[str, ...]:
        """Name of each output."""
        return tuple(node.name for node in self._session.get_outputs())

    def run(self, name: str, value: FloatArray, *, wanted: tuple[str, ...]) -> dict[str, FloatArray]:
        """Run the model once.

        Args:
            name: The input's name.
            value: The input: float32, C-contiguous.
            wanted: The outputs to compute.

        Returns:
            Each wanted output by name; fresh arrays that the caller may keep.
        """
        values = self._session.run(list(wanted), {name: value})
        return dict(zip(wanted, values, strict=True))
