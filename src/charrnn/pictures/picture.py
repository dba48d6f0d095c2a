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
from matplotlib.textpath import text_to_path

FONT = Path(__file__).parent / "fonts" / "charrnn-hangul.otf"
FAMILIES = ["charrnn Hangul", "DejaVu Sans"]

# Each is at least 3:1 against white and against the dark page, and all stay apart for readers
# who are colour-blind (the first four: Okabe and Ito 2008, "Color Universal Design").
BLUE, VERMILION, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
VIOLET = "#9030fc"
INK = "#010203"  # stands for the page's own text colour, put in by `Picture`

# One colour for each thing of a network, in every picture: the letter that goes in, the state, the
# output, the weights, and the gates of LSTM and GRU. The cell state of an LSTM is of INK.
LETTER, STATE, OUTPUT, WEIGHT, GATE = GREEN, VERMILION, BLUE, VIOLET, PURPLE

# A phone's page, 390 CSS pixels wide, gives a picture 382. No letter there is under 11 pixels high
# if no picture is wider and no letter smaller than this; on a desktop's page it stands centred.
WIDTH = 4.8  # inches
PAD = 0.08  # inches on each side: the page's own font may be wider than the one that was measured
SMALL = 11  # points
FORMULA = 15  # points of a formula with indices, which are 0.7 as high

RAISED = str.maketrans("0123456789-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻")

STYLE: dict[Any, Any] = {
    "font.family": FAMILIES,
    "font.sans-serif": FAMILIES,
    "font.size": 12,
    "legend.fontsize": SMALL,
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
    """The font of the package and those that Matplotlib brings, none of the machine's own.

    Matplotlib keeps its list of fonts in a file; one written while an environment was being
    changed may lack its own fonts, and no picture could be drawn from it.
    """
    manager = font_manager.fontManager
    files = {FONT, *Path(mpl.get_data_path(), "fonts", "ttf").glob("*.ttf")}
    for file in files - {Path(font.fname) for font in manager.ttflist}:
        manager.addfont(str(file))
    own = [font for font in manager.ttflist if Path(font.fname) in files]
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
            self.figure.savefig(buffer, format="svg", bbox_inches="tight", pad_inches=PAD)
        svg = re.sub(r"^.*?(?=<svg)|<metadata>.*?</metadata>", "", buffer.getvalue(), flags=re.S)
        # A formula says what it is, so that the book can light its symbols.
        svg = re.sub(r"<!-- \$([^$]+)\$ -->\s*<g", r'<g data-symbol="\1"', svg)
        svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
        svg = svg.replace(INK, "currentColor")
        with in_style():  # measured in the fonts that it was laid out in
            svg = re.sub(
                r"(?<=<text)(?= [^>]*font(?:-size)?: ([\d.]+)px[^>]*>([^<]{2,})<)", _measured, svg
            )
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


def figure(height: float = 3.2) -> Figure:
    """An empty figure of the book's width, so many inches high; call inside `in_style`."""
    return Figure(figsize=(WIDTH - 2 * PAD, height), layout="constrained")


def _measured(text: re.Match[str]) -> str:
    """The width that a text was given room for, whatever font the page has; not of raised digits.

    Without it a line of several, which begins where it was measured to begin, would be out of its
    middle, and a wider font would run out of boxes and over the edge.
    """
    words = html.unescape(text[2])
    if any(ord(letter) in RAISED.values() for letter in words):
        return ""
    font = font_manager.FontProperties(family=FAMILIES, size=float(text[1]))
    width, _, _ = text_to_path.get_text_width_height_descent(words, font, ismath=False)
    return f' textLength="{width:.1f}" lengthAdjust="spacingAndGlyphs"'


def _superscript(digits: re.Match[str]) -> str:
    """Raised digits as a superscript of plain ones."""
    plain = digits[0].translate({raised: digit for digit, raised in RAISED.items()})
    plain = plain.replace("-", "−")
    return f'<tspan dy="-0.42em" style="font-size: 0.92em">{plain}</tspan>'
