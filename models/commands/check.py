"""``cityedge models check``: whether a detector on this machine fits its card."""

import argparse

import msgspec

from models import golden, registry
from models.detector import Detector
from models.errors import ModelError
from models.proof import prove


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the verb's arguments."""
    parser.add_argument(
        "models",
        nargs="*",
        metavar="MODEL",
        help="names, or ONNX files with a card beside them; default: all that are here, and the default model",
    )
    parser.add_argument("--golden", action="store_true", help="print golden outputs to copy into the model's card")
    parser.add_argument("--json", action="store_true", help="one object for each model")


def run(args: argparse.Namespace) -> int:
    """Check them. Returns 1 where one does not fit."""
    models = args.models or [
        name for name in registry.names() if name == registry.DEFAULT or registry.find(name).present
    ]
    if args.golden:
        for model in models:
            print(_golden(Detector.open(model)))
        return 0
    verdicts = [_verdict(model) for model in models]
    if args.json:
        print(msgspec.json.encode(verdicts).decode())
    else:
        for verdict in verdicts:
            print(f"{verdict['model']}: {verdict['text']}")
    return 0 if all(verdict["fits"] for verdict in verdicts) else 1


def _verdict(model: str) -> dict[str, object]:
    try:
        detector = Detector.open(model)
        score = prove(detector)
    except ModelError as error:
        return {"model": model, "fits": False, "text": str(error)}
    outputs = "golden outputs" if detector.card.golden else "(its card has no golden outputs)"
    text = f"fits its card: licence, hash, shapes, {outputs}; sees the drawn man with {score:.2f}"
    return {"model": model, "fits": True, "text": text}


def _golden(detector: Detector) -> str:
    """The outputs for the synthetic picture, as the card writes them."""
    size = detector.card.input
    letterbox = detector.letterbox(size.width_px, size.height_px)
    picture = golden.picture(letterbox.scaled_width_px, letterbox.scaled_height_px)
    lines = ["golden:"]
    for name, output in detector.infer(detector.prepare(picture, letterbox)).items():
        one = golden.measure(output)
        samples = ", ".join(f"{value:.5g}" for value in one.samples)
        lines += [
            f"  {name}:",
            f"    mean: {one.mean:.6g}",
            f"    peak: {one.peak:.6g}",
            f"    samples: [{samples}]",
        ]
    return "\n".join(lines)
