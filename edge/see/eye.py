"""The eye: looks at one camera's pictures and says how well the camera sees."""

from collections.abc import Sequence
from typing import Final

from edge.see import cover
from edge.see.hysteresis import Watch
from edge.see.judge import Finding, Judge
from edge.see.learning import LEARN_S
from edge.see.planes import open_cells, planes_of
from edge.see.reference import Reference
from edge.settings import MaskSettings, SeeSettings
from edge.settings.see import Impairment
from edge.types import Picture, Sight

_ORDER: Final[tuple[Impairment, ...]] = ("dark", "covered", "frozen", "defocused", "moved")
"""What is said where several apply. A lens cap and a cover keep still, so a still picture is frozen only where it
shows a street; and what the picture is like matters only while it is alive."""
_EVERY_S: Final = 0.2
_EARLY_S: Final = 0.02
"""Frames come a little early and late; a fifth of a second is not meant to become two fifths."""


class Eye:
    """Judges one camera's sight; not thread-safe: one picture at a time, in order.

    Args:
        settings: Hysteresis in time, and what is not to be judged.
        reference: What the camera's picture is like when all is well; None: it is learnt from the first half
            minute in which the camera seems to see well.
        masks: The camera's privacy masks: what lies under them is not judged.
        learn_s: How long a reference is learnt, scene time.
    """

    def __init__(
        self,
        settings: SeeSettings,
        reference: Reference | None,
        *,
        masks: Sequence[MaskSettings] = (),
        learn_s: float = LEARN_S,
    ) -> None:
        self._judge = Judge(reference, seen=open_cells(masks), learn_s=learn_s)
        self._watches = {state: _watch(state, settings) for state in _ORDER if state not in settings.ignore}
        self._texts: dict[Impairment, str] = {}
        self._last_s: float | None = None
        self._sight = Sight("ok", 0.0)

    @property
    def reference(self) -> Reference | None:
        """What the camera's picture is like when all is well; None while that is being learnt."""
        return self._judge.reference

    def look(self, picture: Picture, time_s: float) -> Sight:
        """Take in a picture; of many, five a second are looked at.

        Args:
            picture: The whole frame at any size, such as the detector's; uint8, shape (H, W, 3), BGR, masked.
            time_s: Scene time; one that is not later than the one before begins a new opening of the source.

        Returns:
            How well the camera sees.
        """
        if self._last_s is None or time_s <= self._last_s:
            self._restart(time_s)
        elif time_s - self._last_s < _EVERY_S - _EARLY_S:
            return self._sight
        self._last_s = time_s
        findings = self._judge.look(planes_of(picture), time_s)
        for state, watch in self._watches.items():
            finding = findings.get(state)
            if finding is None:
                watch.skip()
            else:
                self._take(state, watch, finding, time_s)
        self._sight = self._conclude()
        return self._sight

    def _take(self, state: Impairment, watch: Watch, finding: Finding, time_s: float) -> None:
        watch.update(finding.bad, time_s, began_s=finding.since_s)
        if finding.text and finding.bad and watch.bad:
            self._texts[state] = finding.text

    def _conclude(self) -> Sight:
        for state, watch in self._watches.items():
            if watch.bad:
                return Sight(state, watch.since_s, self._texts.get(state, ""))
        return Sight("ok", max((watch.since_s for watch in self._watches.values()), default=0.0))

    def _restart(self, time_s: float) -> None:
        self._judge.restart()
        for watch in self._watches.values():
            watch.restart(time_s)


def _watch(state: Impairment, settings: SeeSettings) -> Watch:
    confirm_s = settings.confirm_s
    if state == "covered":
        confirm_s = max(confirm_s, cover.LEAST_CONFIRM_S)
    elif state == "frozen":
        confirm_s = 0.0  # stillness itself is measured in time
    return Watch(confirm_s=confirm_s, clear_s=settings.clear_s)
