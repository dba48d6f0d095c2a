"""Two witnesses for the cell: PyTorch's own layers, same weights, and finite differences."""

import torch
from torch import Tensor, nn

from charrnn.builtin import run_built_in
from charrnn.training import sequence_loss

torch_run = run_built_in  # chapter 2 calls on it before chapter 6 says how it works


@torch.no_grad()
def finite_differences(cell: nn.Module, rows: Tensor, step: float = 1e-5) -> list[Tensor]:
    """The gradient of `sequence_loss` without any calculus: nudge one weight, look at the loss.

    Central differences, (loss(w + step) - loss(w - step)) / (2 step), for each weight of each
    parameter; use float64, and a small cell, for it takes two losses per weight.
    """
    gradients = []
    for p in cell.parameters():
        gradient = torch.zeros_like(p)
        weights, slots = p.view(-1), gradient.view(-1)
        for i in range(len(weights)):
            kept = weights[i].item()
            weights[i] = kept + step
            above = sequence_loss(cell, rows)  # type: ignore[arg-type]
            weights[i] = kept - step
            below = sequence_loss(cell, rows)  # type: ignore[arg-type]
            weights[i] = kept
            slots[i] = (above - below) / (2 * step)
        gradients.append(gradient)
    return gradients


def relative_difference(a: Tensor, b: Tensor) -> float:
    """Largest difference of two tensors over the largest value of either (no unit)."""
    scale = max(a.abs().max().item(), b.abs().max().item())
    return (a - b).abs().max().item() / scale if scale else 0.0
