"""Chapters 5 and 8. A check of gradients that knows nothing of them: finite differences."""

import torch
from torch import Tensor

from charrnn.arguments import quoted, real
from charrnn.runtime import one_thread
from charrnn.scratch.cell import PostCell, check_rows
from charrnn.scratch.training import sequence_loss

MOST_WEIGHTS = 10_000  # to nudge: with the post's sentence a minute


@one_thread()
@torch.no_grad()
def finite_differences(cell: PostCell, rows: Tensor, step: float = 1e-5) -> list[Tensor]:
    """The gradient of `sequence_loss` without any calculus: nudge one weight, look at the loss.

    Central differences, (loss(w + step) - loss(w - step)) / (2 step), for each weight of each
    parameter, at two losses per weight. The weights are left as they were.

    Args:
        cell: any cell of `charrnn.scratch.cell`, in float64 and of at most `MOST_WEIGHTS`.
        rows: one-hot text with its marks, ``(T + 1, V)``.
        step: how far to nudge, 1e-8 to 0.1.

    Returns:
        One gradient for each of ``cell.parameters()``, of its shape.

    Raises:
        TypeError: no cell, another dtype, or no tensor of rows.
        ValueError: rows that do not fit, a step out of range, or too many weights.
    """
    check_rows(cell, rows, least=2)
    step = real("step", step, least=1e-8, most=0.1)
    if rows.dtype != torch.float64:
        raise TypeError(
            "cell and rows must be float64, for float32 rounds the difference away: cell.double()."
        )
    weights_in_all = sum(p.numel() for p in cell.parameters())
    if weights_in_all > MOST_WEIGHTS:
        raise ValueError(
            f"cell must have at most {MOST_WEIGHTS} weights, got {weights_in_all}: "
            "use fewer hidden units."
        )
    gradients = []
    for p in cell.parameters():
        gradient = torch.zeros_like(p)
        weights, slots = p.view(-1), gradient.view(-1)
        for i in range(len(weights)):
            kept = weights[i].item()
            weights[i] = kept + step
            above = sequence_loss(cell, rows)
            weights[i] = kept - step
            below = sequence_loss(cell, rows)
            weights[i] = kept
            slots[i] = (above - below) / (2 * step)
        gradients.append(gradient)
    return gradients


def relative_difference(a: Tensor, b: Tensor) -> float:
    """Largest difference of two tensors over the largest value of either (no unit).

    Raises:
        TypeError: something else than two tensors of fractions.
        ValueError: two shapes, tensors of nothing, or nan or inf.
    """
    for name, values in (("a", a), ("b", b)):
        if not isinstance(values, Tensor) or not values.is_floating_point():
            raise TypeError(f"{name} must be a tensor of floats, got {quoted(values)}.")
        if not values.numel() or not torch.isfinite(values).all():
            raise ValueError(f"{name} must hold numbers, finite ones, got {quoted(values)}.")
    if a.shape != b.shape:
        raise ValueError(f"a and b must have one shape, got {tuple(a.shape)} and {tuple(b.shape)}.")
    scale = max(a.abs().max().item(), b.abs().max().item())
    return (a - b).abs().max().item() / scale if scale else 0.0
