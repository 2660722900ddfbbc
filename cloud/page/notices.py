"""What stands above the counts when something is not as it should be, and instead of them when there are none."""

from collections.abc import Iterator
from datetime import datetime

from cloud.page.desk import Sight
from cloud.page.elements import Text, box, icon
from cloud.page.formats import duration
from cloud.page.texts import Texts


def of_sight(sight: Sight, texts: Texts, now: datetime) -> Iterator[tuple[str, str, str]]:
    """What to tell a visitor.

    Args:
        sight: What there is.
        texts: In which language.
        now: This moment.

    Yields:
        Kind, title and cure, the most important first.
    """
    age_s = (now - sight.taken).total_seconds() if sight.taken else 0.0
    age = duration(age_s, texts.language)
    if sight.trouble == "failed":
        yield "failed", texts("failed_title"), texts("failed_cure", age=age)
    elif sight.trouble == "busy":
        yield "busy", texts("busy_title"), texts("busy_cure", age=age)
    if sight.store_error:
        yield "store", texts("store_title"), texts("store_cure", reason=sight.store_error)
    if not sight.connected:
        yield "broker", texts("broker_title"), texts("broker_cure")


class Notices:
    """The notices of one visitor.

    Args:
        texts: In which language.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._shown: list[tuple[str, str, str]] = []
        self._box = box("div", "notices", role="status", aria_live="polite", data_testid="notices")

    def show(self, sight: Sight, now: datetime) -> None:
        """Show what there is to tell; nothing where all is well."""
        told = list(of_sight(sight, self._texts, now))
        if told == self._shown:
            return
        self._shown = told
        self._box.clear()
        with self._box:
            for kind, title, cure in told:
                with box("div", "notice", data_kind=kind, data_testid=f"notice-{kind}"):
                    icon("warning")
                    with box("div"):
                        Text(title, tag="strong")
                        Text(cure, tag="p")


class Welcome:
    """What a visitor sees before anything was ever reported.

    Args:
        texts: In which language.
    """

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        with box("section", "welcome card", data_testid="empty") as self._box:
            icon("sensors", "welcome-icon")
            self._title = Text(tag="h2")
            self._cure = Text(tag="p")
            self._command = Text(texts("empty_command"), tag="code")
            self._then = Text(tag="p", classes="soft")
        self.show(gateways=False)

    def show(self, *, gateways: bool) -> None:
        """Say what is missing.

        Args:
            gateways: Whether a gateway has reported; then it is only counts that have not.
        """
        texts = self._texts
        self._title.set_text(texts("no_camera_title") if gateways else texts("empty_title"))
        self._cure.set_text(texts("no_camera_cure") if gateways else texts("empty_cure"))
        self._then.set_text("" if gateways else texts("empty_then"))
        self._command.set_visibility(not gateways)

    def set_visible(self, *, visible: bool) -> None:
        """Show it, or give its place to the counts."""
        self._box.set_visibility(visible)
