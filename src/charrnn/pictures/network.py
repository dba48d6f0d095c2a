"""The pictures of numbers: one function each. Every one returns a `Picture` with its alt text."""

from collections.abc import Sequence

import numpy as np
from torch import Tensor

from charrnn.arguments import array, quoted, string
from charrnn.pictures.checks import MOST_LETTERS, checked, legible, letters_of, visible
from charrnn.pictures.picture import BLUE, INK, Picture, figure
from charrnn.pictures.style import colour_bar, draw_heat, letter_ticks, styled
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
    fig = figure(6.4, 1.4 + 0.165 * steps)
    axes = fig.add_subplot()
    axes.hlines(np.arange(steps), -0.5, size - 0.5, color=INK, lw=0.4, alpha=0.25)
    axes.vlines(indices, -0.5, np.arange(steps), color=BLUE, lw=0.5, alpha=0.35)
    axes.scatter(indices, range(steps), marker="s", s=34, color=BLUE)
    names = [visible(letter, vocabulary) for letter in vocabulary.letters[:-2]]
    # As in the living figure: words would run into one another over two columns.
    letter_ticks(axes.xaxis, [*names, *MARKS], 10.5)
    names += [f"{word(name)} {mark}" for name, mark in zip(("start", "end"), MARKS, strict=True)]
    letter_ticks(axes.yaxis, [names[i] for i in indices], 10.5)
    axes.set(xlim=(-0.5, size - 0.5), ylim=(steps - 0.5, -0.5))
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    axes.set(xlabel=word("letter of the vocabulary"), ylabel=word("letter"))
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
    fig = figure(6.4, 3.6)
    axes = fig.add_subplot()
    draw_heat(axes, values, limit)
    letter_ticks(axes.xaxis, [visible(name) for name in names])
    axes.set_yticks([0, units - 1], ["1", str(units)])
    axes.set(xlabel=word("letter read"), ylabel=word("hidden unit"))
    colour_bar(fig, axes, -limit, limit, aspect=30)
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
    fig = figure(6.4, 6.6)
    axes = fig.add_subplot()
    draw_heat(axes, values)
    axes.plot(range(len(chosen)), chosen, "s", mfc="none", mec=INK, ms=9, mew=0.9)
    letter_ticks(axes.yaxis, names, 10.5)
    letter_ticks(axes.xaxis, [names[i] for i in chosen], 10.5)
    axes.set(xlabel=word("chosen"), ylabel=word("letter of the vocabulary"))
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
