"""Drawings of the cell and of the cell unrolled, and what every drawing is made of."""

from typing import Any

from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from charrnn.arguments import flag, quoted, string
from charrnn.pictures.checks import legible, sign
from charrnn.pictures.picture import (
    FORMULA,
    INK,
    LETTER,
    OUTPUT,
    PAD,
    SMALL,
    STATE,
    WEIGHT,
    WIDTH,
    Picture,
    figure,
)
from charrnn.pictures.style import styled
from charrnn.scratch.cell import LinearCell, NewStateCell, PostCell
from charrnn.translations import choose, word


def canvas(width: float, height: float) -> tuple[Picture, Axes]:
    """An empty picture of so many units, `WIDTH` wide, with equal axes that are not drawn.

    Of 10 units one is 33 points long: three of the smallest letters stand side by side in it, or
    below one another.
    """
    fig = figure((WIDTH - 2 * PAD) * height / width)
    fig.set_layout_engine("constrained", w_pad=0, h_pad=0)
    axes = fig.add_subplot()
    axes.set(xlim=(0, width), ylim=(0, height), aspect="equal")
    axes.axis("off")
    return Picture(fig, ""), axes


def box(
    axes: Axes, x: float, y: float, text: str, width: float = 1.8, height: float = 0.9,
    colour: str = INK, lit: bool = False, size: int = SMALL,
) -> None:  # fmt: skip
    """A box with a text of ours in its middle, formulas between dollars; lit or not."""
    axes.add_patch(
        FancyBboxPatch(
            (x - width / 2, y - height / 2), width, height,
            boxstyle="round,pad=0,rounding_size=0.14", lw=2.4 if lit else 1.4,
            ec=colour, fc=(*to_rgb(colour), 0.22) if lit else "none",
        )
    )  # fmt: skip
    label(axes, x, y, text, size, linespacing=1.4, parse_math=True)


def named_box(
    axes: Axes, x: float, y: float, symbol: str, text: str, width: float, height: float,
    colour: str = INK, lit: bool = False,
) -> None:  # fmt: skip
    """A box with a formula, and below it a text."""
    box(axes, x, y, "", width, height, colour, lit)
    formula(axes, x, y + 0.27, symbol)
    label(axes, x, y - 0.36, text)


def label(axes: Axes, x: float, y: float, text: str, size: float = SMALL, **settings: Any) -> None:
    """A text around a point."""
    axes.text(
        x,
        y,
        text,
        **{"ha": "center", "va": "center", "fontsize": size, "linespacing": 1.35, **settings},
    )


def formula(axes: Axes, x: float, y: float, text: str, **settings: Any) -> None:
    """A formula around a point."""
    label(axes, x, y, text, **{"size": FORMULA, "parse_math": True, **settings})


def arrow(
    axes: Axes, start: tuple[float, float], end: tuple[float, float],
    colour: str = INK, bend: str = "arc3", width: float = 1.4,
) -> None:  # fmt: skip
    """An arrow from one point to another."""
    axes.add_patch(
        FancyArrowPatch(
            start, end, arrowstyle="-|>", mutation_scale=12, lw=width, color=colour,
            connectionstyle=bend, shrinkA=0, shrinkB=0,
        )
    )  # fmt: skip


@styled
def cell_diagram(cell: PostCell) -> Picture:
    """What one step of ``cell`` computes, with the shapes of this very cell.

    Raises:
        TypeError: no cell of the post's kinds.
    """
    if not isinstance(cell, PostCell):
        raise TypeError(f"cell must be a PostCell or one of its kinds, got {quoted(cell)}.")
    size, hidden = cell.vocab_size, cell.hidden_size
    tanh = "" if isinstance(cell, LinearCell) else "\n→ tanh"
    picture, axes = canvas(10, 4.7)
    named_box(axes, 0.9, 0.8, "$x_t$", f"(1, {size})", 1.7, 1.5, LETTER)
    named_box(axes, 0.9, 3.9, "$h_{t-1}$", f"(1, {hidden})", 1.7, 1.5, STATE)
    named_box(axes, 3.6, 2.35, "$[x_t, h_{t-1}]$", f"(1, {size + hidden})", 2.3, 1.5)
    box(axes, 6.45, 3.9, f"{word('linear')}{tanh}", 1.8, 1.3, WEIGHT)
    box(axes, 6.45, 0.8, word("linear"), 1.8, 1.3, WEIGHT)
    named_box(axes, 9.1, 3.9, "$h_t$", f"(1, {hidden})", 1.7, 1.5, STATE)
    named_box(axes, 9.1, 0.8, "$y_t$", f"(1, {size})", 1.7, 1.5, OUTPUT)
    arrow(axes, (1.75, 1.1), (2.45, 1.8), LETTER)
    arrow(axes, (1.75, 3.6), (2.45, 2.9), STATE)
    arrow(axes, (4.75, 2.8), (5.55, 3.5), STATE)
    arrow(axes, (7.35, 3.9), (8.25, 3.9), STATE)
    arrow(axes, (7.35, 0.8), (8.25, 0.8), OUTPUT)
    if isinstance(cell, NewStateCell):
        arrow(axes, (8.7, 3.15), (6.9, 1.45), OUTPUT)
        reads = choose("새 상태", "the new state")
    else:
        arrow(axes, (4.75, 1.9), (5.55, 1.2), OUTPUT)
        reads = choose("글자와 이전 상태", "the letter and the old state")
    alt = choose(
        f"셀의 한 단계. 글자 (1, {size})와 이전 상태 (1, {hidden})를 이어 (1, {size + hidden})을 "
        f"만들고, 여기서 새 상태 (1, {hidden})가 나옵니다. 출력 (1, {size})은 "
        f"{reads}에서 나옵니다.",
        f"One step of the cell: letter (1, {size}) and old state (1, {hidden}) are joined to "
        f"(1, {size + hidden}), which gives the new state (1, {hidden}); the output (1, {size}) "
        f"is computed from {reads}.",
    )
    return Picture(picture.figure, alt)


@styled
def unrolled(text: str, fed_back: bool = False) -> Picture:
    """The same cell drawn once per letter of ``text`` (2 to 6 letters), the state passed on.

    Args:
        text: what is read.
        fed_back: draw generation, where each output comes back as the next input.

    Raises:
        TypeError: no text, or a flag that is neither True nor False.
        ValueError: fewer or more letters.
    """
    fed_back = flag("fed_back", fed_back)
    picture, axes, xs = _chain(text)
    formula(axes, 0.7, CELLS, "$h_0 = 0$")
    arrow(axes, (1.4, CELLS), (xs[0] - 0.48, CELLS), STATE)
    for i, x in enumerate(xs):
        formula(axes, x + 0.14, 1.45, f"$x_{i + 1}$", ha="left")
        formula(axes, x, 4.75, f"$y_{i + 1}$")
        if i and fed_back:
            down = x - 0.62  # just before the cell, beside the name of the state
            formula(axes, down - 0.08, 3.2, f"$h_{i}$", ha="right", va="baseline")
            axes.plot([xs[i - 1] + 0.35, down, down], [4.75, 4.75, 0.4], color=OUTPUT, lw=1.4,
                      ls="--")  # fmt: skip
            arrow(axes, (down, 0.4), (x - 0.26, 0.4), OUTPUT)
        elif i:
            formula(axes, (xs[i - 1] + x) / 2, 3.2, f"$h_{i}$", va="baseline")
    shown = legible(text)
    alt = choose(
        f"'{shown}'의 글자를 따라 펼친 셀. 같은 셀이 {len(text)}번 그려져 있고 은닉 상태가 "
        "왼쪽에서 오른쪽으로 전해집니다.",
        f"The cell unrolled over '{shown}': the same cell {len(text)} times, "
        "the hidden state passed from left to right.",
    )
    if fed_back:
        alt += choose(
            " 출력은 저마다 다음 단계의 입력으로 돌아갑니다.",
            " Each output comes back as the input of the next step.",
        )
    return Picture(picture.figure, alt)


@styled
def letter_by_letter(text: str) -> Picture:
    """The game of the book: each letter of ``text`` is read below, the next one guessed above.

    Raises:
        TypeError: no text.
        ValueError: fewer than 2 or more than 6 letters.
    """
    picture, axes, xs = _chain(text)
    rows = (
        (0.4, word("letter read")),
        (CELLS, choose("기억", "memory")),
        (4.75, word("next letter")),
    )
    for y, name in rows:
        label(axes, 0.75, y, name.replace(" ", "\n"))
    following = [*map(sign, text[1:]), "?"]
    for x, letter in zip(xs, following, strict=True):
        label(axes, x, 4.75, letter, 15)
    told = ", ".join(f"{sign(a)} → {b}" for a, b in zip(text, following, strict=True))
    alt = choose(
        f"글자를 하나 읽고 다음 글자를 맞히는 셀 {len(text)}개. 기억은 왼쪽에서 오른쪽으로 "
        f"전해집니다: {told}.",
        f"{len(text)} cells that read a letter and guess the next one, the memory passed from left "
        f"to right: {told}.",
    )
    return Picture(picture.figure, alt)


CELLS = 2.6  # height of the middle of the cells in a chain


def _chain(text: str) -> tuple[Picture, Axes, list[float]]:
    """A cell for each letter, side by side, what goes in and out, and where each cell stands."""
    if not 2 <= len(string("text", text)) <= 6:
        raise ValueError(f"text must have 2 to 6 letters to be unrolled, got {len(text)}.")
    picture, axes = canvas(10, 5.2)
    gap = 8.2 / len(text)
    xs = [1.75 + gap * (i + 0.5) for i in range(len(text))]
    for i, (letter, x) in enumerate(zip(text, xs, strict=True)):
        box(axes, x, CELLS, word("cell"), 0.96, 0.9, STATE)
        label(axes, x, 0.4, sign(letter), 15)
        arrow(axes, (x, 0.85), (x, CELLS - 0.45), LETTER)
        arrow(axes, (x, CELLS + 0.45), (x, 4.35), OUTPUT)
        if i:
            arrow(axes, (xs[i - 1] + 0.48, CELLS), (x - 0.48, CELLS), STATE)
    return picture, axes, xs
