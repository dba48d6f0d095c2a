"""Generation: let the trained cell read its own output, letter by letter."""

import math
from dataclasses import dataclass, field
from typing import Literal, get_args

import torch
from torch import Tensor

from charrnn.cell import PostCell
from charrnn.vocabulary import Vocabulary, one_hot

Feed = Literal["raw", "argmax", "sample"]


@dataclass(frozen=True, eq=False)  # tensors have no single == to compare by
class Step:
    """One step of a generation: what was read, what came out, which letter was chosen."""

    fed: Tensor  # (V,) what the cell read
    output: Tensor  # (V,) its scores for the next letter
    hidden: Tensor  # (H,) its state after reading
    letter: str  # the letter chosen from the scores, a mark included

    @property
    def distance(self) -> float:
        """Euclidean distance from the output to the one-hot row of its largest score."""
        nearest = one_hot(self.output.argmax().view(1), len(self.output))[0]
        return float((self.output - nearest).norm())


@dataclass(frozen=True, eq=False)
class Generation:
    """A generated text with its step-by-step record."""

    text: str  # without marks
    steps: tuple[Step, ...] = field(repr=False)
    ended: bool  # True: the end mark came; False: the length was reached

    @property
    def outputs(self) -> Tensor:
        """All scores, ``(T, V)``; ``(0, 0)`` if nothing was written."""
        if not self.steps:
            return torch.empty(0, 0)
        return torch.stack([step.output for step in self.steps])


def probabilities(output: Tensor, temperature: float = 1.0) -> Tensor:
    """Scores ``(V,)`` of a network trained with squared error, read as probabilities ``(V,)``.

    Squared error against one-hot targets is least where the output is each letter's probability
    (Bishop 2006, "Pattern Recognition and Machine Learning", section 1.5.5), so no softmax is
    taken: negative scores count as 0, the rest is raised to 1 / temperature and scaled to sum 1.
    All scores at or below 0 give an even guess. A low temperature sharpens, a high one flattens.

    Raises:
        ValueError: the temperature is not above 0, or a score is nan or inf.
    """
    if not 0 < temperature < math.inf:
        raise ValueError(f"temperature must be above 0 and finite, got {temperature}.")
    if not torch.isfinite(output).all():
        raise ValueError("The scores hold nan or inf: the network has diverged; train it again.")
    # Dividing by the largest first keeps the power from running out of range.
    scores = output.double().clamp(min=0)
    if scores.max() == 0:
        return torch.full_like(scores, 1 / len(scores))
    scores = (scores / scores.max()) ** (1 / temperature)
    return scores / scores.sum()


@torch.no_grad()
def generate(
    cell: PostCell,
    *,
    length: int = 100,
    feed: Feed = "raw",
    temperature: float = 1.0,
    noise: float = 0.0,
    seed: int = 0,
    vocabulary: Vocabulary | None = None,
) -> Generation:
    """Start from the start mark and feed each output back until the end mark or ``length``.

    Args:
        cell: a trained cell.
        length: the most letters to write, 0 or more.
        feed: what is fed back. ``"raw"``: the output as it is, as the post does; ``"argmax"``:
            the one-hot row of the largest score; ``"sample"``: that of a letter drawn from
            `probabilities`.
        temperature: for ``"sample"`` only.
        noise: standard deviation of normal noise added to each fed-back row: the nudge.
        seed: of the noise and the drawing.
        vocabulary: the post's 35 letters unless given; its size must be the cell's.

    Raises:
        ValueError: an argument out of range, a vocabulary of another size than the cell's, or an
            output of nan or inf, from a cell that diverged or raw feedback that ran away.
    """
    vocabulary = vocabulary or Vocabulary()
    check_settings(cell, vocabulary, feed, length, noise)
    generator = torch.Generator().manual_seed(seed)
    h = cell.init_hidden()  # (1, H)
    x_t = one_hot(torch.tensor([vocabulary.start]), vocabulary.size).to(h)  # (1, V)
    text = ""
    steps: list[Step] = []
    while len(steps) < length:
        o_t, h = cell(x_t, h)  # (1, V), (1, H)
        check_finite(o_t, len(steps))
        chosen = choose_letter(o_t[0], feed, temperature, generator)  # (1,)
        steps.append(Step(x_t[0], o_t[0], h[0], vocabulary.letters[int(chosen)]))
        if int(chosen) == vocabulary.end:
            return Generation(text, tuple(steps), ended=True)
        text += vocabulary.decode(chosen)
        x_t = o_t if feed == "raw" else one_hot(chosen, vocabulary.size).to(h)
        if noise:
            x_t = x_t + noise * torch.randn(x_t.shape, generator=generator).to(h)
    return Generation(text, tuple(steps), ended=False)


def choose_letter(
    output: Tensor, feed: Feed, temperature: float, generator: torch.Generator
) -> Tensor:
    """The index ``(1,)`` chosen by scores ``(V,)``: drawn for ``"sample"``, else the largest."""
    if feed == "sample":
        return torch.multinomial(probabilities(output, temperature), 1, generator=generator)
    return output.argmax().view(1)


def check_settings(
    cell: PostCell, vocabulary: Vocabulary, feed: str, length: int, noise: float
) -> None:
    """Refuse what `generate` cannot work with; ValueError names it."""
    if vocabulary.size != cell.vocab_size:
        raise ValueError(
            f"The cell knows {cell.vocab_size} letters, the vocabulary has {vocabulary.size}."
        )
    if feed not in get_args(Feed):
        raise ValueError(f"feed must be one of {get_args(Feed)}, got {feed!r}.")
    if length < 0 or not 0 <= noise < math.inf:
        raise ValueError(f"length and noise start at 0, got {length} and {noise}.")


def check_finite(output: Tensor, step: int) -> None:
    """Refuse scores that hold nan or inf; ValueError says at which step and what to do."""
    if not torch.isfinite(output).all():
        raise ValueError(
            f"The output at step {step} holds nan or inf. If this is the first step, the "
            "weights have diverged: train again. If not, the raw feedback ran away: "
            "feed letters back, feed='argmax'."
        )
