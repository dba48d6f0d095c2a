"""Pictures of going downhill: the gradient as a slope, and steps on a slope that was measured."""

from collections.abc import Mapping

import numpy as np
from matplotlib.ticker import MaxNLocator
from numpy.typing import ArrayLike

from charrnn.arguments import array, quoted, real
from charrnn.pictures.checks import series
from charrnn.pictures.numerals import short
from charrnn.pictures.picture import BLUE, INK, SMALL, VERMILION, Picture, figure
from charrnn.pictures.style import styled
from charrnn.translations import choose, word

MOST_STEPS = 30  # of a walk that one can follow


def _curve(places: ArrayLike, losses: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    """A measured curve ``(P,)``, its places from left to right."""
    x = array("places", places, ("P",))
    y = array("losses", losses, (len(x),))
    if len(x) < 3 or (np.diff(x) <= 0).any():
        raise ValueError(f"places must be 3 or more, each larger than the last, got {quoted(x)}.")
    return x, y


@styled
def gradient_as_slope(places: ArrayLike, losses: ArrayLike, at: float, by: float) -> Picture:
    """A measured curve and its slope at one place: how much it rises from a little left to right.

    Args:
        places: ``(P,)``, where the loss was measured, from left to right.
        losses: ``(P,)``.
        at: the place of the slope.
        by: how far it is nudged to each side; ``at - by`` and ``at + by`` are in ``places``.

    Raises:
        TypeError: what is no number.
        ValueError: places out of order, or without the two nudged ones; shapes that do not fit.
    """
    x, y = _curve(places, losses)
    at, by = real("at", at), real("by", by, above=0)
    ends = [int(np.abs(x - end).argmin()) for end in (at - by, at + by)]
    if not np.allclose(x[ends], [at - by, at + by], atol=1e-6 * by):
        raise ValueError(
            f"places must have {at - by:g} and {at + by:g}, where the loss is after a nudge."
        )
    low, high = y[ends]
    slope = (high - low) / (2 * by)
    fig = figure(3.6)
    axes = fig.add_subplot()
    axes.plot(x, y, color=BLUE, lw=2)
    reach = np.array([at - 2.2 * by, at + 2.2 * by])
    middle = (low + high) / 2
    axes.plot(reach, middle + slope * (reach - at), color=VERMILION, lw=2)
    axes.plot(x[ends], y[ends], "o", color=VERMILION, ms=7)
    axes.plot([x[ends[0]], x[ends[0]], x[ends[1]]], [low, high, high], color=INK, lw=1.2, ls="--")
    across, rise = short(2 * by), short(high - low, 2)
    below = high < low
    axes.annotate(f"{choose('옆으로', 'across')} {across}", (at, high), (0, -5 if below else 5),
                  ha="center", va="top" if below else "bottom", fontsize=12,
                  textcoords="offset points")  # fmt: skip
    axes.annotate(f"{word('loss')} {rise}", (x[ends[0]], middle), (-6, 0), ha="right", va="center",
                  fontsize=12, textcoords="offset points")  # fmt: skip
    sum_of_it = f"{rise} / {across} = {short(slope, 2)}"
    axes.set_title(f"{word('gradient')} = {sum_of_it}", fontsize=12)
    axes.set(xlabel=choose("움직인 만큼", "moved by"), ylabel=word("loss"))
    axes.yaxis.set_major_locator(MaxNLocator(6, prune="lower"))  # which would touch the x axis's
    axes.grid(True, color=INK, alpha=0.12, lw=0.6)
    alt = choose(
        f"손실의 골짜기와 {short(at)}에서의 기울기. {short(at - by)}에서 {short(at + by)}까지 "
        f"옆으로 {across} 가는 동안 손실은 {rise}만큼 달라집니다. 기울기는 {sum_of_it}입니다.",
        f"The valley of the loss and its gradient at {short(at)}. From {short(at - by)} to "
        f"{short(at + by)}, {across} across, the loss changes by {rise}. The gradient is "
        f"{sum_of_it}.",
    )
    return Picture(fig, alt)


@styled
def descent(places: ArrayLike, losses: ArrayLike, walks: Mapping[str, ArrayLike]) -> Picture:
    """Steps on a slope that was measured, each walk in a drawing of its own, one above the other.

    Args:
        places: ``(P,)``, where the loss was measured, from left to right.
        losses: ``(P,)``.
        walks: by name, up to 3; each ``(N, 2)``, place and loss before and after each step.

    Raises:
        TypeError: what is no number, no name, no dict.
        ValueError: no walk, more than 3, one of a single place or more than `MOST_STEPS`, one that
            leaves the curve, nan or inf.
    """
    x, y = _curve(places, losses)
    named = [(name, array("walks", steps, ("N", 2))) for name, steps in series("walks", walks, 3)]
    fig = figure(0.7 + 1.7 * len(named))
    notes = []
    every = np.ravel(fig.subplots(len(named), 1, sharex=True, squeeze=False))
    for axes, (name, steps) in zip(every, named, strict=True):
        at, heights = steps.T
        if not 2 <= len(at) <= MOST_STEPS or at.min() < x[0] or at.max() > x[-1]:
            raise ValueError(
                f"walks must be of 2 to {MOST_STEPS} places on the curve, from {x[0]:g} to "
                f"{x[-1]:g}, got {quoted(list(at))}."
            )
        axes.plot(x, y, color=INK, lw=1.4, alpha=0.5)
        axes.axvline(x[y.argmin()], color=INK, lw=1, ls=":")
        for k in range(len(at) - 1):
            axes.annotate("", steps[k + 1], steps[k], arrowprops={
                "arrowstyle": "->", "color": BLUE, "lw": 1.4, "shrinkA": 0, "shrinkB": 0,
            })  # fmt: skip
        axes.plot(at, heights, "o", color=BLUE, ms=5)
        axes.plot(at[0], heights[0], "o", mfc="none", color=VERMILION, ms=11, mew=1.6)
        axes.set_title(name, fontsize=12)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_ylabel(word("loss"), fontsize=SMALL)
        notes.append(
            choose(
                f"{name}: {short(at[0])}에서 출발해 {len(at) - 1}걸음 뒤에 {short(at[-1])}, 손실은 "
                f"{short(heights[0])}에서 {short(heights[-1])}",
                f"{name}: from {short(at[0])} to {short(at[-1])} at step {len(at) - 1}, loss "
                f"from {short(heights[0])} to {short(heights[-1])}",
            )
        )
    every[-1].set_xlabel(choose("움직인 만큼", "moved by"))
    alt = choose(
        "손실의 골짜기를 내려가는 걸음. 동그라미는 출발점, 점선은 바닥입니다. ",
        "Steps down the valley of the loss; a ring marks the start, a dotted line the bottom. ",
    )
    return Picture(fig, alt + "; ".join(notes) + ".")
