"""Loss and gradients of the post's cell in one go, by hand: backpropagation through time.

`training.sequence_loss` followed by ``backward()`` gives the same numbers (the tests hold the two
together) and is the one to read first. This one skips autograd's book-keeping: it projects all
letters at once, walks the states forward, then walks the gradient back. The maths is that of
Werbos (1990), "Backpropagation through time: what it does and how to do it".
"""

import numpy as np
import torch
from torch import Tensor

from charrnn.arguments import tensor
from charrnn.scratch.cell import PostCell, check_cell


@np.errstate(over="ignore", invalid="ignore")  # the caller looks at the loss and tells the reader
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
    _check(cell, rows)
    size, hidden = cell.vocab_size, cell.hidden_size
    # Views: writing into these arrays writes into the parameters' own gradients.
    w_h, b_h, w_y, b_y = (p.detach().numpy() for p in cell.parameters())
    g_w_h, g_b_h, g_w_y, g_b_y = (p.grad.numpy() for p in cell.parameters() if p.grad is not None)
    rows = rows.to(cell.input_to_hidden.weight.dtype)
    x, target = rows[:-1].numpy(), rows[1:].numpy()  # (T, V) both
    steps = len(x)

    projected = x @ w_h[:, :size].T + b_h  # (T, H): what each letter alone adds to the state
    w_hh = w_h[:, size:]  # (H, H)
    states = np.zeros((steps + 1, hidden), dtype=x.dtype)
    for t in range(steps):
        np.tanh(projected[t] + w_hh @ states[t], out=states[t + 1])

    combined = np.concatenate((x, states[:-1]), axis=1)  # (T, V + H): the outputs read old states
    error = combined @ w_y.T + b_y - target  # (T, V)
    loss = float((error * error).sum()) / size
    d_out = error * (2 / size)  # (T, V)
    np.matmul(d_out.T, combined, out=g_w_y)
    d_out.sum(axis=0, out=g_b_y)

    d_state = d_out @ w_y[:, size:]  # (T, H): what each output asks of the state before it
    d_sum = np.zeros((steps, hidden), dtype=x.dtype)  # gradient inside each tanh
    carried = d_state[-1]
    # Nothing reads the last new state, so the way back starts one step earlier.
    for t in range(steps - 2, -1, -1):
        d_sum[t] = carried * (1 - states[t + 1] ** 2)  # tanh' = 1 - tanh^2
        carried = d_state[t] + d_sum[t] @ w_hh
    np.matmul(d_sum.T, combined, out=g_w_h)
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
