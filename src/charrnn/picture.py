"""A picture that is at home on a light and on a dark page, and says in words what it shows."""

import html
import io
import re
from dataclasses import dataclass
from hashlib import sha1
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure

FONT = Path(__file__).parent / "fonts" / "NotoSansKR-subset.otf"
font_manager.fontManager.addfont(str(FONT))

# Each is at least 3:1 against white and against the dark page, and all stay apart for readers
# who are colour-blind (Okabe and Ito 2008, "Color Universal Design").
BLUE, VERMILION, GREEN, PURPLE = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
INK = "#010203"  # stands for the page's own text colour, put in by `Picture`

STYLE: dict[Any, Any] = {
    "font.family": [font_manager.get_font(str(FONT)).family_name, "DejaVu Sans"],
    "font.size": 12,
    "mathtext.fontset": "dejavusans",
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


@dataclass(frozen=True)
class Picture:
    """A matplotlib figure with its alt text; Jupyter, Colab and the built page show it as SVG.

    ``figure.savefig(...)`` still makes a file of it.
    """

    figure: Figure
    alt: str

    def _repr_html_(self) -> str:
        buffer = io.StringIO()
        with mpl.rc_context(STYLE):
            self.figure.savefig(buffer, format="svg", bbox_inches="tight", metadata={"Date": None})
        svg = re.sub(r"^.*?(?=<svg)|<metadata>.*?</metadata>", "", buffer.getvalue(), flags=re.S)
        svg = re.sub(r"<!--.*?-->\s*", "", svg, flags=re.S)
        svg = svg.replace(INK, "currentColor")
        # The page's own font: until 3.10 matplotlib writes size and family in one, then apart.
        svg = re.sub(r"font: ([\d.]+px) [^;\"]*", r"font-size: \1; font-family: inherit", svg)
        svg = re.sub(r"font-family: [^;\"]*", "font-family: inherit", svg)
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
    """An empty figure in the book's style, in inches; call inside ``mpl.rc_context(STYLE)``."""
    return Figure(figsize=(width, height), layout="constrained")
