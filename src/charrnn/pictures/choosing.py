"""Pictures of what is made of the scores: what is fed back, and what temperature does to them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from charrnn.arguments import array, quoted
from charrnn.layers.cuts import chances_of
from charrnn.pictures.checks import letters_of, visible
from charrnn.pictures.numerals import short
from charrnn.pictures.picture import INK, LETTER, OUTPUT, SMALL, Picture, figure
from charrnn.pictures.style import styled
from charrnn.translations import choose, word

MOST_LETTERS = 40  # side by side, each with its name
MOST_BARS, MOST_SETS = 6, 3  # of a temperature


@styled
def feeding_back(
    letters: Sequence[str], scores: ArrayLike, chances: ArrayLike, drawn: str
) -> Picture:
    """What goes in at the next step: the scores as they are, the best letter, or one drawn by lot.

    Args:
        letters: V of them, up to 40.
        scores: ``(V,)``, what the network said.
        chances: ``(V,)``, the probabilities by which a letter is drawn.
        drawn: the letter that was drawn, one of ``letters``.

    Raises:
        TypeError: what is no number, or no letter.
        ValueError: too many letters, not a number for each, or a letter that is none of them.
    """
    said = array("scores", scores, ("V",))
    lots = array("chances", chances, (len(said),))
    names = letters_of("letters", letters, len(said), MOST_LETTERS)
    if not isinstance(drawn, str) or drawn not in names:
        raise ValueError(f"drawn must be one of the letters, got {quoted(drawn)}.")
    best, chosen = int(said.argmax()), names.index(drawn)
    rows = np.eye(len(said))
    shown = [visible(name) for name in names]
    marks = {word("start"): "⊢", word("end"): "⊣"}  # a word would run into its neighbours
    fig = figure(5.4)
    every = fig.subplots(3, 1, sharex=True, sharey=True)
    titles = (
        choose("날것: 점수 그대로", "raw: the scores as they are"),
        choose(
            f"argmax: 점수가 가장 높은 {shown[best]}", f"argmax: the best letter, {shown[best]}"
        ),
        choose(f"뽑기: 확률로 뽑은 {shown[chosen]}", f"a sample: {shown[chosen]}, drawn by lot"),
    )
    places = np.arange(len(said))
    for axes, title, row in zip(every, titles, (said, rows[best], rows[chosen]), strict=True):
        axes.bar(places, row, color=LETTER, width=0.8)
        axes.axhline(0, color=INK, lw=0.8)
        axes.set_title(title, fontsize=12)
        axes.set_yticks([0, 1])
        axes.tick_params(axis="x", length=0)
        axes.spines["bottom"].set_visible(False)
    some = lots > 0.005
    every[2].hlines(lots[some], places[some] - 0.4, places[some] + 0.4, color=OUTPUT, lw=2)
    every[2].set_xticks(places, [marks.get(name, name) for name in shown], fontsize=SMALL)
    every[2].set_xlim(-0.8, len(said) - 0.2)
    others = int((said.round(2) != 0).sum()) - 1
    alt = choose(
        f"다음 단계에 들어가는 행, 글자 {len(said)}개마다 막대 하나. 날것은 점수 그대로이고 "
        f"{shown[best]} {said[best]:.2f} 말고도 {others}자리가 0이 아닙니다. argmax는 점수가 가장 "
        f"높은 {shown[best]}에만 1입니다. 뽑기는 가로줄의 확률로 뽑은 글자에만 1이고, 여기서는 "
        f"확률이 {lots[chosen]:.2f}인 {shown[chosen]}입니다.",
        f"The row that goes in at the next step, a bar for each of {len(said)} letters. Raw are "
        f"the scores as they are: {shown[best]} {said[best]:.2f}, and {others} other places are "
        f"not 0. argmax is 1 at the letter with the highest score alone, {shown[best]}. A sample "
        f"is 1 at the letter drawn alone, here {shown[chosen]}, whose probability was "
        f"{lots[chosen]:.2f}; lines show the probabilities.",
    )
    return Picture(fig, alt)


@styled
def temperatures(scores: ArrayLike, settings: Sequence[float]) -> Picture:
    """The probabilities of a few scores at up to three temperatures, a set of bars for each.

    Args:
        scores: ``(N,)``, up to 6; by their number each bar is named.
        settings: the temperatures, up to 3, from 0.05 to 100.

    Raises:
        TypeError: what is no number.
        ValueError: too many scores or temperatures, or one out of range.
    """
    given = array("scores", scores, ("N",))
    heats = array("settings", settings, ("S",))
    if len(given) > MOST_BARS or np.abs(given).max() > 100:
        raise ValueError(f"scores must be up to {MOST_BARS} numbers from -100 to 100, got "
                         f"{quoted(list(given))}.")  # fmt: skip
    if len(heats) > MOST_SETS or heats.min() < 0.05 or heats.max() > 100:
        raise ValueError(
            f"settings must be up to {MOST_SETS} temperatures from 0.05 to 100, got "
            f"{quoted(list(heats))}."
        )
    fig = figure(3.0)
    places = np.arange(len(given))
    notes = []
    every = np.ravel(fig.subplots(1, len(heats), sharey=True, squeeze=False))
    for axes, heat in zip(every, heats, strict=True):
        chances = chances_of(given, heat, None, None)
        axes.bar(places, chances, color=OUTPUT, width=0.86)
        for x, chance in zip(places, chances, strict=True):
            axes.annotate(f"{chance:.2f}", (x, chance), (0, 2), ha="center", va="bottom",
                          textcoords="offset points", fontsize=SMALL)  # fmt: skip
        axes.set_xticks(places, [short(score) for score in given])
        axes.set_title(short(heat), fontsize=12)
        axes.tick_params(length=0)
        axes.spines["left"].set_visible(axes is every[0])
        notes.append(f"{short(heat)}: {', '.join(f'{chance:.2f}' for chance in chances)}")
    every[0].set(ylabel=word("probability"), ylim=(0, 1.1))
    fig.suptitle(word("temperature"), fontsize=12)
    fig.supxlabel(word("score"), fontsize=12)
    rows = ", ".join(map(short, given))
    alt = choose(
        f"점수 {rows}의 확률을 온도마다 막대 {len(given)}개로 그렸습니다. 온도와 확률: "
        f"{'; '.join(notes)}.",
        f"The probabilities of the scores {rows}, {len(given)} bars for each temperature. "
        f"Temperature and probabilities: {'; '.join(notes)}.",
    )
    return Picture(fig, alt)
