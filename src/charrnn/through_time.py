"""How far a gradient reaches back, and how steep the loss looks to Adam."""

import copy
import math

import torch
from torch import Tensor

from charrnn.bptt import loss_and_gradients
from charrnn.cell import PostCell


def reach(cell: PostCell, rows: Tensor) -> Tensor:
    """How strongly the last prediction's error asks for change in each earlier hidden state.

    The Euclidean norm of the gradient of the last step's squared error with respect to the state
    that the last step read, the one before it, and so on; divided by the first, so that distances
    can be compared (Bengio, Simard and Frasconi 1994, "Learning long-term dependencies with
    gradient descent is difficult").

    Args:
        cell: any cell of `charrnn.cell`.
        rows: one-hot text, ``(T + 1, V)``, T at least 1.

    Returns:
        ``(T,)`` by distance; the first is 1.
    """
    h = cell.init_hidden().requires_grad_()  # (1, H)
    states = []
    for x_t in rows[:-1].split(1):
        states.append(h)
        o_t, h = cell(x_t, h)
    error = torch.nn.functional.mse_loss(o_t, rows[-1:])
    gradients = torch.autograd.grad(error, states)  # T times (1, H)
    norms = torch.stack([g.norm() for g in reversed(gradients)])
    return norms / norms[0]


def with_memory_scaled(cell: PostCell, factor: float) -> PostCell:
    """A copy of the cell whose weights from old state to new state are multiplied by ``factor``."""
    scaled = copy.deepcopy(cell)
    with torch.no_grad():
        scaled.input_to_hidden.weight[:, cell.vocab_size :] *= factor
    return scaled


def steepness_limit(learning_rate: float, beta1: float = 0.9) -> float:
    """The steepness beyond which Adam's steps swing ever wider: (2 + 2 beta1) / ((1 - beta1) lr).

    Without momentum (beta1 = 0) that is the 2 / lr of plain gradient descent. From Cohen et al.
    (2022), "Adaptive Gradient Methods at the Edge of Stability".
    """
    return (2 + 2 * beta1) / ((1 - beta1) * learning_rate)


def steepness(
    cell: PostCell,
    adam: torch.optim.Adam,
    rows: Tensor,
    start: Tensor | None = None,
    rounds: int = 12,
) -> tuple[float, Tensor]:
    """How fast the slope of the loss changes along the steepest direction, as Adam measures length.

    Adam divides each weight's step by the root of its remembered squared gradients. In those units
    the largest curvature is the largest eigenvalue of P^-1/2 H P^-1/2, where H is the loss's
    second derivative and P Adam's denominators. Found by power iteration; H times a direction is
    the difference of two gradients, in float64.

    Args:
        cell: a `PostCell` in training.
        adam: its optimizer, after one step or more.
        rows: the text it learns, ``(T + 1, V)``.
        start: the direction to begin with, ``(P,)`` for P weights: the one that an earlier call
            returned, or None for a random one.
        rounds: of the power iteration.

    Returns:
        The steepness (in units of 1 / learning rate) and the direction ``(P,)``.
    """
    group = adam.param_groups[0]
    steps = float(adam.state[group["params"][0]]["step"])
    second = torch.cat([adam.state[p]["exp_avg_sq"].flatten() for p in group["params"]]).double()
    root = (second / (1 - group["betas"][1] ** steps)).sqrt() + group["eps"]
    scale = root.rsqrt()  # P^-1/2, (P,)
    twin = copy.deepcopy(cell).double()
    for p in twin.parameters():
        p.grad = torch.zeros_like(p)
    here = torch.nn.utils.parameters_to_vector(twin.parameters()).detach()
    rows = rows.double()

    def gradient(weights: Tensor) -> Tensor:
        torch.nn.utils.vector_to_parameters(weights, twin.parameters())
        loss_and_gradients(twin, rows)
        return torch.cat(
            [p.grad.flatten() for p in twin.parameters() if p.grad is not None]
        ).clone()

    if start is None:
        start = torch.randn(len(here), generator=torch.Generator().manual_seed(0)).double()
    direction, largest = start, math.nan
    for _ in range(rounds):
        direction = direction / direction.norm()
        nudge = scale * direction
        nudge = nudge * (1e-4 / nudge.norm())
        change = (gradient(here + nudge) - gradient(here - nudge)) / (2 * nudge.norm())
        turned = scale * change * (scale * direction).norm()
        largest = float(direction @ turned)
        direction = turned
    return largest, direction
