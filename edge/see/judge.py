"""The judge: from one picture after another, what seems to be wrong at this moment, before it is believed."""

from dataclasses import dataclass, field

import numpy as np

from edge.see import aim, cover, darkness, focus
from edge.see.aim import Aim
from edge.see.alignment import Alignment
from edge.see.hysteresis import Bounds
from edge.see.learning import Learner
from edge.see.planes import COLUMNS, ROWS, Flags, Floats, Planes
from edge.see.reference import Reference
from edge.see.stillness import Stillness
from edge.see.structure import structure_of, unpacked
from edge.see.usual import Usual
from edge.settings.see import Impairment


@dataclass(frozen=True)
class Finding:
    """What one picture says of one impairment.

    Attributes:
        bad: Whether it looks so.
        text: In words and figures, for an operator.
        since_s: When it began, where that is earlier than this picture; scene time.
    """

    bad: bool
    text: str
    since_s: float | None = None


@dataclass
class _Norm:
    """What the camera's picture is like when all is well, ready to be computed with."""

    reference: Reference
    structure: Floats = field(init=False)
    detail: Floats = field(init=False)

    def __post_init__(self) -> None:
        self.structure = unpacked(self.reference.structure)
        self.detail = np.array(self.reference.detail, np.float32).reshape(ROWS, COLUMNS)


class Judge:
    """Looks at one camera's pictures; remembers what is usual, and between two thresholds what it said before.

    Args:
        reference: What the picture is like when all is well; None: it is learnt.
        seen: Which cells are not masked, shape (12, 16).
        learn_s: How long it is learnt.
    """

    def __init__(self, reference: Reference | None, *, seen: Flags, learn_s: float) -> None:
        self._seen = seen
        self._seen_spots = seen.repeat(5, axis=0).repeat(5, axis=1)
        self._norm = None if reference is None else _Norm(reference)
        self._stillness = Stillness(None if reference is None else reference.silence)
        self._aim = Aim(seen)
        self._strange = False
        self._usual = Usual()
        self._learner = Learner(learn_s)
        self._bad: dict[Impairment, bool] = {}

    @property
    def reference(self) -> Reference | None:
        """What the picture is like when all is well; None while it is being learnt."""
        return None if self._norm is None else self._norm.reference

    def look(self, planes: Planes, time_s: float) -> dict[Impairment, Finding]:
        """Take in a picture.

        Args:
            planes: Of the picture.
            time_s: Scene time, after that of the picture before.

        Returns:
            What can be told from it: in the dark only that it is dark; behind a cover only that it is covered,
            for what hides the street may keep still, and its edges say nothing of lens and aim.
        """
        brightness = darkness.brightness_of(planes.coarse, self._seen_spots)
        findings: dict[Impairment, Finding] = {"dark": self._dark(brightness)}
        if findings["dark"].bad:
            self._forget()
            return findings
        detail, sharpness = cover.detail_of(planes.coarse), focus.sharpness_of(planes, self._seen)
        structure = structure_of(planes.half)
        alignment = None if self._norm is None else self._aim.look(structure, self._norm.structure, time_s)
        defocused = self._defocused(sharpness)
        usual = self._usual.detail(brightness)
        findings["covered"] = self._covered(
            planes, detail, usual, strange=self._is_strange(alignment) and (sharpness is None or defocused.bad)
        )
        if findings["covered"].bad:
            self._stillness.restart()
        else:
            findings["frozen"] = self._frozen(planes, time_s)
            findings["defocused"] = defocused
            if alignment is not None:
                findings["moved"] = self._moved(alignment)
        if any(finding.bad for finding in findings.values()):
            self._pause()
        else:
            self._usual.add(detail, brightness, time_s)
            self._learn(structure, detail, sharpness, time_s)
        return findings

    def restart(self) -> None:
        """Scene time begins anew; what is usual for the camera stays known."""
        self._forget()

    def _forget(self) -> None:
        self._stillness.restart()
        self._aim.forget()
        self._pause()

    def _pause(self) -> None:
        self._usual.pause()
        self._learner.pause()

    def _learn(self, structure: Floats, detail: Floats, sharpness: float | None, time_s: float) -> None:
        if self._norm is None and self._learner.due(time_s):
            self._learner.add(structure, detail * self._seen, sharpness, time_s)
            learnt = self._learner.reference(self._stillness.silence)
            self._norm = None if learnt is None else _Norm(learnt)

    def _latched(self, state: Impairment, value: float, bounds: Bounds) -> bool:
        self._bad[state] = bounds.judge(value, bad=self._bad.get(state, False))
        return self._bad[state]

    def _frozen(self, planes: Planes, time_s: float) -> Finding:
        since_s = self._stillness.look(planes.fine, time_s)
        if since_s is None:
            return Finding(bad=False, text="")
        text = f"the picture has not changed for {time_s - since_s:.0f} s, though frames are coming"
        return Finding(bad=True, text=text, since_s=since_s)

    def _dark(self, brightness: float) -> Finding:
        text = f"the brightest hundredth of the picture is at {brightness:.0f} of 255"
        return Finding(self._latched("dark", brightness, darkness.BOUNDS), text)

    def _covered(self, planes: Planes, detail: Floats, usual: Floats | None, *, strange: bool) -> Finding:
        reference = None if self._norm is None else self._norm.detail
        lost = cover.lost_share(detail, planes.coarse, seen=self._seen, usual=usual, reference=reference)
        if self._latched("covered", lost, cover.BOUNDS) or not strange:
            return Finding(self._bad["covered"], f"{lost:.0%} of what there was to see is hidden")
        # Cloth, plastic and leaves have folds of their own; so near the lens they are never sharp.
        return Finding(bad=True, text="something blurred hides the street")

    def _defocused(self, sharpness: float | None) -> Finding:
        usual = 0.0 if self._norm is None else self._norm.reference.sharpness
        if sharpness is None:
            return Finding(self._bad.get("defocused", False), "")
        if not usual:
            bad = self._latched("defocused", sharpness, focus.BOUNDS_ALONE)
            return Finding(bad, f"no edge is sharp ({sharpness:.2f}, in focus about 1)")
        bad = self._latched("defocused", sharpness / usual, focus.BOUNDS)
        return Finding(bad, f"edges are {sharpness / usual:.0%} as sharp as usual")

    def _is_strange(self, alignment: Alignment | None) -> bool:
        if alignment is not None:
            self._strange = aim.STRANGE.judge(alignment.likeness, bad=self._strange)
        return self._strange

    def _moved(self, alignment: Alignment) -> Finding:
        if alignment.agreeing >= aim.LEAST_AGREEING:
            bad = self._latched("moved", alignment.moved, aim.BOUNDS)
            return Finding(bad, f"the picture has moved by up to {alignment.moved:.1%} of its width")
        self._bad["moved"] = self._strange
        return Finding(self._strange, "nothing is where it was when the reference was made")
