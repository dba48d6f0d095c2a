"""The speed ladder: four ways to the same loss and the same gradients, timed side by side.

Each rung takes a `PostCell` and the one-hot text ``(T + 1, V)``, returns the loss that
`training.sequence_loss` defines and leaves the gradients in ``.grad``.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from charrnn.bptt import loss_and_gradients
from charrnn.builtin import run_built_in
from charrnn.cell import PostCell
from charrnn.runtime import one_thread, seeded
from charrnn.training import sequence_loss


def letter_by_letter(cell: PostCell, rows: Tensor) -> float:
    """The post's loop: one step of the cell a letter, one loss a letter."""
    loss = sequence_loss(cell, rows)
    loss.backward()
    return loss.item()


def built_in(cell: PostCell, rows: Tensor) -> float:
    """`nn.RNN` over the whole text, one output layer, one loss."""
    outputs, _ = run_built_in(cell, rows[:-1])  # (T, V)
    return _squared_error(outputs, rows[1:])


def hoisted(cell: PostCell, rows: Tensor) -> float:
    """Our own loop, with all that does not need the old state done once, outside of it."""
    x = rows[:-1]  # (T, V)
    size, layer = cell.vocab_size, cell.input_to_hidden
    w_x, w_h = layer.weight[:, :size], layer.weight[:, size:]
    projected = x @ w_x.T + layer.bias  # (T, H)
    states = [cell.init_hidden()]
    for row in projected[:-1].split(1):  # nothing reads the last state
        states.append(torch.tanh(row + states[-1] @ w_h.T))  # (1, H)
    combined = torch.cat((x, torch.cat(states)), dim=1)  # (T, V + H)
    return _squared_error(cell.input_to_output(combined), rows[1:])


def _squared_error(outputs: Tensor, targets: Tensor) -> float:
    loss = ((outputs - targets) ** 2).mean(dim=1).sum()
    loss.backward()
    return loss.item()


RUNGS: dict[str, Callable[[PostCell, Tensor], float]] = {
    "letter by letter": letter_by_letter,
    "nn.RNN": built_in,
    "hoisted": hoisted,
    "gradients by hand": loss_and_gradients,
}


@dataclass
class Climb:
    """How one rung did: seconds for all epochs (the fastest of the repeats) and its losses."""

    seconds: float
    losses: list[float]


def climb(rows: Tensor, epochs: int = 50, repeats: int = 3, seed: int = 0) -> dict[str, Climb]:
    """Train with each rung from the same weights, taking turns, on one thread.

    The settings are the post's: 35 hidden units, Adam with learning rate 0.01.

    Args:
        rows: one-hot text with its marks, ``(T + 1, V)``.
        epochs: per training, at least 1.
        repeats: the fastest of so many counts, at least 1.
        seed: of the first weights. Torch's global generator is left as it was.

    Raises:
        ValueError: fewer than 1 epoch or repeat.
    """
    if epochs < 1 or repeats < 1:
        raise ValueError(f"epochs and repeats start at 1, got {epochs} and {repeats}.")
    best: dict[str, Climb] = {}
    with one_thread():
        for _ in range(repeats):
            for name, rung in RUNGS.items():
                once = _train(rung, rows, epochs, seed)
                if name not in best or once.seconds < best[name].seconds:
                    best[name] = once
    return best


def _train(
    rung: Callable[[PostCell, Tensor], float], rows: Tensor, epochs: int, seed: int
) -> Climb:
    with seeded(seed):
        cell = PostCell(rows.shape[1])
    for p in cell.parameters():
        p.grad = torch.zeros_like(p)
    optimizer = torch.optim.Adam(cell.parameters(), lr=0.01, fused=True)
    rung(cell, rows)  # the first call of anything is slow
    start = time.perf_counter()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad(set_to_none=False)
        losses.append(rung(cell, rows))
        optimizer.step()
    return Climb(time.perf_counter() - start, losses)
