"""The detector: a scaled picture in, boxes in pixels of the source picture out."""

from pathlib import Path

from models import registry, verify
from models.card import Card
from models.heads import head_of
from models.heads.nms import suppress
from models.preprocess import Preprocessor
from models.runtime import Runtime
from models.types import Detections, Letterbox, Picture


class Detector:
    """A model, ready to look at pictures. Any number of threads may call one instance at once.

    Args:
        card: The model's card.
        runtime: The model, loaded.

    Raises:
        ModelRefusedError: The model does not take or give what its card says.
    """

    def __init__(self, card: Card, runtime: Runtime) -> None:
        verify.check_shapes(card, inputs=runtime.inputs, outputs=runtime.outputs)
        self.card = card
        self._runtime = runtime
        self._head = head_of(card)
        self._preprocessor = Preprocessor(card.input)
        self._outputs = tuple(card.outputs)

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
        size = self.card.input
        return Letterbox.fit(
            width_px, height_px, into=(size.width_px, size.height_px), centred=size.placement == "centred"
        )

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
        blob = self._preprocessor.fill(scaled_bgr, letterbox)
        outputs = self._runtime.run(self.card.input.name, blob, wanted=self._outputs)
        kept = suppress(self._head.decode(outputs), iou=self.card.nms_iou)
        return Detections(letterbox.to_source(kept.boxes_px), kept.scores, kept.labels)
