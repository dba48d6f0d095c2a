"""Chapter 5. How far a gradient reaches back."""

import copy

import torch
from torch import Tensor

from charrnn.arguments import real
from charrnn.runtime import one_thread
from charrnn.scratch.cell import PostCell, check_cell, check_rows


@one_thread()
@torch.enable_grad()
def gradient_norms(cell: PostCell, rows: Tensor) -> Tensor:
    """How strongly the last prediction's error asks for change in each earlier hidden state.

    The Euclidean norm of the gradient of the last step's squared error with respect to the state
    that the last step read, the one before it, and so on; divided by the first, so that distances
    can be compared (Bengio, Simard and Frasconi 1994, "Learning long-term dependencies with
    gradient descent is difficult").

    Args:
        cell: any cell of `charrnn.scratch.cell`.
        rows: one-hot text, ``(T + 1, V)``, T at least 1.

    Returns:
        ``(T,)`` by distance; the first is 1.

    Raises:
        TypeError, ValueError: as `charrnn.scratch.cell.check_rows` does.
        ValueError: the last prediction does not depend on the state, or the numbers ran out of
            range on the way.
    """
    check_rows(cell, rows, least=2)
    h = cell.init_hidden().requires_grad_()  # (1, H)
    states = []
    for x_t in rows[:-1].split(1):
        states.append(h)
        y_t, h = cell(x_t, h)
    error = torch.nn.functional.mse_loss(y_t, rows[-1:])
    gradients = torch.autograd.grad(error, states)  # T times (1, H)
    norms = torch.stack([g.norm() for g in reversed(gradients)])
    shares = norms / norms[0]
    if not torch.isfinite(shares).all():
        raise ValueError(
            "cell has no measurable reach: its gradients are 0 where they begin, or nan or inf."
        )
    return shares


def scale_recurrent_weights(cell: PostCell, factor: float) -> PostCell:
    """A copy of the cell whose weights from old state to new state are multiplied by ``factor``.

    Raises:
        TypeError: no cell, or a factor that is no number.
        ValueError: a factor beyond a million, of either sign.
    """
    check_cell(cell)
    factor = real("factor", factor, least=-1e6, most=1e6)
    scaled = copy.deepcopy(cell)
    with torch.no_grad():
        scaled.input_to_hidden.weight[:, cell.vocab_size :] *= factor
    return scaled
