"""Charts of letters: a state's way, the chances of the next one, a tinted text, syllables."""

from collections.abc import Sequence

import matplotlib as mpl
import numpy as np
import torch
from numpy.typing import ArrayLike

from charrnn.diagrams import arrow, box, canvas
from charrnn.hangul import LEADS, TAILS, VOWELS, is_syllable, parts
from charrnn.picture import BLUE, INK, VERMILION, Picture, figure
from charrnn.plots import signed_colours, styled, visible
from charrnn.words import choose, translated


@styled
def path(points: ArrayLike, letters: Sequence[str], mark: str = " ") -> Picture:
    """The way of a state through a plane, ``(T, 2)``; ``mark`` is numbered where it was read.

    Args:
        points: where the state stood.
        letters: T letters, each read to get there; a space is drawn as ␣.
        mark: the letter to point out.

    Raises:
        ValueError: points that are not ``(T, 2)``, or another number of letters.
    """
    at = np.asarray(points, float)
    if at.ndim != 2 or at.shape[1:] != (2,) or len(at) != len(letters) or not len(at):
        raise ValueError(f"A path needs (T, 2) points and T letters, got {at.shape} and "
                         f"{len(letters)}.")  # fmt: skip
    fig = figure(6.4, 4.8)
    axes = fig.add_subplot()
    axes.plot(*at.T, color=INK, lw=0.8, alpha=0.35)
    numbered = [i for i, letter in enumerate(letters) if letter == mark]
    for i, letter in enumerate(letters):
        if i not in numbered:
            axes.text(at[i, 0], at[i, 1], visible(letter), ha="center", va="center", fontsize=12)
    for number, i in enumerate(numbered, 1):
        axes.text(at[i, 0], at[i, 1], str(number), ha="center", va="center", fontsize=12,
                  bbox={"boxstyle": "circle", "fc": "none", "ec": VERMILION})  # fmt: skip
    axes.set(xlabel=translated("first component"), ylabel=translated("second component"))
    axes.margins(0.08)
    axes.grid(True, color=INK, alpha=0.12, lw=0.6)
    places = ", ".join(f"({at[i, 0]:.1f}, {at[i, 1]:.1f})" for i in numbered)
    alt = choose(
        f"상태가 지나간 길. 글자 {len(letters)}개를 읽은 자리를 선으로 이었습니다. "
        f"'{visible(mark)}'를 읽은 자리 {len(numbered)}곳에 번호를 붙였습니다: {places}.",
        f"The way of the state, a line through the {len(letters)} places where a letter was read. "
        f"The {len(numbered)} places of '{visible(mark)}' are numbered: {places}.",
    )
    return Picture(fig, alt)


@styled
def chances(letters: Sequence[str], before: ArrayLike, after: ArrayLike) -> Picture:
    """Probabilities of the next letter: a bar each, the likeliest first, and where each was before.

    Args:
        letters: V of them; at most 40 are drawn.
        before: their probabilities, ``(V,)``.
        after: those with temperature and cuts, ``(V,)``; 0 is cut off.

    Raises:
        ValueError: no letters, or not two probabilities for each.
    """
    first, last = np.asarray(before, float), np.asarray(after, float)
    if not len(letters) or {first.shape, last.shape} != {(len(letters),)}:
        raise ValueError(f"{len(letters)} letters need two probabilities each, got "
                         f"{first.shape} and {last.shape}.")  # fmt: skip
    order = np.argsort(-first, kind="stable")[:40]  # (up to 40,)
    fig = figure(6.4, 3.2)
    axes = fig.add_subplot()
    places = np.arange(len(order))
    axes.bar(places, last[order], color=BLUE, width=0.8)
    axes.hlines(first[order], places - 0.4, places + 0.4, color=INK, lw=1.4)
    axes.set_xticks(places, [visible(letters[i]) for i in order], fontsize=10)
    axes.set(xlabel=translated("letter"), ylabel=translated("probability"))
    axes.set_xlim(-0.7, max(len(order) - 0.3, 4.7))
    axes.grid(True, axis="y", color=INK, alpha=0.12, lw=0.6)
    best = ", ".join(f"{visible(letters[i])} {last[i]:.2f}" for i in order[:5])
    kept = int((last > 0).sum())
    alt = choose(
        f"다음 글자의 확률을 높은 차례로 그린 막대. {len(letters)}글자 가운데 {kept}글자가 남아 "
        f"있습니다. 가장 높은 것은 {best}입니다. 가로줄은 온도와 자르기를 거치기 전의 확률입니다.",
        f"Bars of the next letter's probabilities, highest first; {kept} of {len(letters)} letters "
        f"are left. The highest: {best}. Lines show the probabilities before temperature and cuts.",
    )
    return Picture(fig, alt)


@styled
def tinted(text: str, values: ArrayLike, name: str) -> Picture:
    """A text whose letters are tinted by a value each: blue below 0, vermilion above.

    Args:
        text: T letters; the first 8 lines of up to 40 are drawn.
        values: ``(T,)``, from -1 to 1.
        name: of the hidden unit that they are the values of.

    Raises:
        ValueError: no letters, or not a value for each.
    """
    given = torch.as_tensor(values).detach().double().numpy()
    if not text or given.shape != (len(text),):
        raise ValueError(f"{len(text)} letters need a value each, got {given.shape}.")
    places = []  # (line, column) of each letter
    line = column = 0
    for letter in text:
        if column == 40:
            line, column = line + 1, 0
        places.append((line, column))
        line, column = (line + 1, 0) if letter == "\n" else (line, column + 1)
    count = sum(line < 8 for line, _ in places)
    lines, columns = (max(at) + 1 for at in zip(*places[:count], strict=True))
    table = np.zeros((lines, 40))
    fig = figure(6.4, 0.9 + 0.33 * lines)
    axes = fig.add_subplot()
    for (line, column), letter, value in zip(places[:count], text, given, strict=False):
        table[line, column] = value
        axes.text(column, line, visible(letter), ha="center", va="center", fontsize=10)
    colours = signed_colours(table)
    colours[..., 3] *= 0.6  # weak enough to read the letters
    axes.imshow(colours, aspect="auto", interpolation="none")
    axes.set_xlim(-0.5, max(columns, 12) - 0.5)
    axes.axis("off")
    scale = mpl.colors.ListedColormap(list(signed_colours(np.linspace(-1, 1, 64))))
    fig.colorbar(
        mpl.cm.ScalarMappable(mpl.colors.Normalize(-1, 1), scale),
        ax=axes, location="bottom", aspect=40, label=f"{translated('hidden unit')} {name}",
    )  # fmt: skip
    high, low = int(given[:count].argmax()), int(given[:count].argmin())
    ends = [f"{given[i]:.2f} ('{visible(text[i])}', {i + 1})" for i in (low, high)]
    alt = choose(
        f"은닉 유닛 {name}의 값으로 물들인 글자 {count}개. 파란색은 음수, 주황색은 양수입니다. "
        f"가장 낮은 값과 가장 높은 값, 괄호 안은 글자와 그 차례: {ends[0]}, {ends[1]}.",
        f"{count} letters tinted by the value of hidden unit {name}; blue is negative, orange "
        f"positive. Lowest and highest value, with letter and place: {ends[0]}, {ends[1]}.",
    )
    return Picture(fig, alt)


@styled
def syllables(text: str) -> Picture:
    """The first six letters of ``text``, each syllable above its jamo and their places.

    Raises:
        ValueError: an empty text.
    """
    if not text:
        raise ValueError("syllables draws one letter or more, got an empty text.")
    shown = text[:6]
    picture, axes = canvas(11, 5.6)
    rows = {choose("첫소리", "lead"): 3.0, choose("가운뎃소리", "vowel"): 2.1,
            choose("끝소리", "tail"): 1.2}  # fmt: skip
    for name, y in rows.items():
        axes.text(1.5, y, name, ha="right", va="center", fontsize=10)
    gap = 9.2 / len(shown)
    notes = []
    for i, letter in enumerate(shown):
        x, code = 1.7 + gap * (i + 0.5), f"U+{ord(letter):04X}"
        axes.text(x, 0.35, code, ha="center", va="center", fontsize=10)
        if not is_syllable(letter):
            axes.text(x, 4.85, visible(letter), ha="center", va="center", fontsize=22)
            notes.append(f"{visible(letter)} {code}")
            continue
        box(axes, x, 4.85, letter, 1.1, 1.1, BLUE, True, 22)
        arrow(axes, (x, 4.3), (x, 3.5))
        named = parts(letter)
        for jamo, places, y in zip(named, (LEADS, VOWELS, TAILS), rows.values(), strict=True):
            place = f"{jamo}  {places.index(jamo)}" if jamo else "– 0"
            axes.text(x, y, place, ha="center", va="center", fontsize=13)
        notes.append(f"{letter} = {' + '.join(filter(None, named))} ({code})")
    alt = choose(
        "음절과 그 자모, 자모마다 그 자리에서 몇째인지: ",
        "Syllables, their jamo, and the place of each among those of its kind: ",
    )
    return Picture(picture.figure, f"{alt}{'; '.join(notes)}.")
