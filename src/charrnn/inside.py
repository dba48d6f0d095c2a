"""Looking inside: units held against what they might stand for, projections, gradients of inputs.

Shapes: T steps, V letters, H hidden units.
"""

import random
from collections.abc import Callable, Sequence

import torch
from torch import Tensor, nn

from charrnn.model import CharModel


def counting_text(lines: int, most: int = 10, seed: int = 0) -> str:
    """Lines of n times a, then n times b, n drawn from 1 to ``most`` (Gers, Schmidhuber 2001).

    Whoever wants to know where a line ends has to count.
    """
    draw = random.Random(seed)
    counts = [draw.randint(1, most) for _ in range(lines)]
    return "".join("a" * n + "b" * n + "\n" for n in counts)


def owed(text: str) -> Tensor:
    """How many b are still to come, after each letter of `counting_text`, ``(T,)``."""
    counts, n = [], 0
    for letter in text:
        n = {"a": n + 1, "b": n - 1}.get(letter, 0)
        counts.append(n)
    return torch.tensor(counts, dtype=torch.float32)


def inside_quotes(text: str) -> Tensor:
    """1 from an opening quotation mark up to its closing one, else 0, ``(T,)``; lines end both."""
    flags, inside = [], False
    for letter in text:
        inside = letter != "\n" and inside ^ (letter == '"')
        flags.append(inside)
    return torch.tensor(flags, dtype=torch.float32)


def since_space(text: str) -> Tensor:
    """How many letters since the last space or line break, ``(T,)``."""
    counts, n = [], 0
    for letter in text:
        n = 0 if letter in " \n" else n + 1
        counts.append(n)
    return torch.tensor(counts, dtype=torch.float32)


@torch.no_grad()
def states_of(model: CharModel, letters: Tensor) -> Tensor:
    """The hidden states of a model along a text ``(T,)``, after each letter: ``(T, H)``."""
    rows = nn.functional.one_hot(letters, model.vocab_size).to(model.output.weight)
    states: Tensor = model.recurrent(rows[None])[0][0]
    return states


def correlations(states: Tensor, values: Tensor) -> Tensor:
    """Pearson's correlation of each unit of ``(T, H)`` with values ``(T,)``; ``(H,)``, -1 to 1.

    A unit or values that never change count as 0.
    """
    s = states.double() - states.double().mean(dim=0)  # (T, H)
    v = values.double() - values.double().mean()  # (T,)
    scale = s.norm(dim=0) * v.norm()
    together = (s * v[:, None]).sum(dim=0) / scale.clamp(min=1e-300)  # (H,)
    return torch.where(scale > 0, together, 0.0)


def principal(states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Principal components of states ``(T, H)``, by singular values (Pearson 1901).

    Returns:
        The mean ``(H,)``, the directions ``(C, H)`` from the widest to the narrowest, each of
        length 1, and each one's share of the variance ``(C,)``.
    """
    mean = states.mean(dim=0)
    spread = states - mean
    _, widths, directions = torch.linalg.svd(spread, full_matrices=False)
    return mean, directions, widths**2 / (widths**2).sum()


def flattened(states: Tensor, count: int) -> Tensor:
    """States ``(T, H)`` with nothing left but their first ``count`` principal components."""
    mean, directions, _ = principal(states)
    kept = directions[:count]  # (count, H)
    return (states - mean) @ kept.T @ kept + mean


def saliency(
    scores_of: Callable[[Tensor], Tensor],
    rows: Tensor,
    answers: Sequence[int] | Tensor,
) -> Tensor:
    """How strongly each answer's score leans on each input row, ``(T, T)``: answers by inputs.

    The length of the gradient of a score with respect to an input row (Simonyan, Vedaldi and
    Zisserman 2014, for pictures). 0 for inputs that come later.

    Args:
        scores_of: from rows ``(T, V)`` to scores ``(T, V)``.
        rows: one-hot input.
        answers: the letter whose score is asked about, at each step, ``(T,)``.
    """
    rows = rows.clone().requires_grad_()
    scores = scores_of(rows)  # (T, V)
    found = []
    for score, answer in zip(scores, answers, strict=True):
        (slope,) = torch.autograd.grad(score[int(answer)], rows, retain_graph=True)
        found.append(slope.norm(dim=1))  # (T,)
    return torch.stack(found)
