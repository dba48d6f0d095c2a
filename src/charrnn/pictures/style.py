"""What charts share: style and colours, ticks of letters and of powers, legend, level lines."""

from collections.abc import Callable, Sequence
from functools import wraps
from math import ceil
from textwrap import fill
from typing import Any, cast
from unicodedata import east_asian_width

import matplotlib as mpl
import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis, XAxis, YAxis
from matplotlib.figure import Figure
from matplotlib.ticker import (
    LogFormatter,
    MaxNLocator,
    NullFormatter,
    NullLocator,
)
from numpy.typing import NDArray

from charrnn.pictures.checks import SIGNS, shortened
from charrnn.pictures.picture import (
    BLUE,
    GREEN,
    INK,
    PURPLE,
    RAISED,
    SMALL,
    VERMILION,
    WIDTH,
    Picture,
    in_style,
)

COLOURS = (BLUE, VERMILION, GREEN, PURPLE)
ACROSS = 72 * WIDTH - 66  # points of an axis beside numbers and a name
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


def points(text: str, size: float = SMALL) -> float:
    """About how wide a line of text is: Hangul and m are one em, other Latin 0.64 on average."""
    wide = [east_asian_width(letter) in "WF" or letter in "MWmw@%" for letter in text]
    return size * sum(1 if one else 0.64 for one in wide)


def wrapped(text: str, width: float) -> str:
    """The text in lines of so many points at the most, about as long as one another."""
    letter = points(text) / max(len(text), 1)
    most = max(1, int(width / (letter or 1)))
    whole = fill(text, most)
    for few in range(1, most):
        lines = fill(text, few, break_long_words=False).split("\n")
        if len(lines) <= whole.count("\n") + 1 and max(map(len, lines)) <= most:
            return "\n".join(lines)
    return whole


def name_axes(axes: Axes, x_name: str, y_name: str, room: float = ACROSS) -> None:
    """Names below the axes, which are ``room`` points wide, and beside them, in lines that fit."""
    height = 72 * cast(Figure, axes.get_figure(root=True)).get_figheight() - 60
    axes.set(xlabel=wrapped(x_name, room), ylabel=wrapped(y_name, max(height, 72)))


def level_line(axes: Axes, name: str, height: float) -> None:
    """A dashed line at a height, its name beside the axes, where no curve is."""
    axes.axhline(height, color=INK, lw=1, ls="--", alpha=0.6)
    room = max([64, *(points(one) + 1 for one in name.split())])
    axes.annotate(
        wrapped(name, min(room, 96)), (1, height), (4, 0), ha="left", va="center", fontsize=SMALL,
        xycoords=("axes fraction", "data"), textcoords="offset points", annotation_clip=False,
    )  # fmt: skip


def legend(fig: Figure, curves: Sequence[Artist], names: Sequence[str]) -> None:
    """Names above the axes, in as many columns as there is room for."""
    shown = [wrapped(name, 72 * WIDTH - 60) for name in names]
    longest = max(points(line) for name in shown for line in name.split("\n"))
    columns = max(1, min(len(shown), int(72 * WIDTH / (longest + 46))))
    fig.legend(curves, shown, loc="outside upper center", ncols=columns, columnspacing=1.2)


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


def colour_bar(fig: Figure, axes: Axes, low: float, high: float, name: str = "") -> None:
    """The scale of `signed_colours` below the axes, from ``low`` to ``high``."""
    limit = max(abs(low), abs(high))
    shades = signed_colours(np.linspace(low, high, 64), limit)
    scale = mpl.cm.ScalarMappable(
        mpl.colors.Normalize(low, high), mpl.colors.ListedColormap(list(shades))
    )
    ticks = MaxNLocator(5)  # more would touch
    fig.colorbar(
        scale, ax=axes, location="bottom", aspect=36, fraction=0.1, ticks=ticks, label=name
    )


def letter_ticks(axis: Axis, names: Sequence[str], room: float) -> None:
    """Letters along an axis, each at its place; words stand upright under a column.

    Where columns are narrower than letters, these stand by turns in one of two rows, the words
    below. What has no room even then is left out: only every second, third, … is named. A name
    of more than 12 letters is cut.

    Args:
        axis: of columns or of rows.
        names: one for each.
        room: points that the axis is long.
    """
    upright = [isinstance(axis, XAxis) and len(name) > 1 for name in names]
    lines = not isinstance(axis, XAxis) or sum(upright) > 2  # below or beside one another
    letters = [points(name) + 3 for name in names if len(name) == 1]
    need = SMALL + 0.5 if lines else max(letters, default=SMALL)
    pitch = room / max(len(names), 1)
    rows = 2 if pitch < need and not lines else 1
    places = range(0, len(names), ceil(need / (rows * pitch)))
    shown = [shortened(names[i], LONGEST_TICK) for i in places]
    axis.set_ticks(list(places), shown, fontsize=SMALL)
    for turn, (tick, i) in enumerate(zip(axis.get_major_ticks(), places, strict=True)):
        row = rows if rows > 1 and upright[i] else turn % rows
        tick.set_pad(3 + 1.2 * SMALL * row)
        for label in (tick.label1, tick.label2):
            label.set_rotation(90 if upright[i] else 0)
            if lines and label.get_text() == SIGNS[" "]:  # it lies below other letters
                label.set_verticalalignment("bottom")


def number_ticks(axis: Axis, places: NDArray[Any], room: float) -> None:
    """A tick at each of these places, or at every second, third, … if their names would touch.

    Args:
        axis: its scale and its ends are set.
        places: ``(P,)``, rising.
        room: points that the axis is long.
    """
    low, high = axis.get_transform().transform(np.asarray(axis.get_view_interval()))
    at = room * (axis.get_transform().transform(places) - low) / (high - low)
    names = [f"{place:g}" for place in places]
    wide = np.array([points(name, 12) for name in names])
    for step in range(1, len(places) + 1):
        gaps = np.diff(at[::step]) - (wide[::step][:-1] + wide[::step][1:]) / 2
        if not gaps.size or gaps.min() > 4:
            break
    axis.set_ticks(list(places[::step]), names[::step])
    axis.set_minor_locator(NullLocator())
    axis.set_minor_formatter(NullFormatter())


class Powers(LogFormatter):
    """Ticks of a log scale, as 10⁻³: letters, which take the page's font, and no formula.

    On an axis of everyday numbers, from 0.01 to 10 000, the number itself.
    """

    def __call__(self, x: float, pos: int | None = None) -> str:
        """The tick's text; "" where Matplotlib leaves a tick without one."""
        if not super().__call__(x, pos):
            return ""
        low, high = cast(Axis, self.axis).get_view_interval()
        if low > 0.009 and high < 11_000:
            return f"{x:g}"
        factor, _, exponent = f"{x:.4e}".partition("e")
        power = f"10{str(int(exponent)).translate(RAISED)}"
        return power if float(factor) == 1 else f"{float(factor):g}×{power}"


def named_by_powers(axis: Axis) -> None:
    """Name the ticks of a logarithmic axis by `Powers`; after its scale has been set."""
    if isinstance(axis, YAxis):
        axis.labelpad += 8  # `Picture` raises plain digits, wider than those that were measured
    axis.set_major_formatter(Powers())
    axis.set_minor_formatter(Powers())
