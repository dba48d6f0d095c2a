"""Charts of measurements: many seeds, their middle and their spread."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike, NDArray

from charrnn.arguments import LARGEST, array, flag, quoted, real
from charrnn.history import History
from charrnn.pictures.checks import (
    above_zero,
    label,
    series,
)
from charrnn.pictures.picture import BLUE, INK, SMALL, VERMILION, Picture, figure
from charrnn.pictures.style import (
    ACROSS,
    COLOURS,
    legend,
    level_line,
    name_axes,
    named_by_powers,
    number_ticks,
    styled,
    thinned,
    wrapped,
)
from charrnn.scratch.training import loss_spikes
from charrnn.translations import choose, word

MARKERS = ("o", "s", "^", "D")
MOST_DOTS = 1000  # in a row
MOST_PLACES = 4000  # on a curve


def _spread(values: NDArray[np.float64]) -> str:
    low, middle, high = values.min(), np.median(values), values.max()
    return f"{middle:.3g}" if low == high else f"{middle:.3g} ({low:.3g}–{high:.3g})"


def _turns(places: NDArray[np.float64], middle: NDArray[np.float64]) -> str:
    """Where a curve ``(P,)`` is lower or higher than at both of its ends."""
    low, high = int(middle.argmin()), int(middle.argmax())
    told = ""
    if middle[low] < min(middle[0], middle[-1]):
        told += choose(
            f", 가장 낮은 곳은 {places[low]:g}에서 {middle[low]:.3g}",
            f", lowest {middle[low]:.3g} at {places[low]:g}",
        )
    if middle[high] > max(middle[0], middle[-1]):
        told += choose(
            f", 가장 높은 곳은 {places[high]:g}에서 {middle[high]:.3g}",
            f", highest {middle[high]:.3g} at {places[high]:g}",
        )
    return told


def _level(level: tuple[str, float]) -> tuple[str, float]:
    if not isinstance(level, tuple | list) or len(level) != 2:
        raise TypeError(f"level must be a name and a height, got {quoted(level)}.")
    return label("level", level[0]), real("level", level[1], least=-LARGEST, most=LARGEST)


@styled
def lines(
    x: Sequence[float], runs: Mapping[str, ArrayLike], x_label: str, y_label: str,
    log_x: bool = False, log_y: bool = False, level: tuple[str, float] | None = None,
) -> Picture:  # fmt: skip
    """Curves over seeds: the median as a line, lowest to highest as a band.

    Args:
        x: the P places on the x axis, up to 4000; of 12 or fewer each is a tick that has room.
        runs: by name, up to 4; each ``(S, P)``, a row per seed, or ``(P,)`` for a single run.
        x_label: put into the page's language if `charrnn.translations` has it, as the names are.
        y_label: likewise.
        log_x, log_y: log scales.
        level: name and height of a dashed line to hold the curves against.

    Raises:
        TypeError: what is no number, no name, no dict.
        ValueError: no series, more than 4, one whose last axis is not P long, nan or inf, or on a
            log scale what is not above 0.
    """
    places = array("x", list(x) if isinstance(x, range) else x, ("P",))
    if len(places) > MOST_PLACES:
        raise ValueError(f"x must be at most {MOST_PLACES} places, got {len(places)}.")
    x_name, y_name = label("x_label", x_label), label("y_label", y_label)
    flag("log_x", log_x)
    flag("log_y", log_y)
    named = [
        (name, array("runs", values, ("S", len(places)), (len(places),)))
        for name, values in series("runs", runs, len(COLOURS))
    ]
    if log_x:
        above_zero("x", places)
    fig = figure(3.3)
    axes = fig.add_subplot()
    curves = []
    notes = []
    for (name, values), colour, marker in zip(named, COLOURS, MARKERS, strict=False):
        rows = np.atleast_2d(above_zero("runs", values) if log_y else values)  # (S, P)
        few = places.size <= 30
        curves += axes.plot(places, np.median(rows, axis=0), color=colour, lw=1.6,
                            marker=marker if few else None, ms=5)  # fmt: skip
        if len(rows) > 1:
            axes.fill_between(places, rows.min(axis=0), rows.max(axis=0), color=colour,
                              alpha=0.18, lw=0)  # fmt: skip
        ends = f"{name}: {_spread(rows[:, 0])} → {_spread(rows[:, -1])}"
        notes.append(ends + _turns(places, np.median(rows, axis=0)))
    if level is not None:
        name, height = _level(level)
        if log_y:
            above_zero("level", np.array(height))
        level_line(axes, name, height)
        notes.append(f"{name}: {height:.3g}")
    axes.set(xscale="log" if log_x else "linear", yscale="log" if log_y else "linear")
    for axis, by_powers in ((axes.xaxis, log_x), (axes.yaxis, log_y)):
        if by_powers:
            named_by_powers(axis)
    if places.size <= 12:
        number_ticks(axes.xaxis, places, ACROSS)
    elif not log_x and (places == places.round()).all():
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    name_axes(axes, x_name, y_name)
    axes.grid(True, color=INK, alpha=0.12, lw=0.6)
    if len(named) > 1:
        legend(fig, curves, [name for name, _ in named])
    seeds = any(values.ndim > 1 for _, values in named)
    head = choose(
        f"가로축은 {x_name}, 세로축은 {y_name}입니다. "
        f"{places[0]:g}에서 {places[-1]:g}까지"
        + (", 시드들의 가운데 값(가장 낮은 값–가장 높은 값): " if seeds else ": "),
        f"{y_name} against {x_name} from {places[0]:g} to "
        f"{places[-1]:g}" + ("; median (lowest–highest) over the seeds: " if seeds else ": "),
    )
    return Picture(fig, head + "; ".join(notes) + ".")


@styled
def loss_curve(
    runs: History | Mapping[str, History],
    landmarks: Mapping[str, float] | None = None,
    mark_spikes: bool = True,
) -> Picture:
    """Loss against epoch on a log scale; several named runs share the axes, spikes are marked.

    Args:
        runs: one history, or several by name.
        landmarks: losses drawn as level lines, by name, up to 8.
        mark_spikes: a ring on each of `spikes`.

    Raises:
        TypeError: what is no history, no dict of names, no number.
        ValueError: no run, more runs than colours (4), a run without an epoch, or with a loss of
            0 or less, which has no place on a log scale.
    """
    flag("mark_spikes", mark_spikes)
    named = [("", runs)] if isinstance(runs, History) else series("runs", runs, len(COLOURS))
    for name, history in named:
        if not isinstance(history, History):
            raise TypeError(
                f"runs must hold histories, as train gives them, got {quoted(history)}."
            )
        if isinstance(history.losses, Sequence) and not history.losses:
            raise ValueError(
                f"runs has a run without an epoch and so without a curve, {name!r}: train with "
                "epochs=1 or more."
            )
    none = landmarks is None or (isinstance(landmarks, Mapping) and not landmarks)
    levels = [] if none else series("landmarks", landmarks, 8)
    fig = figure(3.3)
    axes = fig.add_subplot()
    notes = []
    curves = []
    for (name, history), colour in zip(named, COLOURS, strict=False):
        losses = above_zero("runs", array("runs", history.losses, ("N",)))
        curves += axes.plot(*thinned(losses), color=colour, lw=1.4)
        tops = loss_spikes(losses)
        if mark_spikes and tops:
            axes.plot(tops, [losses[e] for e in tops], "o", mfc="none", color=colour, ms=8)
        notes.append(
            choose(
                f"{name + ': ' if name else ''}손실이 {losses[0]:.3g}에서 시작해 "
                f"{len(losses)} 에포크 동안 가장 낮게는 {min(losses):.1e}까지 내려가고 "
                + (f"{len(tops)}번 튀어 오릅니다" if tops else "튀어 오르지 않습니다"),
                f"{name + ': ' if name else ''}the loss starts at {losses[0]:.3g}, reaches "
                f"{min(losses):.1e} at its lowest in {len(losses)} epochs and spikes "
                f"{len(tops)} time{'s' * (len(tops) != 1)}",
            )
        )
    for name, level in levels:
        height = real("landmarks", level, above=0, most=LARGEST)
        level_line(axes, name, height)
        notes.append(f"{name} {height:.3g}")
    axes.set_yscale("log")
    name_axes(axes, word("epoch"), word("loss"))
    named_by_powers(axes.yaxis)
    axes.grid(True, color=INK, alpha=0.12, lw=0.6)
    if len(named) > 1:
        legend(fig, curves, [name for name, _ in named])
    alt = choose("로그 눈금의 손실 곡선. ", "Loss curve on a log scale: ") + "; ".join(notes) + "."
    return Picture(fig, alt)


@styled
def strip_plot(runs: Mapping[str, ArrayLike], x_label: str, log_x: bool = False) -> Picture:
    """One row per series, one dot per seed, equal ones stacked, a bar at the median.

    Args:
        runs: by name, up to 8; each ``(S,)``, a number per seed.
        x_label: what the numbers are, in the page's language if `charrnn.translations` has it.
        log_x: a log scale.

    Raises:
        TypeError: what is no number, no name, no dict.
        ValueError: no series, more than 8, one without a number or with more than 1000, nan or
            inf, or on a log scale what is not above 0.
    """
    flag("log_x", log_x)
    x_name = label("x_label", x_label)
    named = [(name, _seeds(values, log_x)) for name, values in series("runs", runs, 8)]
    names = [wrapped(name, 104) for name, _ in named]
    rows = 1 + max(name.count("\n") for name in names)
    fig = figure(0.9 + (0.23 + 0.19 * rows) * len(named))
    axes = fig.add_subplot()
    for row, (_, values) in enumerate(named):
        axes.plot(values, row + _stacked(values), "o", mfc="none", color=BLUE, ms=6)
        axes.plot(np.median(values), row, "|", color=VERMILION, ms=18, mew=2.4)
    axes.set_xscale("log" if log_x else "linear")
    if log_x:
        named_by_powers(axes.xaxis)
    elif all((values == values.round()).all() for _, values in named):
        axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    axes.set_yticks(range(len(named)), names, fontsize=SMALL)
    axes.set_ylim(len(named) - 0.5, -0.5)
    name_axes(axes, x_name, "")
    axes.grid(True, axis="x", color=INK, alpha=0.12, lw=0.6)
    axes.tick_params(axis="y", length=0)
    head = choose(
        f"{x_name}, 시드마다 점 하나. 가운데 값(가장 낮은 값–가장 높은 값): ",
        f"{x_name}, one dot per seed; median (lowest–highest): ",
    )
    notes = [f"{name} {_spread(values)}" for name, values in named]
    return Picture(fig, head + "; ".join(notes) + ".")


def _stacked(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """How far each dot stands from the middle of its row, ``(S,)``: equal ones not on one spot."""
    _, group, counts = np.unique(values, return_inverse=True, return_counts=True)
    order = np.array([(group[:i] == g).sum() for i, g in enumerate(group)])
    alike = counts[group]
    return (order - (alike - 1) / 2) * np.minimum(0.12, 0.7 / alike)


def _seeds(values: ArrayLike, log: bool) -> NDArray[np.float64]:
    """The numbers of a row of dots, ``(S,)``."""
    given = array("runs", values, ("S",))
    if len(given) > MOST_DOTS:
        raise ValueError(f"runs must hold at most {MOST_DOTS} numbers each, got {len(given)}.")
    return above_zero("runs", given) if log else given
