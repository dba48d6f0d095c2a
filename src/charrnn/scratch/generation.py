"""Generation: let the trained cell read its own output, letter by letter."""

from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import torch
from torch import Tensor

from charrnn.arguments import MOST_SEED, one_of, real, tensor, whole
from charrnn.runtime import one_thread
from charrnn.scratch.cell import PostCell, check_cell
from charrnn.text.vocabulary import Vocabulary, known, one_hot

Feed = Literal["raw", "argmax", "sample"]
LONGEST = 100_000  # letters of one generation: every step of it is kept


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
        TypeError: no tensor of numbers, or a temperature that is no number.
        ValueError: another shape than ``(V,)``, a score of nan or inf, or a temperature that is
            not above 0.
    """
    tensor("output", output, ("V",))
    temperature = real("temperature", temperature, above=0)
    # Dividing by the largest first keeps the power from running out of range.
    scores = output.double().clamp(min=0)
    if scores.max() == 0:
        return torch.full_like(scores, 1 / len(scores))
    scores = (scores / scores.max()) ** (1 / temperature)
    return scores / scores.sum()


@one_thread()
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
        length: the most letters to write, 0 to `LONGEST`.
        feed: what is fed back. ``"raw"``: the output as it is, as the post does; ``"argmax"``:
            the one-hot row of the largest score; ``"sample"``: that of a letter drawn from
            `probabilities`.
        temperature: above 0; for ``"sample"`` only.
        noise: standard deviation of normal noise added to each fed-back row, 0 or more: the nudge.
        seed: of the noise and the drawing, 0 to 2**32 - 1.
        vocabulary: the post's 35 letters unless given; its size must be the cell's.

    Raises:
        TypeError: no cell, no vocabulary, or a setting that is no number.
        ValueError: a setting out of range, a vocabulary of another size than the cell's, or an
            output of nan or inf, from a cell that diverged or raw feedback that ran away.
    """
    vocabulary = known(vocabulary)
    check_settings(cell, vocabulary, feed, length, temperature, noise, seed)
    generator = torch.Generator().manual_seed(seed)
    h = cell.init_hidden()  # (1, H)
    x_t = one_hot(torch.tensor([vocabulary.start]), vocabulary.size).to(h)  # (1, V)
    text = ""
    steps: list[Step] = []
    while len(steps) < length:
        y_t, h = cell(x_t, h)  # (1, V), (1, H)
        check_finite(y_t, len(steps))
        chosen = choose_letter(y_t[0], feed, temperature, generator)  # (1,)
        steps.append(Step(x_t[0], y_t[0], h[0], vocabulary.letters[int(chosen)]))
        if int(chosen) == vocabulary.end:
            return Generation(text, tuple(steps), ended=True)
        text += vocabulary.decode(chosen)
        x_t = y_t if feed == "raw" else one_hot(chosen, vocabulary.size).to(h)
        if noise:
            x_t = x_t + float(noise) * torch.randn(x_t.shape, generator=generator).to(h)
    return Generation(text, tuple(steps), ended=False)


def choose_letter(
    output: Tensor, feed: Feed, temperature: float, generator: torch.Generator
) -> Tensor:
    """The index ``(1,)`` chosen by scores ``(V,)``: drawn for ``"sample"``, else the largest."""
    if feed == "sample":
        return torch.multinomial(probabilities(output, temperature), 1, generator=generator)
    return output.argmax().view(1)


def check_settings(
    cell: PostCell,
    vocabulary: Vocabulary,
    feed: Any,
    length: Any,
    temperature: Any,
    noise: Any,
    seed: Any,
) -> None:
    """Refuse what `generate` cannot work with; TypeError or ValueError names it."""
    check_cell(cell)
    if vocabulary.size != cell.vocab_size:
        raise ValueError(
            f"vocabulary must be of the cell's {cell.vocab_size} letters, it has {vocabulary.size}."
        )
    one_of("feed", feed, get_args(Feed))
    whole("length", length, least=0, most=LONGEST)
    real("temperature", temperature, above=0)
    real("noise", noise, least=0)
    whole("seed", seed, least=0, most=MOST_SEED)


def check_finite(output: Tensor, step: int) -> None:
    """Refuse scores that hold nan or inf; ValueError says at which step and what to do."""
    if not torch.isfinite(output).all():
        raise ValueError(
            f"The output at step {step} holds nan or inf. If this is the first step, the "
            "weights have diverged: train again. If not, the raw feedback ran away: "
            "feed letters back, feed='argmax'."
        )
