"""Charts of letters: the chances of the next one, and a tinted text."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from charrnn.arguments import array, string
from charrnn.pictures.checks import (  # fmt: skip
    label,
    letters_of,
    sign,
    visible,
)
from charrnn.pictures.picture import BLUE, INK, SMALL, Picture, figure
from charrnn.pictures.style import (
    ACROSS,
    colour_bar,
    letter_ticks,
    name_axes,
    signed_colours,
    styled,
)
from charrnn.translations import choose, word

MOST_CHANCES = 100_000  # letters of a vocabulary
ROUNDING = 1e-6  # what float32 may be beyond 1
LINES, COLUMNS = 12, 26  # of a tinted text


def _probabilities(name: str, value: ArrayLike, shape: tuple[str | int]) -> NDArray[np.float64]:
    given = array(name, value, shape)
    if given.min() < 0 or given.max() > 1 + ROUNDING:
        raise ValueError(
            f"{name} must be probabilities from 0 to 1, got {given.min():.3g} to {given.max():.3g}."
        )
    return given


@styled
def next_letter_probabilities(
    letters: Sequence[str], before: ArrayLike, after: ArrayLike
) -> Picture:
    """Probabilities of the next letter: a bar each, the likeliest first, and where each was before.

    Args:
        letters: V of them; the 40 likeliest are drawn.
        before: their probabilities, ``(V,)``.
        after: those with temperature and cuts, ``(V,)``; 0 is cut off.

    Raises:
        TypeError: probabilities that are no numbers, letters that are no strings.
        ValueError: no letters, not two probabilities for each, or one that is not from 0 to 1.
    """
    first = _probabilities("before", before, ("V",))
    last = _probabilities("after", after, (len(first),))
    letters = letters_of("letters", letters, len(first), most=MOST_CHANCES)
    order = np.argsort(-first, kind="stable")[:40]  # (up to 40,)
    fig = figure(3.2)
    axes = fig.add_subplot()
    places = np.arange(len(order))
    axes.bar(places, last[order], color=BLUE, width=0.8)
    axes.hlines(first[order], places - 0.4, places + 0.4, color=INK, lw=1.4)
    letter_ticks(axes.xaxis, [visible(letters[i]) for i in order], ACROSS)
    name_axes(axes, word("letter"), word("probability"))
    axes.set_xlim(-0.7, max(len(order) - 0.3, 4.7))
    axes.grid(True, axis="y", color=INK, alpha=0.12, lw=0.6)
    likeliest = np.lexsort((-first, -last))[:5]
    best = ", ".join(f"{visible(letters[i])} {last[i]:.2f}" for i in likeliest)
    kept = int((last > 0).sum())
    alt = choose(
        f"다음 글자의 확률을 높은 차례로 그린 막대. {len(letters)}글자 가운데 {kept}글자가 남아 "
        f"있습니다. 가장 높은 것은 {best}입니다. 가로줄은 온도와 자르기를 거치기 전의 확률입니다.",
        f"Bars of the next letter's probabilities, highest first; {kept} of {len(letters)} letters "
        f"are left. The highest: {best}. Lines show the probabilities before temperature and cuts.",
    )
    return Picture(fig, alt)


def _places(text: str) -> list[tuple[int, int]]:
    """Line and column of each letter that is drawn."""
    places = []
    line = column = 0
    for letter in text:
        if column == COLUMNS:
            line, column = line + 1, 0
        if line == LINES:
            break
        places.append((line, column))
        line, column = (line + 1, 0) if letter == "\n" else (line, column + 1)
    return places


@styled
def activations_on_text(text: str, values: ArrayLike, name: str) -> Picture:
    """A text whose letters are tinted by a value each: blue below 0, vermilion above.

    Args:
        text: T letters; the first 12 lines of up to 26 are drawn.
        values: ``(T,)``, from -1 to 1.
        name: of the hidden unit that they are the values of.

    Raises:
        TypeError: no text, values that are no numbers, or a name that is no string.
        ValueError: no letters, not a value for each, or one that is not from -1 to 1.
    """
    if not string("text", text):
        raise ValueError("text must have a letter or more.")
    given = array("values", values, (len(text),))
    if np.abs(given).max() > 1 + ROUNDING:
        raise ValueError(
            f"values must be from -1 to 1, got {given.min():.3g} to {given.max():.3g}."
        )
    name = label("name", name)
    places = _places(text[: LINES * (COLUMNS + 1)])
    count = len(places)
    lines, columns = (max(at) + 1 for at in zip(*places, strict=True))
    table = np.zeros((lines, COLUMNS))
    fig = figure(0.9 + 0.27 * lines)
    axes = fig.add_subplot()
    for (line, column), letter, value in zip(places, text, given, strict=False):
        table[line, column] = value
        axes.text(column, line, sign(letter), ha="center", va="center", fontsize=SMALL)
    colours = signed_colours(table)
    colours[..., 3] *= 0.6  # weak enough to read the letters
    axes.imshow(colours, aspect="auto", interpolation="none")
    axes.set_xlim(-0.5, max(columns, 12) - 0.5)
    axes.axis("off")
    unit = f"{word('hidden unit')} {name}"
    colour_bar(fig, axes, -1, 1, unit)
    high, low = int(given[:count].argmax()), int(given[:count].argmin())
    ends = [f"{given[i]:.2f} ('{sign(text[i])}', {i + 1})" for i in (low, high)]
    alt = choose(
        f"은닉 유닛 {name}의 값으로 물들인 글자 {count}개. 파란색은 음수, 주황색은 양수입니다. "
        f"가장 낮은 값과 가장 높은 값, 괄호 안은 글자와 그 차례: {ends[0]}, {ends[1]}.",
        f"{count} letters tinted by the value of hidden unit {name}; blue is negative, orange "
        f"positive. Lowest and highest value, with letter and place: {ends[0]}, {ends[1]}.",
    )
    return Picture(fig, alt)
