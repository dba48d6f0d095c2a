"""Pictures of gradients: the roads they take, a ball in a valley, the sharpness above the loss."""

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike

from charrnn.arguments import LARGEST, array, quoted, real
from charrnn.history import History
from charrnn.pictures.checks import above_zero, series
from charrnn.pictures.diagrams import arrow, box, canvas, formula, label
from charrnn.pictures.picture import (
    BLUE,
    INK,
    SMALL,
    STATE,
    VERMILION,
    WEIGHT,
    WIDTH,
    Picture,
    figure,
)
from charrnn.pictures.style import level_line, named_by_powers, styled, thinned, wrapped
from charrnn.scratch.training import loss_spikes
from charrnn.translations import choose, word

MOST_STEPS = 100  # of a walk in the valley


def _signed(number: float) -> str:
    return f"{number:.3f}".replace("-", "−")


@styled
def two_roads(w: float, u: float, x1: float, x2: float, x3: float) -> Picture:
    """The two roads from ``w`` to the loss of a cell of two steps, with the ratios on the way.

    The cell has one hidden unit: h1 = tanh(w x1), h2 = tanh(w x2 + u h1), L = (h2 - x3)^2.

    Raises:
        TypeError, ValueError: what is no number, or one beyond 100 of either sign.
    """
    numbers = [
        real(name, value, least=-100, most=100)
        for name, value in (("w", w), ("u", u), ("x1", x1), ("x2", x2), ("x3", x3))
    ]
    w, u, x1, x2, x3 = numbers
    h1 = math.tanh(w * x1)
    h2 = math.tanh(w * x2 + u * h1)
    end, second, first = 2 * (h2 - x3), 1 - h2**2, 1 - h1**2
    near, far = x2 * second * end, x1 * first * u * second * end
    picture, axes = canvas(10, 7.0)
    box(axes, 0.6, 3.4, "", 0.9, 0.9, WEIGHT)
    box(axes, 4.2, 6.1, "", 1.1, 0.9, STATE)
    box(axes, 6.4, 3.4, "", 1.1, 0.9, STATE)
    box(axes, 9.3, 3.4, "", 0.9, 0.9)
    arrow(axes, (0.75, 3.85), (3.65, 6.1), STATE, "arc3,rad=-0.2")
    arrow(axes, (4.75, 6.1), (6.4, 3.85), STATE, "arc3,rad=-0.2")
    arrow(axes, (1.05, 3.4), (5.85, 3.4), WEIGHT)
    arrow(axes, (6.95, 3.4), (8.85, 3.4))
    for x, y, text in (
        (0.6, 3.4, "$w$"), (4.2, 6.1, "$h_1$"), (6.4, 3.4, "$h_2$"), (9.3, 3.4, "$L$"),
        (1.5, 6.3, "$\\times\\ x_1 (1 - h_1^2)$"), (7.6, 6.1, "$\\times\\ u (1 - h_2^2)$"),
        (3.3, 2.85, "$\\times\\ x_2 (1 - h_2^2)$"), (8.2, 4.75, "$\\times\\ 2 (h_2 - x_3)$"),
    ):  # fmt: skip
        formula(axes, x, y, text)
    for x, y, ratio in ((1.5, 5.75, x1 * first), (7.6, 5.55, u * second),
                        (3.3, 2.3, x2 * second), (8.2, 4.2, end)):  # fmt: skip
        label(axes, x, y, _signed(ratio), 12)
    ends = (
        (1.0, WEIGHT, near, choose("가까운 길의 몫", "share of the near road")),
        (0.4, STATE, far, choose("먼 길의 몫", "share of the far road")),
    )
    for y, colour, share, name in ends:
        axes.plot([1.6, 2.4], [y, y], color=colour, lw=2)
        label(axes, 2.7, y, f"{name} {_signed(share)}", 12, ha="left")
    alt = choose(
        "w에서 손실 L까지 가는 길 둘. 가까운 길은 w에서 h2로 바로 갑니다. 길목의 비율은 "
        f"{x2 * second:.3f}, {end:.3f}이고 곱하면 {near:.3f}입니다. 먼 길은 w에서 h1을 지나 h2로 "
        f"갑니다. 비율은 {x1 * first:.3f}, {u * second:.3f}, {end:.3f}이고 곱하면 {far:.3f}입니다. "
        f"두 몫을 더하면 {near + far:.3f}입니다.",
        "Two roads from w to the loss L. The near one goes straight from w to h2: the ratios "
        f"{x2 * second:.3f}, {end:.3f} make {near:.3f}. The far one goes from w through h1 to h2: "
        f"{x1 * first:.3f}, {u * second:.3f}, {end:.3f} make {far:.3f}. "
        f"Added up: {near + far:.3f}.",
    )
    return Picture(picture.figure, alt)


@styled
def valley(walks: Mapping[str, ArrayLike]) -> Picture:
    """Balls that step through a valley, each in a drawing of its own; the bottom is at 0.

    Args:
        walks: by name, up to 3; each ``(N,)``, where the ball is before and after each step.

    Raises:
        TypeError: what is no number, no name, no dict.
        ValueError: no walk, more than 3, one of a single place or more than `MOST_STEPS`, one that
            never leaves the bottom, nan or inf.
    """
    named = [(name, array("walks", places, ("N",))) for name, places in series("walks", walks, 3)]
    fig = figure(2.7)
    notes = []
    for axes, (name, places) in zip(
        np.ravel(fig.subplots(1, len(named), squeeze=False)), named, strict=True
    ):
        widest = float(np.abs(places).max())
        if not 2 <= len(places) <= MOST_STEPS or not widest:
            raise ValueError(
                f"walks must be of 2 to {MOST_STEPS} places, not all of them 0, "
                f"got {quoted(list(places))}."
            )
        at = places / widest
        slope = np.linspace(-1.15, 1.15, 81)
        axes.plot(slope, slope**2, color=INK, lw=1.4, alpha=0.5)
        axes.plot(at, at**2, "o-", color=BLUE, lw=1.2, ms=4)
        axes.plot(at[0], at[0] ** 2, "o", mfc="none", color=VERMILION, ms=11, mew=1.6)
        axes.set_title(wrapped(name, (72 * WIDTH - 20) / len(named) - 10), fontsize=SMALL)
        axes.set_xticks([-1, 0, 1], [f"{-widest:.3g}".replace("-", "−"), "0", f"{widest:.3g}"])
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        notes.append(
            choose(
                f"{name}: {places[0]:.3g}에서 출발해 {len(places) - 1}걸음 뒤에 {places[-1]:.3g}",
                f"{name}: from {places[0]:.3g} to {places[-1]:.3g} in {len(places) - 1} steps",
            )
        )
    fig.supxlabel(choose("자리", "place"), fontsize=SMALL)
    alt = choose(
        "골짜기를 걷는 공. 바닥은 0이고 출발점에 동그라미가 있습니다. ",
        "A ball that walks in a valley; the bottom is at 0, a ring marks the start. ",
    )
    return Picture(fig, alt + "; ".join(notes) + ".")


@styled
def sharpness_and_loss(
    history: History, epochs: Sequence[int], sharpness: ArrayLike, limit: float
) -> Picture:
    """The sharpness that Adam sees above the loss of the same epochs, its spikes through both.

    Args:
        history: of the training.
        epochs: when the sharpness was measured, ``(N,)``.
        sharpness: what was measured, ``(N,)``.
        limit: drawn as a dashed line.

    Raises:
        TypeError: what is no history or no number.
        ValueError: as many epochs as measurements are needed, none of them nan or inf; losses
            above 0, of one epoch or more.
    """
    if not isinstance(history, History):
        raise TypeError(f"history must be a History, as train gives it, got {quoted(history)}.")
    losses = above_zero("history", array("history", history.losses, ("N",)))
    when = array("epochs", list(epochs) if isinstance(epochs, range) else epochs, ("N",))
    measured = array("sharpness", sharpness, (len(when),))
    limit = real("limit", limit, least=0, most=LARGEST)
    fig = figure(4.8)
    above, below = fig.subplots(2, 1, sharex=True)
    above.plot(when, measured, "o-", color=BLUE, lw=1.4, ms=2.5)
    level_line(above, word("limit"), limit)
    below.plot(*thinned(losses), color=BLUE, lw=1.4)
    tops = loss_spikes(losses)
    for axes in (above, below):
        for top in tops:
            axes.axvline(top, color=VERMILION, lw=1.2, ls=":")
        axes.grid(True, color=INK, alpha=0.12, lw=0.6)
    above.set(ylabel=word("sharpness"), ylim=(0, None))
    below.set(xlabel=word("epoch"), ylabel=word("loss"), yscale="log")
    named_by_powers(below.yaxis)
    over = when[measured > limit]
    first = f"{over[0]:g}" if over.size else ""
    listed = ", ".join(map(str, tops))
    alt = choose(
        f"위는 가파른 정도, 아래는 손실, 가로축은 에포크. 가파른 정도는 {measured[0]:.4g}에서 "
        f"시작해 가장 높게는 {measured.max():.4g}까지 올라갑니다. 한계는 {limit:.4g}이고, "
        + (f"{first} 에포크에 처음 넘습니다. " if first else "넘은 적이 없습니다. ")
        + (f"튀어 오른 에포크: {listed}." if tops else "손실은 튀어 오르지 않습니다."),
        f"Sharpness above, loss below, against the epoch. The sharpness starts at "
        f"{measured[0]:.4g} and reaches {measured.max():.4g} at its highest. The limit is "
        f"{limit:.4g}, " + (f"first crossed at epoch {first}. " if first else "never crossed. ")
        + (f"Epochs of spikes: {listed}." if tops else "The loss does not spike."),
    )  # fmt: skip
    return Picture(fig, alt)
