"""Loss and gradients of the post's cell in one go, by hand: backpropagation through time.

`training.sequence_loss` followed by ``backward()`` gives the same numbers (the tests hold the two
together) and is the one to read first. This one skips autograd's book-keeping: it projects all
letters at once, walks the states forward, then walks the gradient back. The maths is that of
Werbos (1990), "Backpropagation through time: what it does and how to do it".
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from charrnn.arguments import tensor
from charrnn.scratch.cell import PostCell, check_cell

Floats = NDArray[np.floating]


class Views(NamedTuple):
    """A cell and its text as NumPy sees them: writing here writes into the cell's own tensors.

    Weights and gradients stand in the order of ``cell.parameters()``: ``(H, V + H)``, ``(H,)``,
    ``(V, V + H)``, ``(V,)``. x are the letters read, target those that follow: ``(T, V)`` both.
    """

    weights: Sequence[Floats]
    gradients: Sequence[Floats]
    x: Floats
    target: Floats


def loss_and_gradients(cell: PostCell, rows: Tensor) -> float:
    """The summed squared error of next-letter prediction; fills ``.grad`` of all four tensors.

    Args:
        cell: a `PostCell` itself (another wiring has other gradients) of float32 or float64 on the
            CPU, whose ``.grad`` tensors exist.
        rows: one-hot text with its marks, ``(T + 1, V)``, T at least 1; row t + 1 is the target of
            row t. Any dtype: they are put into the cell's.

    Returns:
        Sum over T steps of the mean over V of the squared error (no unit); nan or inf if the cell
        or the rows hold any.

    Raises:
        TypeError: another wiring than the post's, another dtype or device, or no tensor of rows.
        ValueError: rows of another width or fewer than two, or a weight without ``.grad``.
    """
    return backpropagate(*views(cell, rows))


def views(cell: PostCell, rows: Tensor) -> Views:
    """What `backpropagate` works on; arguments and errors are those of `loss_and_gradients`.

    It holds for as long as the cell keeps its tensors: training makes it once for all epochs.
    """
    _check(cell, rows)
    rows = rows.to(cell.input_to_hidden.weight.dtype)
    return Views(
        [p.detach().numpy() for p in cell.parameters()],
        [p.grad.numpy() for p in cell.parameters() if p.grad is not None],
        rows[:-1].numpy(),
        rows[1:].numpy(),
    )


@np.errstate(over="ignore", invalid="ignore")  # the caller looks at the loss and tells the reader
def backpropagate(
    weights: Sequence[Floats], gradients: Sequence[Floats], x: Floats, target: Floats
) -> float:
    """The loss of one text, returned, and its gradients, written into theirs: see `Views`."""
    w_h, b_h, w_y, b_y = weights
    g_w_h, g_b_h, g_w_y, g_b_y = gradients
    steps, size, hidden = len(x), len(b_y), len(b_h)

    projected = x @ w_h[:, :size].T + b_h  # (T, H): what each letter alone adds to the state
    w_hh = np.ascontiguousarray(w_h[:, size:])  # (H, H) in one piece: `dot` is faster on it
    states = np.zeros((steps, hidden), dtype=x.dtype)  # the old ones: nothing reads the last
    for from_x, old, new in zip(projected[:-1], states[:-1], states[1:], strict=True):
        np.tanh(from_x + w_hh.dot(old), new)

    combined = np.concatenate((x, states), axis=1)  # (T, V + H): the outputs read old states
    error = combined @ w_y.T + b_y - target  # (T, V)
    loss = float((error * error).sum()) / size
    d_out = error * (2 / size)  # (T, V)
    np.matmul(d_out.T, combined, out=g_w_y)
    d_out.sum(axis=0, out=g_b_y)

    d_state = d_out @ w_y[:, size:]  # (T, H): what each output asks of the state before it
    d_sum = 1 - states[1:] ** 2  # (T - 1, H): tanh' = 1 - tanh^2, then the gradient inside tanh
    carried = d_state[-1]
    for inside, asked in zip(d_sum[::-1], d_state[-2::-1], strict=True):
        inside *= carried
        carried = asked + inside.dot(w_hh)
    np.matmul(d_sum.T, combined[:-1], out=g_w_h)
    d_sum.sum(axis=0, out=g_b_h)
    return loss


def _check(cell: PostCell, rows: Tensor) -> None:
    check_cell(cell, wiring=PostCell)
    tensor("rows", rows, ("T + 1", cell.vocab_size), finite=False)
    if len(rows) < 2:
        raise ValueError("rows must be 2 or more: each is the target of the one before it.")
    for p in cell.parameters():
        if p.dtype not in (torch.float32, torch.float64) or p.device.type != "cpu":
            raise TypeError(
                f"cell must be of float32 or float64 on the CPU, got {p.dtype} on {p.device}."
            )
        if p.grad is None:
            raise ValueError("cell must have .grad tensors: p.grad = torch.zeros_like(p) for each.")
