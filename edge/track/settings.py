"""How the tracker decides: times in seconds and shares of a box, so that neither rate nor size matters."""

from dataclasses import dataclass
from typing import Final

from edge.track.association import Gate


@dataclass(frozen=True)
class TrackerSettings:
    """How the tracker decides.

    Attributes:
        sure_scores: Score from which a detection may begin a track, by label.
        unsure_score: Score from which a detection may carry on a track that is already there.
        confirm_hits: Frames in which something must be seen before it counts as an object …
        confirm_s: … or seconds over which it was seen at least twice, whichever comes first. What moved between
            two sure sights needs no third: it may be gone by then.
        active_s: How long after its last sight a track still comes first in the pairing; a track that was
            never confirmed is forgotten then.
        carry_s: How long unsure detections may carry a track after its last sure one: clutter gets low scores
            for ever, a person behind a lamp post for a moment.
        memory_s: How long a track is out of sight, with nothing to hide it, until it is forgotten …
        hidden_s: … and how long at most, hidden or not.
        hidden_share: What is covered by this share by somebody nearer is hidden.
        present_s: Who was seen within this time hides others.
        coast_s: How long after its last sight an object is still reported, not observed.
        twin_iou: A sure detection that overlaps a box in use by this much begins no track …
        twin_cover: … nor does one of which this share lies within a box in use.
        double_iou: … nor does a vehicle's that overlaps another vehicle's box, of whatever class, by this much.
        known_for: For so many times as long as it was followed, something out of sight can be told again: of who
            was seen for a moment it is not known well enough how fast they were, nor what they looked like.
        moved_sides: What has moved by so many of its larger sides is an object; what has not must look like
            one for a while (see ``still_share``), or it is a post that resembles a person.
        still_share: Share of its sure score that the mean score of something that never moved must reach …
        mean_s: … averaged over about this time, from 0.
        looks_alone: Looks are learnt only where no other box covers this share of it.
        looks_rate: How much one frame adds to the remembered looks.
    """

    sure_scores: tuple[float, ...] = (0.40, 0.32, 0.32, 0.32, 0.32, 0.32)
    unsure_score: float = 0.15
    confirm_hits: int = 3
    confirm_s: float = 0.6
    active_s: float = 0.5
    carry_s: float = 0.8
    memory_s: float = 3.0
    hidden_s: float = 10.0
    hidden_share: float = 0.5
    present_s: float = 1.0
    coast_s: float = 0.3
    twin_iou: float = 0.35
    twin_cover: float = 0.8
    double_iou: float = 0.6
    known_for: float = 4.0
    moved_sides: float = 0.4
    still_share: float = 1.2
    mean_s: float = 2.0
    looks_alone: float = 0.3
    looks_rate: float = 0.1


KEEP: Final = Gate(reach=0.25, spreads=2.5, overlap=0.2)
"""A track that was seen a moment ago, and a sure detection."""
CARRY: Final = Gate(reach=0.2, spreads=1.5, overlap=0.4, least_overlap=0.3, unlike=1.5)
"""A track that was seen a moment ago, and an unsure detection: it must overlap."""
REGAIN: Final = Gate(reach=0.6, spreads=2.0, size_ratio=1.5, overlap=0.5, unlike=1.2)
"""A track that was lost, and a sure detection: it must look the same."""
