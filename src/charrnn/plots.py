"""The pictures of numbers: one function each. Every one returns a `Picture` with its alt text."""

from collections.abc import Callable, Mapping, Sequence
from functools import wraps
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray
from torch import Tensor

from charrnn.generation import Generation
from charrnn.picture import BLUE, GREEN, INK, PURPLE, VERMILION, Picture, figure, in_style
from charrnn.training import History
from charrnn.vocabulary import Vocabulary
from charrnn.words import choose, translated, word


def styled(draw: Callable[..., Picture]) -> Callable[..., Picture]:
    """Run a drawing function in the book's style."""

    @wraps(draw)
    def drawn(*args: Any, **kwargs: Any) -> Picture:
        with in_style():
            return draw(*args, **kwargs)

    return drawn


def visible(letter: str, vocabulary: Vocabulary | None = None) -> str:
    """How a letter is written on an axis: a space as ␣, a line's end as ⏎, the marks by name."""
    vocabulary = vocabulary or Vocabulary()
    if letter == vocabulary.letters[vocabulary.start]:
        return word("start")
    if letter == vocabulary.letters[vocabulary.end]:
        return word("end")
    return {" ": "␣", "\n": "⏎"}.get(letter, letter)


def signed_colours(values: NDArray[Any], limit: float = 1.0) -> NDArray[Any]:
    """RGBA for numbers: blue below 0, vermilion above, clear at 0, full at ±limit.

    Clear rather than white, so that the page's own background shows through.
    """
    strength = np.clip(np.abs(values) / limit, 0, 1) ** 0.8  # weak values stay visible
    colour = np.where(
        (values < 0)[..., None], mpl.colors.to_rgb(BLUE), mpl.colors.to_rgb(VERMILION)
    )
    return np.concatenate((colour, strength[..., None]), axis=-1)


def _heat(axes: Axes, values: NDArray[Any], limit: float = 1.0) -> None:
    axes.imshow(signed_colours(values, limit), aspect="auto", interpolation="none")
    axes.spines[:].set_visible(True)
    axes.tick_params(length=0)


@styled
def one_hot_matrix(text: str, vocabulary: Vocabulary | None = None) -> Picture:
    """The one-hot rows of ``text`` with its marks, ``(T, V)``: one square per row."""
    vocabulary = vocabulary or Vocabulary()
    indices = vocabulary.encode(text).tolist()
    steps, size = len(indices), vocabulary.size
    fig = figure(6.4, 1.4 + 0.165 * steps)
    axes = fig.add_subplot()
    axes.hlines(np.arange(steps), -0.5, size - 0.5, color=INK, lw=0.4, alpha=0.25)
    axes.vlines(indices, -0.5, np.arange(steps), color=BLUE, lw=0.5, alpha=0.35)
    axes.scatter(indices, range(steps), marker="s", s=34, color=BLUE)
    names = [visible(letter, vocabulary) for letter in vocabulary.letters]
    axes.set_xticks(range(size), names, fontsize=10.5)
    axes.set_yticks(range(steps), [names[i] for i in indices], fontsize=10.5)
    axes.set(xlim=(-0.5, size - 0.5), ylim=(steps - 0.5, -0.5))
    axes.xaxis.tick_top()
    axes.xaxis.set_label_position("top")
    for label in axes.get_xticklabels()[-2:]:
        label.set_rotation(90)
    axes.set(xlabel=word("letter of the vocabulary"), ylabel=word("letter"))
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0)
    alt = choose(
        f"'{text}'의 원-핫 행렬. 행 {steps}개, 열 {size}개이고 "
        "행마다 자기 글자의 열에만 1이 있습니다.",
        f"One-hot matrix of '{text}': {steps} rows, {size} columns; "
        "each row has its single 1 in the column of its own letter.",
    )
    return Picture(fig, alt)


@styled
def hidden_states(states: Tensor, letters: Sequence[str]) -> Picture:
    """States ``(T, H)``, one column per letter read; ``letters`` names the T columns.

    Raises:
        ValueError: not as many letters as states, or none at all.
    """
    values = states.detach().numpy().T  # (H, T)
    units, steps = values.shape
    if len(letters) != steps or not steps:
        raise ValueError(f"{steps} states need as many letters, 1 or more, got {len(letters)}.")
    limit = float(np.abs(values).max()) or 1.0
    fig = figure(6.4, 3.6)
    axes = fig.add_subplot()
    _heat(axes, values, limit)
    axes.set_xticks(range(steps), [visible(letter) for letter in letters], fontsize=10)
    if letters[0] == Vocabulary().letters[Vocabulary().start]:
        axes.get_xticklabels()[0].set_rotation(90)
    axes.set_yticks([0, units - 1], ["1", str(units)])
    axes.set(xlabel=word("letter read"), ylabel=word("hidden unit"))
    scale = mpl.colors.ListedColormap(list(signed_colours(np.linspace(-1, 1, 64))))
    fig.colorbar(
        mpl.cm.ScalarMappable(mpl.colors.Normalize(-limit, limit), scale), ax=axes, aspect=30
    )
    alt = choose(
        f"글자 {steps}개를 읽는 동안 은닉 유닛 {units}개의 값. 파란색은 음수, 주황색은 양수이고, "
        f"{values.min():.2f}에서 {values.max():.2f} 사이입니다.",
        f"The values of {units} hidden units over {steps} letters read; blue is negative, orange "
        f"positive, from {values.min():.2f} to {values.max():.2f}.",
    )
    return Picture(fig, alt)


def spikes(losses: Sequence[float]) -> list[int]:
    """Epochs at the top of a jump: over 100 times the lowest loss before, highest within 25.

    Of equal tops the first counts.
    """
    values = np.asarray(losses)
    lowest = np.minimum.accumulate(values)
    return [
        e
        for e in range(1, len(values))
        if values[e] > 100 * lowest[e - 1]
        and values[max(0, e - 25) : e].max() < values[e] >= values[e : e + 26].max()
    ]


@styled
def loss_curve(
    runs: History | Mapping[str, History],
    landmarks: Mapping[str, float] | None = None,
    mark_spikes: bool = True,
) -> Picture:
    """Loss against epoch on a log scale; several named runs share the axes, spikes are marked.

    Args:
        runs: one history, or several by name.
        landmarks: losses drawn as level lines, by name.
        mark_spikes: a ring on each of `spikes`.

    Raises:
        ValueError: no run, more runs than colours (4), or a run without an epoch.
    """
    named = {"": runs} if isinstance(runs, History) else dict(runs)
    colours = (BLUE, VERMILION, GREEN, PURPLE)
    if not 1 <= len(named) <= len(colours):
        raise ValueError(f"loss_curve draws 1 to {len(colours)} runs, got {len(named)}.")
    if not all(history.losses for history in named.values()):
        raise ValueError("A run without an epoch has no curve: train with epochs=1 or more.")
    fig = figure(6.4, 3.6)
    axes = fig.add_subplot()
    notes = []
    for (name, history), colour in zip(named.items(), colours, strict=False):
        losses = history.losses
        name = translated(name)
        axes.semilogy(losses, color=colour, lw=1.4, label=name or None)
        tops = spikes(losses)
        if mark_spikes and tops:
            axes.plot(tops, [losses[e] for e in tops], "o", mfc="none", color=colour, ms=8)
        notes.append(
            choose(
                f"{name + ': ' if name else ''}손실이 {losses[0]:.3g}에서 시작해 "
                f"{len(losses)} 에포크 동안 가장 낮게는 {min(losses):.1e}까지 내려가고 "
                + (f"{len(tops)}번 튀어 오릅니다" if tops else "튀어 오르지 않습니다"),
                f"{name + ': ' if name else ''}the loss starts at {losses[0]:.3g}, reaches "
                f"{min(losses):.1e} at its lowest in {len(losses)} epochs and spikes "
                f"{len(tops)} time{'s' * (len(tops) != 1)}",
            )
        )
    for name, level in (landmarks or {}).items():
        name = translated(name)
        axes.axhline(level, color=INK, lw=1, ls="--", alpha=0.6)
        axes.annotate(
            name, (1, level), (0, 3), ha="right", fontsize=10,
            xycoords=("axes fraction", "data"), textcoords="offset points",
        )  # fmt: skip
        notes.append(f"{name} {level:.3g}")
    axes.set(xlabel=word("epoch"), ylabel=word("loss"))
    axes.grid(True, color=INK, alpha=0.12, lw=0.6)
    if len(named) > 1:
        fig.legend(loc="outside upper center", ncols=len(named), fontsize=11)
    alt = choose("로그 눈금의 손실 곡선. ", "Loss curve on a log scale: ") + "; ".join(notes) + "."
    return Picture(fig, alt)


@styled
def output_scores(generation: Generation, vocabulary: Vocabulary | None = None) -> Picture:
    """The scores of every letter at each step of a generation; the chosen ones are ringed."""
    if not generation.steps:
        raise ValueError("Nothing was generated, so there are no scores to draw.")
    vocabulary = vocabulary or Vocabulary()
    values = generation.outputs.numpy().T  # (V, T)
    chosen = [vocabulary.letters.index(step.letter) for step in generation.steps]
    names = [visible(letter, vocabulary) for letter in vocabulary.letters]
    fig = figure(6.4, 6.6)
    axes = fig.add_subplot()
    _heat(axes, values)
    axes.plot(range(len(chosen)), chosen, "s", mfc="none", mec=INK, ms=9, mew=0.9)
    axes.set_yticks(range(vocabulary.size), names, fontsize=10.5)
    axes.set_xticks(range(len(chosen)), [names[i] for i in chosen], fontsize=10.5)
    for label, index in zip(axes.get_xticklabels(), chosen, strict=True):
        label.set_rotation(90 if index >= vocabulary.start else 0)
    axes.set(xlabel=word("chosen"), ylabel=word("letter of the vocabulary"))
    best = values.max(axis=0)
    alt = choose(
        f"'{generation.text}'. 이 글을 쓰는 {len(chosen)}단계마다 "
        f"글자 {vocabulary.size}개가 받은 점수. "
        f"가장 높은 점수는 {best.min():.2f}에서 {best.max():.2f} 사이입니다.",
        f"The scores of all {vocabulary.size} letters at each of {len(chosen)} steps that wrote "
        f"'{generation.text}'; the highest lie between {best.min():.2f} and {best.max():.2f}.",
    )
    return Picture(fig, alt)
