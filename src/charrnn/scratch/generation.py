"""Generation: let the trained cell read its own output, letter by letter.

One letter is so little work that most of the time would go into calling PyTorch. So the steps are
NumPy's, and their record becomes tensors at the end.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from charrnn.arguments import MOST_SEED, one_of, real, tensor, whole
from charrnn.runtime import draw_index, one_thread
from charrnn.scratch.cell import PostCell, check_cell
from charrnn.text.vocabulary import Vocabulary, known, one_hot

Feed = Literal["raw", "argmax", "sample"]
Floats = NDArray[np.floating]
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
    return torch.from_numpy(shares(output.detach().double().cpu().numpy(), temperature))


def shares(scores: Floats, temperature: float) -> NDArray[np.float64]:
    """`probabilities` of scores ``(V,)`` that are known to be finite, without the checks."""
    positive: NDArray[np.float64] = np.maximum(scores, 0, dtype=np.float64)
    largest = positive.max()
    if largest == 0:
        return np.full_like(positive, 1 / len(positive))
    # Dividing by the largest first keeps the power from running out of range.
    positive = (positive / largest) ** (1 / temperature)
    positive /= positive.sum()
    return positive


@one_thread()
@torch.no_grad()
@np.errstate(over="ignore", invalid="ignore")  # check_finite tells the reader
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
    read = _reader(cell)
    one_hots = np.eye(vocabulary.size, dtype=np.float32)
    x, h = one_hots[vocabulary.start], np.zeros(cell.hidden_size, dtype=np.float32)  # (V,), (H,)
    record: list[tuple[Floats, Floats, Floats, int]] = []  # fed, output, state, letter
    while len(record) < length:
        y, h = read(x, h)  # (V,), (H,)
        check_finite(y, len(record))
        if feed == "sample":
            letter = draw_index(shares(y, float(temperature)), generator)
        else:
            letter = int(y.argmax())
        record.append((x, y, h, letter))
        if letter == vocabulary.end:
            break
        x = y if feed == "raw" else one_hots[letter]
        if noise:
            x = x + float(noise) * torch.randn(1, len(x), generator=generator).numpy()[0]
    if not record:
        return Generation("", (), ended=False)
    fed, outputs, states, chosen = zip(*record, strict=True)
    letters = [vocabulary.letters[letter] for letter in chosen]
    rows = (torch.from_numpy(np.stack(kept)).unbind() for kept in (fed, outputs, states))
    steps = tuple(map(Step, *rows, letters))
    return Generation(vocabulary.decode(chosen), steps, ended=chosen[-1] == vocabulary.end)


def _reader(cell: PostCell) -> Callable[[Floats, Floats], tuple[Floats, Floats]]:
    """One step of a cell on arrays: letter ``(V,)``, old state ``(H,)`` to output, new state.

    The post's own cell is one product of all its weights with [x_t, h_{t-1}]; that of another
    wiring is called as it is.
    """
    like = cell.input_to_hidden.weight
    if type(cell) is not PostCell or like.dtype not in (torch.float32, torch.float64):

        def call(x: Floats, h: Floats) -> tuple[Floats, Floats]:
            y_t, h_t = cell(torch.tensor(x[None]).to(like), torch.tensor(h[None]).to(like))
            return y_t[0].cpu().numpy(), h_t[0].cpu().numpy()

        return call

    w_h, b_h, w_y, b_y = (p.numpy(force=True) for p in cell.parameters())
    weight, bias = np.concatenate((w_h, w_y)), np.concatenate((b_h, b_y))  # (H + V, V + H), (H + V)

    def read(x: Floats, h: Floats) -> tuple[Floats, Floats]:
        sums = weight.dot(np.concatenate((x, h)).astype(weight.dtype, copy=False)) + bias
        return sums[len(h) :], np.tanh(sums[: len(h)])

    return read


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


def check_finite(output: Floats, step: int) -> None:
    """Refuse scores that hold nan or inf; ValueError says at which step and what to do."""
    if not np.isfinite(output).all():
        raise ValueError(
            f"The output at step {step} holds nan or inf. If this is the first step, the "
            "weights have diverged: train again. If not, the raw feedback ran away: "
            "feed letters back, feed='argmax'."
        )
