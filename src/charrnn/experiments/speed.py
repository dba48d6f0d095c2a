"""Chapter 8. Five implementations of one loss and its gradients, timed side by side.

Each takes a `PostCell` and the one-hot text ``(T + 1, V)``, returns the loss that
`scratch.training.sequence_loss` defines and leaves the gradients in ``.grad``. It refuses another
wiring and rows that do not fit (TypeError, ValueError, as `charrnn.scratch.cell.check_rows`).
In `IMPLEMENTATIONS` each is a function that gets ready for a cell and a text and returns what is
then called in every epoch: only the last has anything to get ready.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from charrnn.arguments import tensor, whole
from charrnn.runtime import one_thread, seeded
from charrnn.scratch.bptt import backpropagate, loss_and_gradients, views
from charrnn.scratch.cell import PostCell, check_rows
from charrnn.scratch.nn_rnn import run_nn_rnn
from charrnn.scratch.training import sequence_loss

Implementation = Callable[[PostCell, Tensor], Callable[[], float]]
MOST_EPOCHS = 100_000  # of each training
MOST_REPEATS = 1_000


def letter_by_letter(cell: PostCell, rows: Tensor) -> float:
    """The post's loop: one step of the cell a letter, one loss a letter."""
    check_rows(cell, rows, least=2, wiring=PostCell)
    loss = sequence_loss(cell, rows)
    loss.backward()
    return loss.item()


def built_in(cell: PostCell, rows: Tensor) -> float:
    """`nn.RNN` over the whole text, one output layer, one loss."""
    check_rows(cell, rows, least=2, wiring=PostCell)
    outputs, _ = run_nn_rnn(cell, rows[:-1])  # (T, V)
    return _squared_error(outputs, rows[1:])


def hoisted(cell: PostCell, rows: Tensor) -> float:
    """Our own loop, with all that does not need the old state done once, outside of it."""
    check_rows(cell, rows, least=2, wiring=PostCell)
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


def prepared(cell: PostCell, rows: Tensor) -> Callable[[], float]:
    """`loss_and_gradients` with its checks and its views made once: how `train` calls it."""
    seen = views(cell, rows)
    return lambda: backpropagate(*seen)


def _anew(compute: Callable[[PostCell, Tensor], float]) -> Implementation:
    return lambda cell, rows: lambda: compute(cell, rows)


IMPLEMENTATIONS: dict[str, Implementation] = {
    "letter by letter": _anew(letter_by_letter),
    "nn.RNN": _anew(built_in),
    "hoisted": _anew(hoisted),
    "gradients by hand": _anew(loss_and_gradients),
    "prepared once": prepared,
}


@dataclass
class Timing:
    """Seconds for all epochs, the fastest of the repeats, and the loss of each epoch."""

    seconds: float
    losses: list[float]


def compare(rows: Tensor, epochs: int = 50, repeats: int = 3, seed: int = 0) -> dict[str, Timing]:
    """Train with each implementation from the same weights, taking turns, on one thread.

    The settings are the post's: 35 hidden units, Adam with learning rate 0.01.

    Args:
        rows: one-hot text with its marks, ``(T + 1, V)`` of float32, T at least 1.
        epochs: per training, 1 to `MOST_EPOCHS`.
        repeats: the fastest of so many counts, 1 to `MOST_REPEATS`.
        seed: of the first weights, 0 to 2**32 - 1. Torch's global generator is left as it was.

    Raises:
        TypeError: no tensor of float32, or a number that is not whole.
        ValueError: rows of another shape, or a number out of range.
    """
    tensor("rows", rows, ("T + 1", "V"))
    epochs = whole("epochs", epochs, least=1, most=MOST_EPOCHS)
    repeats = whole("repeats", repeats, least=1, most=MOST_REPEATS)
    if rows.dtype != torch.float32:
        raise TypeError(f"rows must be of torch.float32, got {rows.dtype}: use rows.float().")
    if len(rows) < 2:
        raise ValueError("rows must be 2 or more: each is the target of the one before it.")
    best: dict[str, Timing] = {}
    with one_thread():
        for _ in range(repeats):
            for name, implementation in IMPLEMENTATIONS.items():
                once = _train(implementation, rows, epochs, seed)
                if name not in best or once.seconds < best[name].seconds:
                    best[name] = once
    return best


def _train(implementation: Implementation, rows: Tensor, epochs: int, seed: int) -> Timing:
    with seeded(seed):
        cell = PostCell(rows.shape[1])
    for p in cell.parameters():
        p.grad = torch.zeros_like(p)
    optimizer = torch.optim.Adam(cell.parameters(), lr=0.01, fused=True)
    step = implementation(cell, rows)
    step()  # the first call of anything is slow
    start = time.perf_counter()
    losses = []
    for _ in range(epochs):
        optimizer.zero_grad(set_to_none=False)
        losses.append(step())
        optimizer.step()
    return Timing(time.perf_counter() - start, losses)
