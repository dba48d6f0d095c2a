"""The pictures of numbers: one function each. Every one returns a `Picture` with its alt text."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike
from torch import Tensor

from charrnn.arguments import array, quoted, string
from charrnn.pictures.checks import (
    MOST_LETTERS,
    checked,
    label,
    legible,
    letters_of,
    shortened,
    sign,
    visible,
)
from charrnn.pictures.picture import BLUE, INK, SMALL, Picture, figure
from charrnn.pictures.style import (
    ACROSS,
    LONGEST_TICK,
    colour_bar,
    draw_heat,
    letter_ticks,
    name_axes,
    points,
    styled,
)
from charrnn.scratch.generation import Generation
from charrnn.text.vocabulary import Vocabulary
from charrnn.translations import choose, word

MARKS = "⊢⊣"  # over their columns


@styled
def one_hot_matrix(text: str, vocabulary: Vocabulary | None = None) -> Picture:
    """The one-hot rows of ``text`` with its marks, ``(T, V)``: one square per row.

    Args:
        text: up to 298 letters.
        vocabulary: the post's 35 letters unless given; up to 300.

    Raises:
        TypeError: no text, or no vocabulary.
        ValueError: a text or a vocabulary too large to be drawn.
        VocabularyError: a letter that is not in the vocabulary.
    """
    vocabulary = checked(vocabulary)
    string("text", text)
    letters_of("vocabulary", vocabulary.letters)
    letters_of("text and its two marks", ["", *text[:MOST_LETTERS], ""])
    indices = vocabulary.encode(text).tolist()
    steps, size = len(indices), vocabulary.size
    fig = figure(1.1 + 0.165 * steps)
    axes = fig.add_subplot()
    axes.hlines(np.arange(steps), -0.5, size - 0.5, color=INK, lw=0.4, alpha=0.25)
    axes.vlines(indices, -0.5, np.arange(steps), color=BLUE, lw=0.5, alpha=0.35)
    axes.scatter(indices, range(steps), marker="s", s=26, color=BLUE)
    names = [visible(letter, vocabulary) for letter in vocabulary.letters[:-2]]
    # As in the living figure: words would run into one another over two columns.
    letter_ticks(axes.xaxis, [*names, *MARKS], ACROSS)
    names += [f"{word(name)} {mark}" for name, mark in zip(("start", "end"), MARKS, strict=True)]
    letter_ticks(axes.yaxis, [names[i] for i in indices], 72 * 0.165 * steps)
    axes.set(xlim=(-0.5, size - 0.5), ylim=(steps - 0.5, -0.5))
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    name_axes(axes, word("letter of the vocabulary"), word("letter"))
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    text = legible(text)
    alt = choose(
        f"'{text}'의 원-핫 행렬. 행 {steps}개, 열 {size}개이고 "
        "행마다 자기 글자의 열에만 1이 있습니다.",
        f"One-hot matrix of '{text}': {steps} rows, {size} columns; "
        "each row has its single 1 in the column of its own letter.",
    )
    return Picture(fig, alt)


@styled
def hidden_states(states: Tensor, letters: Sequence[str]) -> Picture:
    """States ``(T, H)``, one column per letter read.

    Args:
        states: a tensor or an array.
        letters: the T letters, up to 300, the first and last in the post's alphabet by name.

    Raises:
        TypeError: states that are no numbers, letters that are no strings.
        ValueError: states of another shape, with nan or inf, or not a letter for each.
    """
    values = array("states", states, ("T", "H")).T  # (H, T)
    units, steps = values.shape
    names = letters_of("letters", letters, steps)
    limit = float(np.abs(values).max()) or 1.0
    fig = figure(3.6)
    axes = fig.add_subplot()
    draw_heat(axes, values, limit)
    letter_ticks(axes.xaxis, [visible(name) for name in names], ACROSS)
    ends = sorted({1, units})
    axes.set_yticks([unit - 1 for unit in ends], list(map(str, ends)), fontsize=SMALL)
    name_axes(axes, word("letter read"), word("hidden unit"))
    colour_bar(fig, axes, -limit, limit)
    alt = choose(
        f"글자 {steps}개를 읽는 동안 은닉 유닛 {units}개의 값. 파란색은 음수, 주황색은 양수이고, "
        f"{values.min():.2f}에서 {values.max():.2f} 사이입니다.",
        f"The values of {units} hidden units over {steps} letters read; blue is negative, orange "
        f"positive, from {values.min():.2f} to {values.max():.2f}.",
    )
    return Picture(fig, alt)


@styled
def output_scores(generation: Generation, vocabulary: Vocabulary | None = None) -> Picture:
    """The scores of every letter at each step of a generation; the chosen ones are ringed.

    Args:
        generation: of 1 to 300 letters.
        vocabulary: the one it was written with, the post's unless given; up to 300 letters.

    Raises:
        TypeError: no generation, or no vocabulary.
        ValueError: a generation without a step or too long, or another vocabulary than its own.
    """
    if not isinstance(generation, Generation):
        raise TypeError(f"generation must be what generate gives, got {quoted(generation)}.")
    if not generation.steps:
        raise ValueError("generation has no step, so there are no scores to draw.")
    vocabulary = checked(vocabulary)
    written = letters_of("generation", [step.letter for step in generation.steps])
    letters = letters_of("vocabulary", vocabulary.letters)
    values = array("generation", generation.outputs, ("T", "V")).T  # (V, T)
    if len(values) != len(letters) or not set(written) <= set(letters):
        raise ValueError(
            f"vocabulary must be the one that was written with, of {len(values)} letters; this "
            f"one has {len(letters)}."
        )
    chosen = [letters.index(letter) for letter in written]
    names = [visible(letter, vocabulary) for letter in letters]
    fig = figure(6.6)
    axes = fig.add_subplot()
    draw_heat(axes, values)
    axes.plot(range(len(chosen)), chosen, "s", mfc="none", mec=INK, ms=9, mew=0.9)
    letter_ticks(axes.yaxis, names, 72 * 6.6 - 70)
    letter_ticks(axes.xaxis, [names[i] for i in chosen], ACROSS)
    name_axes(axes, word("chosen"), word("letter of the vocabulary"))
    best = values.max(axis=0)
    text = legible(generation.text)
    alt = choose(
        f"'{text}'. 이 글을 쓰는 {len(chosen)}단계마다 "
        f"글자 {vocabulary.size}개가 받은 점수. "
        f"가장 높은 점수는 {best.min():.2f}에서 {best.max():.2f} 사이입니다.",
        f"The scores of all {vocabulary.size} letters at each of {len(chosen)} steps that wrote "
        f"'{text}'; the highest lie between {best.min():.2f} and {best.max():.2f}.",
    )
    return Picture(fig, alt)


@styled
def heat(
    values: ArrayLike, columns: Sequence[str], rows: Sequence[str], x_label: str, y_label: str,
) -> Picture:  # fmt: skip
    """Numbers ``(R, C)`` as colours: blue below 0, vermilion above, clear at 0.

    Args:
        values: what to draw; R and C up to 300, unless R rows have two names.
        columns: C names, letters as they are; a space is drawn as ␣, the post's marks by name.
        rows: R names, or two for the first and the last row. If all are whole numbers they number
            the rows; else they are letters, drawn as those of the columns.
        x_label: put into the page's language if `charrnn.translations` has it; so is y_label.
        y_label: likewise.

    Raises:
        TypeError: what is no number or no name.
        ValueError: names that do not fit the values, nothing to draw, nan or inf.
    """
    table = array("values", values, ("R", "C"))
    x_name, y_name = label("x_label", x_label), label("y_label", y_label)
    over = [visible(name) for name in letters_of("columns", columns, table.shape[1])]
    two = isinstance(rows, Sequence) and len(rows) == 2
    beside = letters_of("rows", rows, 2 if two else len(table))
    numbered = all(name.isdecimal() for name in beside)
    beside = [sign(name) if numbered else visible(name) for name in beside]
    limit = float(np.abs(table).max()) or 1.0
    high = float(np.clip(0.165 * len(table), 0.6, 6.0))
    upright = 0.13 * max(0, min(max(map(len, over)), LONGEST_TICK) - 2)
    fig = figure(1.9 + high + upright)  # inches
    axes = fig.add_subplot()
    draw_heat(axes, table, limit)
    shown = [shortened(name, LONGEST_TICK) for name in beside]
    room = ACROSS + points("12") - max(map(points, shown))
    letter_ticks(axes.xaxis, over, room)
    if len(beside) == len(table):
        letter_ticks(axes.yaxis, beside, 72 * high)
    else:
        axes.set_yticks([0, len(table) - 1], shown, fontsize=SMALL)
    name_axes(axes, x_name, y_name, room)
    low = -limit if table.min() < 0 else 0.0
    colour_bar(fig, axes, low, limit)
    row, column = np.unravel_index(np.abs(table).argmax(), table.shape)
    name = beside[row] if len(beside) == len(table) else str(row + 1)
    signed = choose("파란색은 음수, 주황색은 양수이고", "blue is negative, orange positive")
    deeper = choose("주황색이 짙을수록 크고", "the deeper the orange, the larger")
    colours = signed if low else deeper
    alt = choose(
        f"{y_name} {len(table)}개, {x_name} {len(over)}개의 값. {colours} "
        f"{table.min():.2g}에서 {table.max():.2g} 사이입니다. 0에서 가장 먼 것은 "
        f"행 '{name}', 열 '{over[column]}'의 {table[row, column]:.2g}입니다.",
        f"The values of {y_name} ({len(table)}) over {x_name} ({len(over)}); {colours}, "
        f"from {table.min():.2g} to {table.max():.2g}. The farthest from 0 is in "
        f"row '{name}', column '{over[column]}': {table[row, column]:.2g}.",
    )
    return Picture(fig, alt)
