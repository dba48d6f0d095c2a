"""The widget that shows a living figure: its traits, its script, and the picture in its place."""

import json
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, Protocol

import anywidget
import torch
import traitlets as t

from charrnn.arguments import quoted
from charrnn.lab import traits
from charrnn.lab.bundle import bundle, scope
from charrnn.scratch.cell import PostCell
from charrnn.translations import get_language

HERE = Path(__file__).parent


def script(name: str, drawing: Path | None = None) -> str:
    """One ES module for anywidget: figures/``name``.js, the frame and all that they import.

    ``drawing`` is the file where it is another. Where a figure exports ``serve``, the same script
    may also be started as a worker, where there is no document: then ``serve`` gets its scope.

    Raises:
        ValueError: an import or export that cannot be joined.
    """
    frame = HERE.resolve() / "kit" / "frame.js"
    figure = (drawing or HERE / "figures" / f"{name}.js").resolve()
    shown = f"(context) => {scope(frame)}.show(context, {name!r}, {scope(figure)})"
    served = f'if (typeof document === "undefined") {scope(figure)}.serve?.(globalThis);\n'
    return bundle(frame, figure) + f"export default {{ render: {shown} }};\n" + served


class Shown(Protocol):
    """What can stand in a figure's place, a `Picture` for one."""

    @property
    def alt(self) -> str: ...

    def _repr_html_(self) -> str: ...


class Figure(anywidget.AnyWidget):
    """A living figure. Make one with the functions of `charrnn.lab`.

    Each kind of figure has a class with its own traits. In Jupyter and Colab they are the same on
    both sides: what the reader changes in the figure can be read here, and what is set here changes
    the figure. A wrong value is refused, and all is as it was.

    Args:
        picture: makes what stands in the figure's place without JavaScript and on paper.
        **traits: the first values of the traits.
    """

    module: ClassVar[str]  # its name, as in "training" for training.js
    drawing: ClassVar[Path | None] = None  # its script, where it is not in figures/
    style: ClassVar[Path | None] = None  # its style sheet, after that of all figures
    name = t.Unicode(help="The same; the book's page reads it.", read_only=True).tag(sync=True)
    language = t.Unicode(help="'ko' or 'en'.").tag(sync=True)
    result = t.Dict(help="What the figure came to, such as epoch, loss and text written.").tag(
        sync=True
    )
    _esm = t.Unicode().tag(sync=True)
    _css = t.Unicode().tag(sync=True)

    def __init__(self, picture: Callable[[], Shown], **traits: Any) -> None:
        sheets = [HERE / "lab.css", *([self.style] if self.style else [])]
        css = "".join(sheet.read_text("utf-8") for sheet in sheets)
        esm = script(self.module, self.drawing)
        super().__init__(language=get_language(), _esm=esm, _css=css, **traits)
        self._picture = picture

    @t.default("name")
    def _name(self) -> str:
        return self.module

    @t.validate("result")
    def _fit_for_a_page(self, proposal: Any) -> Any:
        """Refuse what JSON cannot hold: one nan would keep a page from reading any of its figures.

        Raises:
            ValueError: nan, inf, or another thing than numbers, texts, lists and dicts.
        """
        try:
            json.dumps(proposal["value"], allow_nan=False)
        except (TypeError, ValueError) as reason:
            raise ValueError(
                "result must hold finite numbers, texts, lists and dicts only, "
                f"got {quoted(proposal['value'])}."
            ) from reason
        return proposal["value"]

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        bundle = super()._repr_mimebundle_(**kwargs)
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle or {}, {})
        picture = self._picture()
        html = f'<div data-figure="{self.name}">{picture._repr_html_()}</div>'
        return {**data, "text/html": html, "text/plain": picture.alt}, metadata

    # ipywidgets 7 would show itself without the picture.
    _ipython_display_ = None


class NetworkFigure(Figure):
    """A figure with networks in it."""

    vocabulary = traits.vocabulary()
    weights = traits.numbers(
        "Of each network W_h (H, V + H), b_h (H), W_y (V, V + H), b_y (V). Empty: none yet."
    )

    @property
    def cell(self) -> PostCell:
        """The network in the figure, as trained so far.

        Raises:
            ValueError: there is none, or there are several.
        """
        whole = bytearray(self.weights if len(self.weights) % 4 == 0 else b"") or bytearray(4)
        numbers = torch.frombuffer(whole, dtype=torch.float32)
        size = len(self.result.get("vocabulary", self.vocabulary))
        both = math.isqrt(len(numbers))  # (V + H) rows of (V + H) weights and a bias
        if both <= size or both * (both + 1) != len(numbers):
            raise ValueError("The figure holds no single network yet: train it first.")
        cell = PostCell(size, both - size)
        torch.nn.utils.vector_to_parameters(numbers, cell.parameters())
        return cell


def numbers_of(cell: PostCell) -> bytes:
    """A cell's numbers as `NetworkFigure.weights` holds them."""
    return traits.bytes_of(torch.nn.utils.parameters_to_vector(cell.parameters()))
