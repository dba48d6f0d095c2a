"""A picture that is at home on a light and on a dark page, and says in words what it shows."""

import html
import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha1
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager, style
from matplotlib.figure import Figure

FONT = Path(__file__).parent / "fonts" / "charrnn-hangul.otf"
FAMILIES = ["charrnn Hangul", "DejaVu Sans"]
font_manager.fontManager.addfont(str(FONT))

# Each is at least 3:1 against white and against the dark page, and all stay apart for readers
# who are colour-blind (Okabe and Ito 2008, "Color Universal Design").
BLUE, VERMILION, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
INK = "#010203"  # stands for the page's own text colour, put in by `Picture`

RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

STYLE: dict[Any, Any] = {
    "font.family": FAMILIES,
    "font.sans-serif": FAMILIES,
    "font.size": 12,
    "mathtext.fontset": "dejavusans",
    "axes.labelpad": 9,  # the page's own font may be wider than the one that was measured
    "text.parse_math": False,  # a reader's "$" is a letter; formulas ask for it
    "axes.unicode_minus": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "legend.frameon": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "charrnn",
    **dict.fromkeys(
        ("text.color", "axes.labelcolor", "axes.edgecolor", "xtick.color", "ytick.color"), INK
    ),
}


@cache
def _shipped_fonts() -> list[Any]:
    """The font of the package and those that Matplotlib brings, none of the machine's own."""
    bundled = Path(mpl.get_data_path())
    own = [
        font
        for font in font_manager.fontManager.ttflist
        if Path(font.fname) == FONT or bundled in Path(font.fname).parents
    ]
    return sorted(own, key=lambda font: str(font.fname))


@contextmanager
def in_style() -> Iterator[None]:
    """Draw in the book's style and with its fonts, the same on every machine.

    The reader's own settings of Matplotlib and fonts are put back afterwards. A letter that
    neither font has is a box, and nothing is said about it, unless somebody asked for an error
    (``PYTHONWARNINGS=error:Glyph:UserWarning``, as when the book is built): the filter is the
    last one, so any other comes before it.
    """
    manager = font_manager.fontManager
    fonts = manager.ttflist
    quiet = np.errstate(all="ignore")  # Matplotlib's own sums with what is nearly too large
    with style.context(["default", STYLE]), warnings.catch_warnings(), quiet:
        warnings.filterwarnings("ignore", r"Glyph .* missing from", UserWarning, append=True)
        manager.ttflist = _shipped_fonts()
        try:
            yield
        finally:
            manager.ttflist = fonts


@dataclass(frozen=True)
class Picture:
    """A matplotlib figure with its alt text; Jupyter, Colab and the built page show it as SVG.

    ``figure.savefig(...)`` still makes a file of it.
    """

    figure: Figure
    alt: str

    def _repr_html_(self) -> str:
        buffer = io.StringIO()
        with in_style():
            self.figure.savefig(buffer, format="svg", bbox_inches="tight")
        svg = re.sub(r"^.*?(?=<svg)|<metadata>.*?</metadata>", "", buffer.getvalue(), flags=re.S)
        svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
        svg = svg.replace(INK, "currentColor")
        # The page's own font: until 3.10 matplotlib writes size and family in one, then apart.
        svg = re.sub(r"font: ([\d.]+px) [^;\"]*", r"font-size: \1; font-family: inherit", svg)
        svg = re.sub(r"font-family: [^;\"]*", "font-family: inherit", svg)
        # A page's font may have raised digits too small to read: its plain ones, raised, are not.
        svg = re.sub(f"[{''.join(map(chr, RAISED.values()))}]+", _superscript, svg)
        # Several pictures share a page: ids get a prefix of their own.
        mark = "p" + sha1(svg.encode()).hexdigest()[:8]
        svg = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>{mark}-", svg)
        label = html.escape(self.alt, quote=True)
        svg = svg.replace(
            "<svg", f'<svg role="img" aria-label="{label}" class="charrnn-picture"', 1
        )
        svg = re.sub(r'(?<=class="charrnn-picture") ', ' style="max-width:100%;height:auto" ', svg)
        return svg

    def __repr__(self) -> str:
        return self.alt


def figure(width: float = 6.4, height: float = 3.2) -> Figure:
    """An empty figure in the book's style, in inches; call inside `in_style`."""
    return Figure(figsize=(width, height), layout="constrained")


def _superscript(digits: re.Match[str]) -> str:
    """Raised digits as a superscript of plain ones."""
    plain = digits[0].translate({raised: digit for digit, raised in RAISED.items()})
    plain = plain.replace("-", "−")
    return f'<tspan dy="-0.42em" style="font-size: 0.8em">{plain}</tspan>'
