"""Chapter 6. How steep the loss is in the units of Adam, and where its steps turn unstable."""

import copy
import math

import torch
from torch import Tensor

from charrnn.arguments import MOST_RATE, quoted, real, tensor, whole
from charrnn.runtime import one_thread
from charrnn.scratch.bptt import loss_and_gradients
from charrnn.scratch.cell import PostCell, check_cell

MOST_ROUNDS = 1_000  # of the power iteration


def stability_threshold(learning_rate: float, beta1: float = 0.9) -> float:
    """The sharpness beyond which Adam's steps swing ever wider: (2 + 2 beta1) / ((1 - beta1) lr).

    Without momentum (beta1 = 0) that is the 2 / lr of plain gradient descent. From Cohen et al.
    (2022), "Adaptive Gradient Methods at the Edge of Stability".

    Args:
        learning_rate: Adam's step size, 1e-12 or more.
        beta1: how much of its mean of gradients Adam keeps in a step, 0 to below 1.

    Raises:
        TypeError, ValueError: no number, or out of range.
    """
    learning_rate = real("learning_rate", learning_rate, least=1e-12, most=MOST_RATE)
    beta1 = real("beta1", beta1, least=0, below=1)
    return (2 + 2 * beta1) / ((1 - beta1) * learning_rate)


@one_thread()
def sharpness(
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
        adam: the optimizer of its weights, all in one group, after one step or more.
        rows: the text it learns, ``(T + 1, V)`` of any dtype.
        start: the direction to begin with, ``(P,)`` for P weights: the one that an earlier call
            returned, or None for a random one.
        rounds: of the power iteration, 1 to `MOST_ROUNDS`.

    Returns:
        The sharpness (in units of 1 / learning rate) and the direction ``(P,)``.

    Raises:
        TypeError: another wiring than the post's, another optimizer, or no tensor.
        ValueError: an optimizer of other weights or before its first step, shapes that do not
            fit, rounds out of range, or a cell whose numbers have run out of range.
    """
    check_cell(cell, wiring=PostCell)
    _check_adam(adam, cell)
    tensor("rows", rows, ("T + 1", cell.vocab_size))
    rounds = whole("rounds", rounds, least=1, most=MOST_ROUNDS)
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
    elif not tensor("start", start, (len(here),)).any():
        raise ValueError("start must point somewhere: it is all 0.")
    direction, largest = start.double(), math.nan
    for _ in range(rounds):
        direction = direction / direction.norm()
        nudge = scale * direction
        nudge = nudge * (1e-4 / nudge.norm())
        change = (gradient(here + nudge) - gradient(here - nudge)) / (2 * nudge.norm())
        turned = scale * change * (scale * direction).norm()
        largest = float(direction @ turned)
        direction = turned
    if not math.isfinite(largest):
        raise ValueError("cell has no measurable sharpness: its numbers have run out of range.")
    return largest, direction


def _check_adam(adam: torch.optim.Adam, cell: PostCell) -> None:
    if not isinstance(adam, torch.optim.Adam):
        raise TypeError(f"adam must be a torch.optim.Adam, got {quoted(adam)}.")
    held = [p for group in adam.param_groups for p in group["params"]]
    if len(adam.param_groups) != 1 or list(map(id, held)) != list(map(id, cell.parameters())):
        raise ValueError("adam must hold the weights of cell, all of them in one group.")
    if not all("step" in adam.state.get(p, {}) for p in held):
        raise ValueError("adam must have taken a step: call it after the first, as watch does.")
