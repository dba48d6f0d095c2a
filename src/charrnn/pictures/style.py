"""What charts share: style and colours, ticks of letters and of powers, legend, level lines."""

from collections.abc import Callable, Sequence
from functools import wraps
from math import ceil
from textwrap import fill
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis, XAxis
from matplotlib.figure import Figure
from matplotlib.ticker import LogFormatter
from numpy.typing import NDArray

from charrnn.pictures.checks import shortened
from charrnn.pictures.picture import BLUE, GREEN, INK, PURPLE, RAISED, VERMILION, Picture, in_style

COLOURS = (BLUE, VERMILION, GREEN, PURPLE)
LONGEST_TICK = 12  # letters of a name on an axis; longer ones would leave the numbers no room


def styled(draw: Callable[..., Picture]) -> Callable[..., Picture]:
    """Run a drawing function in the book's style."""

    @wraps(draw)
    def drawn(*args: Any, **kwargs: Any) -> Picture:
        with in_style():
            return draw(*args, **kwargs)

    return drawn


def signed_colours(values: NDArray[Any], limit: float = 1.0) -> NDArray[Any]:
    """RGBA for numbers: blue below 0, vermilion above, clear at 0, full at ±limit.

    Clear rather than white, so that the page's own background shows through.
    """
    strength = np.clip(np.abs(values) / limit, 0, 1) ** 0.8  # weak values stay visible
    colour = np.where(
        (values < 0)[..., None], mpl.colors.to_rgb(BLUE), mpl.colors.to_rgb(VERMILION)
    )
    return np.concatenate((colour, strength[..., None]), axis=-1)


def level_line(axes: Axes, name: str, height: float) -> None:
    """A dashed line at a height, its name beside the axes, where no curve is."""
    axes.axhline(height, color=INK, lw=1, ls="--", alpha=0.6)
    axes.annotate(
        fill(name, 16), (1, height), (4, 0), ha="left", va="center", fontsize=10,
        xycoords=("axes fraction", "data"), textcoords="offset points", annotation_clip=False,
    )  # fmt: skip


def legend(fig: Figure, curves: Sequence[Artist], names: Sequence[str]) -> None:
    """Names above the axes, in as many columns as there is room for."""
    columns = max(1, min(len(names), 64 // max(map(len, names), default=1)))
    fig.legend(curves, names, loc="outside upper center", ncols=columns, fontsize=11)


def thinned(values: NDArray[Any], most: int = 4000) -> tuple[NDArray[Any], NDArray[Any]]:
    """Places and values of a curve, ``(N,)`` each; of a long one the ends of every short piece.

    The lowest and the highest of each piece are kept, so that what is drawn looks the same.
    """
    places = np.arange(len(values))
    if len(values) <= most:
        return places, values
    pieces = np.array_split(places, most // 4)
    ends = [(p[0], p[values[p].argmin()], p[values[p].argmax()], p[-1]) for p in pieces]
    kept = np.unique(np.ravel(ends))
    return kept, values[kept]


def draw_heat(axes: Axes, values: NDArray[Any], limit: float = 1.0) -> None:
    """Numbers ``(R, C)`` as squares in `signed_colours`, framed, the first row on top."""
    axes.imshow(signed_colours(values, limit), aspect="auto", interpolation="none")
    axes.spines[:].set_visible(True)
    axes.tick_params(length=0)


def colour_bar(fig: Figure, axes: Axes, low: float, high: float, **settings: Any) -> None:
    """The scale of `signed_colours` beside the axes, from ``low`` to ``high``."""
    limit = max(abs(low), abs(high))
    shades = signed_colours(np.linspace(low, high, 64), limit)
    scale = mpl.cm.ScalarMappable(
        mpl.colors.Normalize(low, high), mpl.colors.ListedColormap(list(shades))
    )
    fig.colorbar(scale, ax=axes, **settings)


def letter_ticks(axis: Axis, names: Sequence[str], size: float = 10) -> None:
    """Letters along an axis, each at its place; words stand upright under a column.

    Of more than 64 only every second, third, … is named, so that they stay apart. A name of more
    than 12 letters is cut.
    """
    places = range(0, len(names), ceil(len(names) / 64))
    shown = [shortened(names[i], LONGEST_TICK) for i in places]
    axis.set_ticks(list(places), shown, fontsize=size)
    if isinstance(axis, XAxis):
        for tick in axis.get_ticklabels():
            tick.set_rotation(90 if len(tick.get_text()) > 1 else 0)


class Powers(LogFormatter):
    """Ticks of a log scale, as 10⁻³: letters, which take the page's font, and no formula."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """The tick's text; "" where Matplotlib leaves a tick without one."""
        if not super().__call__(x, pos):
            return ""
        factor, _, exponent = f"{x:.4e}".partition("e")
        power = f"10{str(int(exponent)).translate(RAISED)}"
        return power if float(factor) == 1 else f"{float(factor):g}×{power}"


def named_by_powers(axis: Axis) -> None:
    """Name the ticks of a logarithmic axis by `Powers`; after its scale has been set."""
    axis.set_major_formatter(Powers())
    axis.set_minor_formatter(Powers())
