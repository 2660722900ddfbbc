"""The lens: where the camera points, and what stands before it or is wrong with it."""

from simulators.street import raster
from simulators.street.aim import STILL
from simulators.street.camera import Camera
from simulators.street.conditions import AnyFault, Covered, Dark, Defocused
from simulators.street.covers import Sheet, sheet_of
from simulators.street.effects import Moment
from simulators.street.faults import in_force, strength
from simulators.street.light import Light
from simulators.street.raster import Picture


class AimedCamera:
    """Moves the picture to where the camera points."""

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Move the picture; see :class:`simulators.street.effects.Effect`."""
        aim = moment.aim
        if aim == STILL:
            return picture
        return raster.warped(picture, [[aim.xx, aim.xy, aim.x0], [aim.yx, aim.yy, aim.y0]])


class FaultyLens:
    """Covers the lens, defocuses it, and takes the light away.

    Args:
        faults: All of the camera's faults; the other kinds are seen elsewhere.
        light: That falls on what covers the lens.
        camera: Whose lens it is.
        seed: Of the street.
    """

    def __init__(self, faults: tuple[AnyFault, ...], *, light: Light, camera: Camera, seed: int) -> None:
        self._faults = faults
        self._light = light
        self._camera = camera
        self._seed = seed
        self._sheets: dict[Covered, Sheet] = {}

    def apply(self, picture: Picture, moment: Moment) -> Picture:
        """Let the faults do what they do; see :class:`simulators.street.effects.Effect`."""
        for fault in in_force(self._faults, moment.time_s):
            match fault:
                case Covered():
                    sheet = self._sheet(fault)
                    picture = raster.brightened(raster.dimmed(picture, sheet.keep), sheet.colour)
                case Dark():
                    share = strength(fault, moment.time_s)
                    picture = raster.scaled(picture, 1 - share * (1 - fault.level))
                case Defocused():
                    sigma_px = fault.blur_px * strength(fault, moment.time_s)
                    picture = raster.blurred(picture, sigma_px) if sigma_px > 0 else picture
                case _:
                    pass
        return picture

    def _sheet(self, fault: Covered) -> Sheet:
        if fault not in self._sheets:
            self._sheets[fault] = sheet_of(fault, light=self._light, camera=self._camera, seed=self._seed)
        return self._sheets[fault]
