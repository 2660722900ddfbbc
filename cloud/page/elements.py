"""HTML elements for the page's views, over NiceGUI. Setting what is set already sends nothing."""

from collections.abc import Callable, Sequence
from typing import Final

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement
from nicegui.events import GenericEventArguments

from cloud.page.formats import NOTHING, Language, number

_CHOSEN: Final = "(event) => emit(event.target.value)"


class Text(TextElement):
    """An element that holds text alone.

    Args:
        text: The text.
        tag: The HTML tag.
        classes: CSS classes, with spaces between.
        attributes: HTML attributes; ``data_testid`` is written ``data-testid``.
    """

    def __init__(self, text: str = "", *, tag: str = "span", classes: str = "", **attributes: str) -> None:
        super().__init__(tag=tag, text=text)
        _dress(self, classes, attributes)


class Figure(Text):
    """A number: written for people as text, and for programs as ``data-value``.

    Args:
        language: Whose separators.
        digits: Digits after the decimal separator.
        testid: For ``data-testid``.
        classes: CSS classes.
    """

    def __init__(self, language: Language, *, testid: str, classes: str = "", digits: int = 0) -> None:
        super().__init__(NOTHING, classes=f"figure {classes}", data_testid=testid)
        self._language = language
        self._digits = digits

    def show(self, value: float | None) -> None:
        """Show a number.

        Args:
            value: The number; None is a dash, and no ``data-value``.
        """
        text = number(value, self._language, digits=self._digits)
        self.set_text(text)
        set_attribute(self, "data-length", str(len(text)))
        set_attribute(self, "data-value", "" if value is None else f"{value:.{self._digits}f}")
        set_attribute(self, "data-zero", "true" if value == 0 else "false")


def box(tag: str = "div", classes: str = "", **attributes: str) -> Element:
    """An element to put others into, with ``with``.

    Args:
        tag: The HTML tag.
        classes: CSS classes, with spaces between.
        attributes: HTML attributes; ``data_testid`` is written ``data-testid``.

    Returns:
        The element.
    """
    element = Element(tag)
    _dress(element, classes, attributes)
    return element


def icon(name: str, classes: str = "") -> Text:
    """A picture that repeats what words beside it say.

    Args:
        name: In the Material Icons font.
        classes: Further CSS classes.

    Returns:
        The element.
    """
    return Text(name, tag="i", classes=f"material-icons {classes}", aria_hidden="true")


def set_attribute(element: Element, name: str, value: str) -> None:
    """Set an HTML attribute where it is another one yet.

    Args:
        element: Whose.
        name: As in HTML.
        value: The value.
    """
    if element.props.get(name) != value:
        element.props[name] = value


def button(label: str, on_click: Callable[[], object], *, classes: str = "", **attributes: str) -> Element:
    """A button.

    Args:
        label: What stands on it.
        on_click: What it does.
        classes: CSS classes.
        attributes: HTML attributes.

    Returns:
        The element.
    """
    element = Text(label, tag="button", classes=classes, type="button", **attributes)
    element.on("click", lambda _: on_click(), args=[])
    return element


class Choice(Element):
    """A drop-down list with a label.

    Args:
        label: What is chosen.
        on_choose: Told the chosen value.
        testid: For ``data-testid``.
    """

    def __init__(self, label: str, on_choose: Callable[[str], object], *, testid: str) -> None:
        super().__init__("label")
        _dress(self, "choice", {})
        self._on_choose = on_choose
        self._shown: tuple[tuple[str, str], ...] = ()
        self._chosen = ""
        with self:
            Text(label, classes="choice-label")
            self._select = box("select", data_testid=testid)
        self._select.on("change", self._take, js_handler=_CHOSEN)

    def show(self, options: Sequence[tuple[str, str]], chosen: str) -> None:
        """Offer options.

        Args:
            options: Values with what stands in the list for them.
            chosen: The value that is chosen.
        """
        if (tuple(options), chosen) == (self._shown, self._chosen):
            return
        self._shown, self._chosen = tuple(options), chosen
        self._select.clear()
        with self._select:
            for value, words in options:
                option = Text(words, tag="option", value=value)
                option.props.set_bool("selected", value == chosen)

    def _take(self, event: GenericEventArguments) -> None:
        value = str(event.args)
        if value in {known for known, _ in self._shown}:
            # The browser shows it already.
            self._chosen = value
            self._on_choose(value)


def _dress(element: Element, classes: str, attributes: dict[str, str]) -> None:
    if classes:
        element.classes(classes)
    for name, value in attributes.items():
        element.props[name.replace("_", "-")] = value
