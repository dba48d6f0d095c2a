"""Charts of measurements: many seeds, their middle and their spread; and a plain heat map."""

from collections.abc import Mapping, Sequence

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, MaxNLocator, NullFormatter, NullLocator
from numpy.typing import ArrayLike, NDArray

from charrnn.picture import BLUE, GREEN, INK, PURPLE, VERMILION, Picture, figure
from charrnn.plots import signed_colours, styled, visible
from charrnn.words import choose, translated

COLOURS = (BLUE, VERMILION, GREEN, PURPLE)
MARKERS = ("o", "s", "^", "D")


def _measured(runs: Mapping[str, ArrayLike], most: int) -> dict[str, NDArray[np.float64]]:
    """The runs as arrays, their names in the page's language."""
    if not 1 <= len(runs) <= most:
        raise ValueError(f"A chart holds 1 to {most} named series, got {len(runs)}.")
    return {translated(name): np.asarray(values, float) for name, values in runs.items()}


def _spread(values: NDArray[np.float64]) -> str:
    low, middle, high = values.min(), np.median(values), values.max()
    return f"{middle:.3g}" if low == high else f"{middle:.3g} ({low:.3g}–{high:.3g})"


@styled
def lines(
    x: Sequence[float], runs: Mapping[str, ArrayLike], x_label: str, y_label: str,
    log_x: bool = False, log_y: bool = False, level: tuple[str, float] | None = None,
) -> Picture:  # fmt: skip
    """Curves over seeds: the median as a line, lowest to highest as a band.

    Args:
        x: the P places on the x axis; each is a tick when there are 12 or fewer.
        runs: by name, up to 4; each ``(S, P)``, a row per seed, or ``(P,)`` for a single run.
        x_label: put into the page's language if `charrnn.words` has it; so are names and y_label.
        y_label: likewise.
        log_x, log_y: log scales.
        level: name and height of a dashed line to hold the curves against.

    Raises:
        ValueError: no series, more than 4, or one whose last axis is not P long.
    """
    named = _measured(runs, len(COLOURS))
    places = np.asarray(x, float)
    fig = figure(6.4, 3.6)
    axes = fig.add_subplot()
    notes = []
    for (name, values), colour, marker in zip(named.items(), COLOURS, MARKERS, strict=False):
        rows = np.atleast_2d(values)  # (S, P)
        if rows.shape[1:] != places.shape:
            raise ValueError(f"{name}: {rows.shape} values do not fit {places.size} places on x.")
        few = places.size <= 30
        axes.plot(places, np.median(rows, axis=0), color=colour, lw=1.6, label=name,
                  marker=marker if few else None, ms=5)  # fmt: skip
        if len(rows) > 1:
            axes.fill_between(places, rows.min(axis=0), rows.max(axis=0), color=colour,
                              alpha=0.18, lw=0)  # fmt: skip
        notes.append(f"{name}: {_spread(rows[:, 0])} → {_spread(rows[:, -1])}")
    if level:
        name, height = translated(level[0]), level[1]
        axes.axhline(height, color=INK, lw=1, ls="--", alpha=0.6)
        axes.annotate(name, (1, height), (0, 3), ha="right", fontsize=10,
                      xycoords=("axes fraction", "data"), textcoords="offset points")  # fmt: skip
        notes.append(f"{name}: {height:.3g}")
    axes.set_xscale("log" if log_x else "linear")
    axes.set_yscale("log" if log_y else "linear")
    if places.size <= 12:
        axes.xaxis.set_major_locator(FixedLocator(list(places)))
        axes.xaxis.set_minor_locator(NullLocator())
        axes.set_xticks(places, [f"{p:g}" for p in places])
        axes.xaxis.set_minor_formatter(NullFormatter())
    axes.set(xlabel=translated(x_label), ylabel=translated(y_label))
    axes.grid(True, color=INK, alpha=0.12, lw=0.6)
    if len(named) > 1:
        fig.legend(loc="outside upper center", ncols=min(4, len(named)), fontsize=11)
    seeds = any(values.ndim > 1 for values in named.values())
    head = choose(
        f"가로축은 {translated(x_label)}, 세로축은 {translated(y_label)}입니다. "
        f"{places[0]:g}에서 {places[-1]:g}까지"
        + (", 시드들의 가운데 값(가장 낮은 값–가장 높은 값): " if seeds else ": "),
        f"{translated(y_label)} against {translated(x_label)} from {places[0]:g} to "
        f"{places[-1]:g}" + ("; median (lowest–highest) over the seeds: " if seeds else ": "),
    )
    return Picture(fig, head + "; ".join(notes) + ".")


@styled
def dots(runs: Mapping[str, ArrayLike], x_label: str, log_x: bool = False) -> Picture:
    """One row per series, one dot per seed, a bar at the median.

    Args:
        runs: by name, up to 8; each ``(S,)``, a number per seed.
        x_label: what the numbers are; put into the page's language if `charrnn.words` has it.
        log_x: a log scale.

    Raises:
        ValueError: no series, or more than 8.
    """
    named = _measured(runs, 8)
    fig = figure(6.4, 0.9 + 0.42 * len(named))
    axes = fig.add_subplot()
    for row, values in enumerate(named.values()):
        axes.plot(values, np.full(values.shape, row), "o", mfc="none", color=BLUE, ms=7)
        axes.plot(np.median(values), row, "|", color=VERMILION, ms=18, mew=2.4)
    axes.set_xscale("log" if log_x else "linear")
    if not log_x and all((values == values.round()).all() for values in named.values()):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_yticks(range(len(named)), list(named))
    axes.set(ylim=(len(named) - 0.5, -0.5), xlabel=translated(x_label))
    axes.grid(True, axis="x", color=INK, alpha=0.12, lw=0.6)
    axes.tick_params(axis="y", length=0)
    head = choose(
        f"{translated(x_label)}, 시드마다 점 하나. 가운데 값(가장 낮은 값–가장 높은 값): ",
        f"{translated(x_label)}, one dot per seed; median (lowest–highest): ",
    )
    notes = [f"{name} {_spread(values)}" for name, values in named.items()]
    return Picture(fig, head + "; ".join(notes) + ".")


@styled
def heat(
    values: ArrayLike, columns: Sequence[str], rows: Sequence[str], x_label: str, y_label: str,
) -> Picture:  # fmt: skip
    """Numbers ``(R, C)`` as colours: blue below 0, vermilion above, clear at 0.

    Args:
        values: what to draw.
        columns: C names, letters as they are; a space is drawn as ␣.
        rows: R names, or two for the first and the last row.
        x_label: put into the page's language if `charrnn.words` has it; so is y_label.
        y_label: likewise.

    Raises:
        ValueError: names that do not fit the values, or nothing to draw.
    """
    table = np.asarray(values, float)
    if table.ndim != 2 or not table.size or len(columns) != table.shape[1]:
        raise ValueError(f"heat needs (R, C) values and C columns, got {table.shape} and "
                         f"{len(columns)} names.")  # fmt: skip
    if len(rows) not in (2, len(table)):
        raise ValueError(f"{len(table)} rows need as many names or two, got {len(rows)}.")
    limit = float(np.abs(table).max()) or 1.0
    fig = figure(6.4, float(np.clip(1.1 + 0.2 * len(table), 1.9, 6.4)))
    axes: Axes = fig.add_subplot()
    axes.imshow(signed_colours(table, limit), aspect="auto", interpolation="none")
    axes.spines[:].set_visible(True)
    axes.tick_params(length=0)
    axes.set_xticks(range(len(columns)), [visible(c) for c in columns], fontsize=10)
    at = range(len(table)) if len(rows) == len(table) else (0, len(table) - 1)
    axes.set_yticks(list(at), list(rows), fontsize=10)
    axes.set(xlabel=translated(x_label), ylabel=translated(y_label))
    for label in axes.get_xticklabels():
        label.set_rotation(90 if len(label.get_text()) > 1 else 0)
    low = -limit if table.min() < 0 else 0.0
    scale = mpl.colors.ListedColormap(list(signed_colours(np.linspace(low / limit, 1, 64))))
    fig.colorbar(mpl.cm.ScalarMappable(mpl.colors.Normalize(low, limit), scale), ax=axes, aspect=20)
    row, column = np.unravel_index(np.abs(table).argmax(), table.shape)
    name = rows[row] if len(rows) == len(table) else str(row + 1)
    alt = choose(
        f"{translated(y_label)} {len(table)}개, {translated(x_label)} {len(columns)}개의 값. "
        f"파란색은 음수, 주황색은 양수이고 {table.min():.2g}에서 {table.max():.2g} 사이입니다. "
        f"가장 큰 값은 행 '{name}', 열 '{visible(columns[column])}'에 있습니다.",
        f"The values of {translated(y_label)} ({len(table)}) over {translated(x_label)} "
        f"({len(columns)}); blue is negative, orange positive, from {table.min():.2g} to "
        f"{table.max():.2g}. The largest is in row '{name}', column '{visible(columns[column])}'.",
    )
    return Picture(fig, alt)
