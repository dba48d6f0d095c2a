"""Chapter 13. Units compared with what they might stand for, projections, gradients of inputs.

Shapes: T steps, V letters, H hidden units.
"""

import copy
import random
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from charrnn.arguments import MOST_SEED, indices, instance, quoted, real, string, tensor, whole
from charrnn.layers.model import CharModel
from charrnn.runtime import one_thread

MOST_LINES = 100_000  # slips such as 10**9 would take all memory
MOST_COUNT = 1_000


def counting_text(lines: int, most: int = 10, seed: int = 0) -> str:
    """Lines of n times a, then n times b, n drawn from 1 to ``most`` (Gers, Schmidhuber 2001).

    Whoever wants to know where a line ends has to count.

    Args:
        lines: how many, 0 to `MOST_LINES`.
        most: the largest n, 1 to `MOST_COUNT`.
        seed: of the drawing.

    Raises:
        TypeError: no whole number.
        ValueError: out of range.
    """
    lines = whole("lines", lines, least=0, most=MOST_LINES)
    most = whole("most", most, least=1, most=MOST_COUNT)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    draw = random.Random(seed)
    counts = [draw.randint(1, most) for _ in range(lines)]
    return "".join("a" * n + "b" * n + "\n" for n in counts)


def remaining_b(text: str) -> Tensor:
    """How many b are still to come, after each letter of `counting_text`, ``(T,)``.

    Below 0 where a line has more b than a; 0 at any other letter.

    Raises:
        TypeError: no string.
    """
    counts, n = [], 0
    for letter in string("text", text):
        n = {"a": n + 1, "b": n - 1}.get(letter, 0)
        counts.append(n)
    return torch.tensor(counts, dtype=torch.float32)


def inside_quotes(text: str) -> Tensor:
    """1 from an opening quotation mark up to its closing one, else 0, ``(T,)``; lines end both.

    Only the straight mark counts. It is 0 at the closing mark itself.

    Raises:
        TypeError: no string.
    """
    flags, inside = [], False
    for letter in string("text", text):
        inside = letter != "\n" and inside ^ (letter == '"')
        flags.append(inside)
    return torch.tensor(flags, dtype=torch.float32)


def since_space(text: str) -> Tensor:
    """How many letters since the last space or line break, ``(T,)``.

    Raises:
        TypeError: no string.
    """
    counts, n = [], 0
    for letter in string("text", text):
        n = 0 if letter in " \n" else n + 1
        counts.append(n)
    return torch.tensor(counts, dtype=torch.float32)


@one_thread()
@torch.no_grad()
def hidden_states(model: CharModel, letters: Tensor) -> Tensor:
    """The hidden states of a model along a text ``(T,)``, after each letter: ``(T, H)``.

    Raises:
        TypeError: no model, or letters that are no whole numbers.
        ValueError: another shape, no letters, or one outside the model's.
    """
    letters = indices("letters", letters, instance("model", model, CharModel).vocab_size, "T")
    letters = letters.to(model.output.weight.device)
    rows = nn.functional.one_hot(letters, model.vocab_size).to(model.output.weight)
    states: Tensor = model.recurrent(rows[None])[0][0]
    return states


@torch.no_grad()
def held(model: CharModel, unit: int, level: float = 0.0) -> CharModel:
    """A copy of an LSTM in which one hidden unit stands at one level at every step.

    Its candidate is silenced, so that nothing comes into its cell state and its state stays 0. What
    the other units and the output would get from it at that level goes into their biases.

    Args:
        model: an LSTM.
        unit: which, 0 to H - 1.
        level: where its state stands, in -1..1.

    Raises:
        TypeError: no model, or numbers that are none.
        ValueError: a model that is no LSTM, or a unit or level out of range.
    """
    if instance("model", model, CharModel).kind != "lstm":
        raise ValueError(f"model must be an LSTM, got one of kind {model.kind!r}.")
    unit = whole("unit", unit, least=0, most=model.hidden_size - 1)
    level = real("level", level, least=-1, most=1)
    quiet = copy.deepcopy(model)
    layer = quiet.recurrent
    layer.bias_hh_l0.add_(level * layer.weight_hh_l0[:, unit])
    quiet.output.bias.add_(level * quiet.output.weight[:, unit])
    candidate = 2 * model.hidden_size + unit  # PyTorch's rows: i, f, g, o
    for weights in layer.parameters():
        weights[candidate] = 0
    return quiet


def correlations(states: Tensor, values: Tensor) -> Tensor:
    """Pearson's correlation of each unit of ``(T, H)`` with values ``(T,)``; ``(H,)``, -1 to 1.

    A unit or values that never change count as 0.

    Raises:
        TypeError: no tensors of numbers.
        ValueError: shapes that do not fit, or nan or inf.
    """
    states, values = tensor("states", states, ("T", "H")), tensor("values", values, (len(states),))
    s = states.double() - states.double().mean(dim=0)  # (T, H)
    v = values.double() - values.double().mean()  # (T,)
    # By the numbers themselves: a mean is rounded, so what never changes may differ from it.
    changes = (states != states[0]).any(dim=0) & (values != values[0]).any()  # (H,)
    scale = s.norm(dim=0) * v.norm()
    together = (s * v[:, None]).sum(dim=0) / scale.clamp(min=1e-300)  # (H,)
    return torch.where(changes, together, 0.0)


def principal_components(states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Principal components of states ``(T, H)``, by singular values (Pearson 1901).

    Returns:
        The mean ``(H,)``, the directions ``(C, H)`` from the widest to the narrowest, each of
        length 1, and each one's share of the variance ``(C,)``. C is the smaller of T and H.

    Raises:
        TypeError: no tensor of numbers.
        ValueError: another shape, nan or inf, or states that never change.
    """
    states = checked_states(states)
    mean = states.mean(dim=0)
    spread = states - mean
    _, widths, directions = torch.linalg.svd(spread, full_matrices=False)
    return mean, directions, widths**2 / (widths**2).sum()


def reconstruct(states: Tensor, count: int) -> Tensor:
    """States ``(T, H)`` with nothing left but their first ``count`` principal components.

    Raises:
        TypeError: no tensor of numbers, or a count that is no whole number.
        ValueError: as `principal`, or a count not from 0 to H.
    """
    states = checked_states(states)
    count = whole("count", count, least=0, most=states.shape[1])
    mean, directions, _ = principal_components(states)
    kept = directions[:count]  # (count, H)
    return (states - mean) @ kept.T @ kept + mean


def checked_states(states: Tensor) -> Tensor:
    """States ``(T, H)`` that change, so that there is a direction to find."""
    states = tensor("states", states, ("T", "H"))
    if not states.is_floating_point():
        raise TypeError(f"states must be numbers with a fraction, got {quoted(states)}.")
    if bool((states == states[0]).all()):
        raise ValueError(
            f"states must change from step to step to have principal components; all {len(states)} "
            "are the same."
        )
    # torch finds no singular values of numbers of 16 bits on a CPU.
    return states.float() if states.dtype.itemsize < 4 else states


@one_thread()
@torch.enable_grad()
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

    Raises:
        TypeError: no function, no tensors, or answers that are no whole numbers.
        ValueError: shapes that do not fit, answers outside 0 to V - 1, nan or inf, or scores that
            autograd cannot follow back to the rows.
    """
    rows, answers = checked_question(scores_of, rows, answers)
    scores = checked_scores(scores_of(rows), rows)  # (T, V)
    found = []
    for score, answer in zip(scores, answers, strict=True):
        (slope,) = torch.autograd.grad(
            score[answer], rows, retain_graph=True, materialize_grads=True
        )
        found.append(slope.norm(dim=1))  # (T,)
    return torch.stack(found)


def checked_question(scores_of: Any, rows: Any, answers: Any) -> tuple[Tensor, Tensor]:
    """A copy of the rows that asks for gradients, and one answer ``(T,)`` for each."""
    if not callable(scores_of):
        raise TypeError(f"scores_of must be a function of rows (T, V), got {quoted(scores_of)}.")
    rows = tensor("rows", rows, ("T", "V"))
    if not rows.is_floating_point():
        raise TypeError(f"rows must be numbers with a fraction, got {quoted(rows)}.")
    if isinstance(answers, list | tuple):
        answers = torch.tensor(
            [whole("answers", answer, least=0, most=MOST_SEED) for answer in answers]
        )
    answers = indices("answers", answers, rows.shape[1], "T")
    if len(answers) != len(rows):
        raise ValueError(
            f"answers must be one for each of the {len(rows)} rows, got {len(answers)}."
        )
    return rows.detach().clone().requires_grad_(), answers


def checked_scores(scores: Tensor, rows: Tensor) -> Tensor:
    """Scores in the rows' shape, from which gradients can be followed back."""
    scores = tensor("scores_of(rows)", scores, tuple(rows.shape))
    if not scores.requires_grad:
        raise ValueError("scores_of must use torch alone on the rows, so that gradients exist.")
    return scores
