"""Curves with the points that a chapter speaks of: tanh, its slope, and surprise."""

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike, NDArray

from charrnn.arguments import array
from charrnn.pictures.numerals import short
from charrnn.pictures.picture import BLUE, INK, VERMILION, Picture, figure
from charrnn.pictures.style import styled
from charrnn.translations import choose, word

REACH = 3.0  # how far the curve of tanh is drawn to both sides
LEAST = 0.005  # the smallest probability that the curve of surprise shows
MOST_POINTS = 4


def _points(name: str, value: ArrayLike, low: float, high: float) -> NDArray[np.float64]:
    """Up to `MOST_POINTS` places on a curve that is drawn from ``low`` to ``high``."""
    points = array(name, value, ("N",))
    if len(points) > MOST_POINTS or points.min() < low or points.max() > high:
        raise ValueError(
            f"{name} must be 1 to {MOST_POINTS} numbers from {low:g} to {high:g}, got "
            f"{len(points)} from {points.min():.3g} to {points.max():.3g}."
        )
    return points


def _marked(axes: Axes, x: float, y: float) -> None:
    """A point on a curve, with lines to both axes."""
    axes.plot([x, x, axes.get_xlim()[0]], [axes.get_ylim()[0], y, y], color=VERMILION, lw=1, ls=":")
    axes.plot(x, y, "o", color=VERMILION, ms=7, clip_on=False)


@styled
def tanh_curve(sums: ArrayLike) -> Picture:
    """The curve of tanh, with a few sums on it and what becomes of each.

    Args:
        sums: ``(N,)``, 1 to 4 numbers from -3 to 3.

    Raises:
        TypeError: what is no number.
        ValueError: too many, or numbers beyond the curve.
    """
    points = _points("sums", sums, -REACH, REACH)
    fig = figure(3.4)
    axes = fig.add_subplot()
    axes.set(
        xlabel=choose("유닛의 합", "sum of the unit"), xlim=(-REACH, REACH), ylim=(-1.25, 1.25),
        ylabel=choose("나오는 수", "number that comes out"),
    )  # fmt: skip
    axes.axhline(1, color=INK, lw=1, alpha=0.3)
    axes.axhline(-1, color=INK, lw=1, alpha=0.3)
    axes.plot([-1.25, 1.25], [-1.25, 1.25], color=INK, lw=1.2, ls="--", alpha=0.7)
    x = np.linspace(-REACH, REACH, 121)
    axes.plot(x, np.tanh(x), color=BLUE, lw=2)
    notes = [f"{short(at)} → {short(np.tanh(at), 2)}" for at in points]
    lowest = np.inf  # of the notes on the right, so that those of points close by stay apart
    for at, note in sorted(zip(points, notes, strict=True), reverse=True):
        height = float(np.tanh(at))
        _marked(axes, at, height)
        lowest = min(lowest, height) - 0.24
        axes.text(at + 0.15, lowest, note, ha="left", va="center", fontsize=12)
    alt = choose(
        "tanh의 곡선. 0 근처에서는 들어온 수 그대로인 점선과 거의 같고, 멀어질수록 누워 -1과 1 "
        f"사이에 머뭅니다. 표시한 합과 나오는 수: {'; '.join(notes)}.",
        "The curve of tanh. Near 0 it almost keeps to the dashed line of the number as it is, "
        f"farther out it flattens and stays between -1 and 1. Marked sums and what comes out: "
        f"{'; '.join(notes)}.",
    )
    return Picture(fig, alt)


@styled
def tanh_slope(sums: ArrayLike) -> Picture:
    """The curve of tanh with its slope at a few sums, and below it the slope everywhere.

    Args:
        sums: ``(N,)``, 1 to 4 numbers from -3 to 3.

    Raises:
        TypeError: what is no number.
        ValueError: too many, or numbers beyond the curve.
    """
    points = _points("sums", sums, -REACH, REACH)
    slopes = 1 - np.tanh(points) ** 2
    fig = figure(5.0)
    above, below = fig.subplots(2, 1, sharex=True)
    x = np.linspace(-REACH, REACH, 121)
    above.plot(x, np.tanh(x), color=BLUE, lw=2)
    below.plot(x, 1 - np.tanh(x) ** 2, color=BLUE, lw=2)
    for at, slope in zip(points, slopes, strict=True):
        run = 0.75 / np.sqrt(1 + slope**2)  # lines of equal length
        height = float(np.tanh(at))
        above.plot([at - run, at + run], [height - run * slope, height + run * slope],
                   color=VERMILION, lw=2.4)  # fmt: skip
        above.plot(at, height, "o", color=VERMILION, ms=6)
        below.plot([at, at], [0, slope], color=VERMILION, lw=1.4)
        below.plot(at, slope, "o", color=VERMILION, ms=6)
        # Outside the curve, above it where the axis would be in the way.
        side, away = ("right", (-7, 2)) if at < 0 else ("left", (7, 2))
        if at < -REACH + 0.85:
            side, away = "left" if at < -REACH + 0.4 else "center", (0, 7)
        below.annotate(short(slope, 2), (at, slope), away, va="bottom", ha=side, fontsize=12,
                       textcoords="offset points")  # fmt: skip
    above.set(ylabel="tanh", ylim=(-1.35, 1.35), yticks=[-1, 0, 1])
    below.set(xlabel=choose("tanh에 들어가는 합", "sum that goes into tanh"), ylim=(0, 1.3),
              ylabel=choose("비율", "ratio"), xlim=(-REACH, REACH), yticks=[0, 0.5, 1])  # fmt: skip
    for axes in (above, below):
        axes.grid(True, color=INK, alpha=0.12, lw=0.6)
    notes = "; ".join(f"{short(at)} → {short(s, 2)}" for at, s in zip(points, slopes, strict=True))
    alt = choose(
        "위는 tanh의 곡선과 몇 자리의 기울기, 아래는 그 비율입니다. 비율은 합이 0일 때 1로 가장 "
        f"크고, 멀어질수록 0에 가까워집니다. 합과 비율: {notes}.",
        "Above the curve of tanh with its slope at a few places, below that ratio. It is largest, "
        f"1, where the sum is 0, and comes close to 0 farther out. Sum and ratio: {notes}.",
    )
    return Picture(fig, alt)


@styled
def surprise_curve(probabilities: ArrayLike) -> Picture:
    """The curve of surprise, -ln p in nats, with a few probabilities on it.

    Args:
        probabilities: ``(N,)``, 1 to 4 of them from 0.005 to 1.

    Raises:
        TypeError: what is no number.
        ValueError: too many, or numbers beyond the curve.
    """
    points = _points("probabilities", probabilities, LEAST, 1)
    fig = figure(3.6)
    axes = fig.add_subplot()
    axes.set(xlim=(0, 1.04), ylim=(0, 5.5), xlabel=word("probability"),
             ylabel=choose("놀람, 나트", "surprise in nats"))  # fmt: skip
    p = np.geomspace(LEAST, 1, 200)
    axes.plot(p, -np.log(p), color=BLUE, lw=2, clip_on=False)
    notes = [f"{short(at)} → {short(-np.log(at) + 0, 2)}" for at in points]
    raised = 14  # so that notes at the flat end stay apart
    for at, note in sorted(zip(points, notes, strict=True), reverse=True):
        height = float(-np.log(at))
        _marked(axes, at, height)
        flat = at > 0.8
        axes.annotate(note, (at, height), (0 if flat else 7, raised if flat else 4), va="bottom",
                      ha="right" if flat else "left", fontsize=12,
                      textcoords="offset points")  # fmt: skip
        raised += 17 * flat
    axes.grid(True, color=INK, alpha=0.12, lw=0.6)
    alt = choose(
        "놀람의 곡선. 확률이 1이면 놀람은 0이고, 확률이 0에 가까워질수록 점점 가파르게 커집니다. "
        f"표시한 확률과 놀람: {'; '.join(notes)}.",
        "The curve of surprise: 0 at a probability of 1, and steeper and steeper the closer the "
        f"probability comes to 0. Marked probabilities and their surprise: {'; '.join(notes)}.",
    )
    return Picture(fig, alt)
