"""The picture of two workers that read half of the rows each and average their gradients."""

from collections.abc import Iterable

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from charrnn.arguments import array, whole
from charrnn.pictures.diagrams import arrow, box, canvas, label
from charrnn.pictures.picture import INK, LETTER, STATE, WEIGHT, Picture
from charrnn.pictures.style import styled
from charrnn.translations import choose, word

MOST = 3  # numbers of each gradient that have room
LARGEST = 99.0
LINE = 0.45


@styled
def averaged_gradients(gradients: ArrayLike, batch: int) -> Picture:
    """Two workers with the same weights, half of the rows each, their gradients and the mean.

    The numbers are drawn to 3 decimals, and the mean is that of the numbers as they are drawn.

    Args:
        gradients: a few numbers of each worker's gradient, ``(2, N)``, N at most 3, from -99 to 99.
        batch: B, an even number of rows that both read together.

    Raises:
        TypeError: what is no number.
        ValueError: another shape, or numbers out of range.
    """
    values = array("gradients", gradients, (2, "N"))
    if values.shape[1] > MOST or np.abs(values).max() > LARGEST:
        raise ValueError(
            f"gradients must be (2, N), N at most {MOST}, with numbers from -{LARGEST:g} to "
            f"{LARGEST:g}, got the shape {values.shape} and up to {np.abs(values).max():.3g}."
        )
    batch = whole("batch", batch, least=2, most=10_000)
    if batch % 2:
        raise ValueError(f"batch must be even, for two halves, got {batch}.")
    values = values.round(3)
    means = values.mean(axis=0)
    high = 0.5 + LINE * values.shape[1]
    picture, axes = canvas(10, 5.4 + 2 * high)
    top = 5.0 + 2 * high
    heights = [top, top - 1.6, top - 2.9 - high / 2, top - 3.7 - 1.5 * high]
    half = batch // 2
    rows = [f"1–{half}", f"{half + 1}–{batch}"]
    for i, x in enumerate((2.9, 7.1)):
        box(axes, x, heights[0], choose(f"{rows[i]}번째 줄", f"rows {rows[i]}"), 3.4, 0.75, LETTER)
        name = choose(f"워커 {i + 1}\n가중치는 서로 같음", f"worker {i + 1}\nthe same weights")
        box(axes, x, heights[1], name, 3.4, 1.15, STATE)
        box(axes, x, heights[2], "", 2.0, high, WEIGHT)
        _column(axes, x, heights[2], map(_signed, values[i]))
        arrow(axes, (x, heights[0] - 0.38), (x, heights[1] + 0.58), LETTER)
        arrow(axes, (x, heights[1] - 0.58), (x, heights[2] + high / 2), WEIGHT)
        arrow(axes, (x, heights[2] - high / 2), (x, heights[3] + high / 2), WEIGHT)
        # The mean comes back to both.
        side, edge = (0.6, x - 1.7) if i == 0 else (9.4, x + 1.7)
        near = 1.5 if i == 0 else 8.5
        axes.plot([near, side, side], [heights[3], heights[3], heights[1]], color=INK, lw=1.4)
        arrow(axes, (side, heights[1]), (edge, heights[1]))
    label(axes, 5.0, heights[2], word("gradient"))
    sums = [
        f"({_signed(a)} + {_signed(b)}) / 2 = {_signed(mean, 4)}"
        for a, b, mean in zip(*values, means, strict=True)
    ]
    box(axes, 5.0, heights[3], "", 7.0, high, WEIGHT, lit=True)
    _column(axes, 5.0, heights[3], sums)
    told = choose("둘 다 이 평균만큼 고칩니다", "both correct their weights by this mean")
    label(axes, 5.0, heights[3] - high / 2 - 0.4, told)
    parts = [", ".join(map(_signed, part)) for part in values]
    mean = ", ".join(_signed(x, 4) for x in means)
    alt = choose(
        f"가중치가 같은 워커 둘. 워커 1은 {rows[0]}번째 줄을 읽어 기울기 {parts[0]}에 이르고, "
        f"워커 2는 {rows[1]}번째 줄을 읽어 {parts[1]}에 이릅니다. 둘 다 평균 {mean}만큼 고칩니다.",
        f"Two workers with the same weights. Worker 1 reads rows {rows[0]} and gets the gradient "
        f"{parts[0]}, worker 2 reads rows {rows[1]} and gets {parts[1]}. Both correct their "
        f"weights by the mean {mean}.",
    )
    return Picture(picture.figure, alt)


def _column(axes: Axes, x: float, y: float, lines: Iterable[str]) -> None:
    """Lines below one another, each around its own middle: the page's font may be another."""
    lines = list(lines)
    for i, line in enumerate(lines):
        label(axes, x, y + LINE * ((len(lines) - 1) / 2 - i), line)


def _signed(number: float, digits: int = 3) -> str:
    """A number with so many decimals and no zeros at its end; −0.0 is 0."""
    return f"{round(float(number), digits) + 0:g}".replace("-", "−")
