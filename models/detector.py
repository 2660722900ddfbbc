"""The detector: a scaled picture in, boxes in pixels of the source picture out."""

from pathlib import Path

import numpy as np

from models import registry, verify
from models.card import Card
from models.fit import fit, input_size
from models.heads import head_of
from models.heads.nms import suppress
from models.preprocess import Preprocessor
from models.runtime import Runtime
from models.types import Detections, FloatArray, Letterbox, Picture


class Detector:
    """A model, ready to look at pictures. Any number of threads may call one instance at once.

    Args:
        card: The model's card.
        runtime: The model, loaded.

    Raises:
        ModelRefusedError: The model does not take or give what its card says.
    """

    def __init__(self, card: Card, runtime: Runtime) -> None:
        verify.check_input(card, runtime.inputs)
        self.card = card
        self._runtime = runtime
        self._head = head_of(card)
        self._preprocessor = Preprocessor(card.input)
        self._outputs = tuple(card.outputs)
        self._check_outputs()

    @classmethod
    def open(cls, name_or_path: str | Path, *, threads: int = 1, cache: Path | None = None) -> "Detector":
        """Load a model after checking it against its card.

        Args:
            name_or_path: A model's name, or the path of an ONNX file with its card beside it.
            threads: Threads that one call of :meth:`detect` may use.
            cache: Folder for fetched models; :func:`cityedge.paths.cache_dir` where None.

        Returns:
            The detector.

        Raises:
            UnknownModelError: No card has that name.
            ModelMissingError: The model's file is not here.
            ModelRefusedError: The file does not fit its card: hash, shapes or licence.
            ConfigError: The card beside the file cannot be read.
        """
        entry = registry.find(name_or_path, cache=cache)
        verify.check_files(entry)
        return cls(entry.card, Runtime(entry.onnx, threads=threads))

    def letterbox(self, width_px: int, height_px: int) -> Letterbox:
        """How pictures of that size lie in the model's input.

        Args:
            width_px: Width of the source pictures.
            height_px: Height of the source pictures.

        Returns:
            The fit; scale pictures to its scaled size before :meth:`detect`.
        """
        return fit(self.card.input, width_px, height_px)

    def detect(self, scaled_bgr: Picture, letterbox: Letterbox) -> Detections:
        """Look at one picture.

        Args:
            scaled_bgr: Shape (letterbox.scaled_height_px, letterbox.scaled_width_px, 3), uint8, BGR.
            letterbox: From :meth:`letterbox`, for the source picture's size.

        Returns:
            Everything that reaches the card's score floor, highest score first, boxes in pixels of the
            source picture. The thresholds of the card are the caller's to apply.

        Raises:
            ValueError: The picture is not of the letterbox's scaled size.
        """
        return self.read(self.infer(self.prepare(scaled_bgr, letterbox)), letterbox)

    def prepare(self, scaled_bgr: Picture, letterbox: Letterbox) -> FloatArray:
        """First stage of :meth:`detect`: the model's input.

        Args:
            scaled_bgr: As for :meth:`detect`.
            letterbox: As for :meth:`detect`.

        Returns:
            Shape (1, 3, height, width), float32; valid until the calling thread's next call.

        Raises:
            ValueError: The picture is not of the letterbox's scaled size.
        """
        return self._preprocessor.fill(scaled_bgr, letterbox)

    def infer(self, blob: FloatArray) -> dict[str, FloatArray]:
        """Second stage: the model's own answer.

        Args:
            blob: From :meth:`prepare`.

        Returns:
            Each output of the card by name.
        """
        return self._runtime.run(self.card.input.name, blob, wanted=self._outputs)

    def read(self, outputs: dict[str, FloatArray], letterbox: Letterbox) -> Detections:
        """Third stage: boxes read from the answer, overlapping ones dropped, carried back to the source picture.

        Args:
            outputs: From :meth:`infer`.
            letterbox: As for :meth:`detect`.

        Returns:
            As :meth:`detect`.
        """
        found = self._head.decode(outputs, input_size(self.card.input, letterbox))
        kept = suppress(found, iou=self.card.nms_iou)
        return Detections(letterbox.to_source(kept.boxes_px), kept.scores, kept.labels)

    def _check_outputs(self) -> None:
        """Run once at full size: what a file declares is not always what it gives."""
        shapes: dict[str, verify.Shape] = dict.fromkeys(self._runtime.outputs, ())
        if shapes.keys() >= set(self._outputs):
            size = self.card.input
            blob: FloatArray = np.zeros((1, 3, size.height_px, size.width_px), np.float32)
            shapes = {name: value.shape for name, value in self.infer(blob).items()}
        verify.check_outputs(self.card, shapes)
