"""The figure of sampling: what temperature, top-k and nucleus leave, and draws from it."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from charrnn import pictures
from charrnn.arguments import MOST_SEED, quoted, real, tensor, whole
from charrnn.lab import traits
from charrnn.lab.checks import readable
from charrnn.lab.widget import Figure
from charrnn.layers.sampling import distribution
from charrnn.text.vocabulary import MOST_LETTERS

LARGEST_LOGIT = 1e6
MOST_DRAWN = 1_000  # letters


class Sampling(Figure):
    """The figure that `sampling` makes."""

    module = "sampling"
    letters = traits.text("", "Those that can be drawn, one after another.")
    logits = traits.numbers("One for each letter, (V).")
    temperature = traits.real(1.0, least=0.05, most=3)
    top_k = traits.whole(None, none=True, least=1)
    top_p = traits.real(None, none=True, least=0.01, most=1)
    seed = traits.whole(0, least=0, most=MOST_SEED)
    drawn = traits.whole(0, "How many letters are drawn.", least=0, most=MOST_DRAWN)


def sampling(
    logits: Tensor | Sequence[float],
    letters: Sequence[str],
    *,
    temperature: float = 1.0,
    top_k: int | None = None,
    top_p: float | None = None,
    seed: int = 0,
) -> Sampling:
    """See what temperature, top-k and nucleus leave of a distribution, and draw letters from it.

    ``result`` tells the letters left, their probabilities and what was drawn.

    Args:
        logits: one for each letter, ``(V,)``, within a million of 0.
        letters: V of them, each once, in any order; the figure shows the likeliest first.
        temperature, top_k, top_p: what to begin with, as for `sampling.distribution`;
            temperature 0.05 to 3, top_p 0.01 to 1.
        seed: of the drawing, 0 to 2**32 - 1.

    Raises:
        TypeError: letters that are no text or list of letters, or something that is no number.
        ValueError: no letters, one of them twice, not one logit each, or a setting out of range.
    """
    letters = _letters(letters)
    given = _logits(logits, len(letters))
    temperature = real("temperature", temperature, least=0.05, most=3)
    top_k = None if top_k is None else whole("top_k", top_k, least=1)
    top_p = None if top_p is None else real("top_p", top_p, least=0.01, most=1)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    plain, left = distribution(given), distribution(given, temperature, top_k, top_p)
    return Sampling(
        lambda: pictures.next_letter_probabilities(letters, plain, left),
        letters="".join(letters),
        logits=given,
        temperature=temperature,
        top_k=top_k,
        top_p=top_p,
        seed=seed,
    )


def _letters(letters: Any) -> list[str]:
    """The letters of a figure as a list: one or more, each a single one, each once."""
    if not isinstance(letters, str | Sequence):
        raise TypeError(f"letters must be a text or a list of letters, got {quoted(letters)}.")
    if not 1 <= len(letters) <= MOST_LETTERS:
        raise ValueError(f"letters must be 1 to {MOST_LETTERS}, got {len(letters)}.")
    found = [readable("letters, each of them,", letter, 1) for letter in letters]
    if len(set(found)) != len(found):
        raise ValueError(f"letters must each stand once, got {quoted(letters)}.")
    return found


def _logits(logits: Any, count: int) -> Tensor:
    """The logits of a figure as float64 ``(count,)`` on the CPU."""
    if isinstance(logits, np.ndarray):
        logits = logits.tolist()
    if not isinstance(logits, Tensor):
        if not isinstance(logits, Sequence) or isinstance(logits, str | bytes):
            raise TypeError(f"logits must be a tensor or a list of numbers, got {quoted(logits)}.")
        logits = torch.tensor([real("logits", logit) for logit in logits], dtype=torch.float64)
    if tuple(logits.shape) != (count,):
        raise ValueError(
            f"logits must be one for each of {count} letters, got the shape {tuple(logits.shape)}."
        )
    given = tensor("logits", logits, ("V",)).detach().cpu().double()
    if given.abs().max() > LARGEST_LOGIT:
        raise ValueError(f"logits must lie within {LARGEST_LOGIT:g} of 0.")
    return given


def example() -> Sampling:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    letters = "abcdefghijklmnopqrstuvwxyz \n.,:;-()'\"?!"
    return sampling(torch.linspace(3, -9, len(letters)), letters)
