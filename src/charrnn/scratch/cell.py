"""The recurrent cell: the post's own, and two other wirings to hold it against.

Shapes: V letters, H hidden units; one step at a time, so every row is ``(1, ...)``.
"""

from typing import Any

import torch
from torch import Tensor, nn

from charrnn.arguments import quoted, tensor, whole
from charrnn.runtime import one_thread

LARGEST = 12_000  # letters or hidden units: the weights of more fill a machine's memory


class PostCell(nn.Module):
    """The post's cell: state and output both come from this letter and the *old* state.

        h_t = tanh(W_h [x_t, h_{t-1}] + b_h)
        y_t = W_y [x_t, h_{t-1}] + b_y

    The state is Elman's (1990, "Finding Structure in Time") and that of `torch.nn.RNN`; the
    output is one step behind theirs, which read the new state.

    Args:
        vocab_size: V, 1 to `LARGEST`.
        hidden_size: H, 1 to `LARGEST`.

    Raises:
        TypeError, ValueError: a size that is no whole number, or out of range.
    """

    def __init__(self, vocab_size: int = 35, hidden_size: int = 35) -> None:
        super().__init__()
        self.vocab_size = vocab_size = whole("vocab_size", vocab_size, least=1, most=LARGEST)
        self.hidden_size = hidden_size = whole("hidden_size", hidden_size, least=1, most=LARGEST)
        self.input_to_hidden = nn.Linear(vocab_size + hidden_size, hidden_size)
        self.input_to_output = nn.Linear(vocab_size + hidden_size, vocab_size)

    def forward(self, x_t: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        """One step: letter ``(1, V)`` and old state ``(1, H)`` to output ``(1, V)``, new state.

        Any number of rows may go side by side. Nothing is checked here, at every letter of every
        loop: `run` and the functions that train and write do so once, before the first.
        """
        combined = torch.cat((x_t, h), dim=1)  # (1, V + H)
        h_t = torch.tanh(self.input_to_hidden(combined))  # (1, H)
        y_t = self.input_to_output(combined)  # (1, V)
        return y_t, h_t

    def init_hidden(self) -> Tensor:
        """The state before the first letter: zeros ``(1, H)``."""
        return self.input_to_hidden.weight.new_zeros(1, self.hidden_size)


class LinearCell(PostCell):
    """The post's cell without its tanh: the state is a plain sum of everything read so far."""

    def forward(self, x_t: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        """One step, shapes as in `PostCell.forward`."""
        combined = torch.cat((x_t, h), dim=1)  # (1, V + H)
        return self.input_to_output(combined), self.input_to_hidden(combined)


class NewStateCell(PostCell):
    """The output reads the *new* state and nothing else, as after `torch.nn.RNN`.

    h_t = tanh(W_h [x_t, h_{t-1}] + b_h),  y_t = W_y h_t + b_y
    """

    def __init__(self, vocab_size: int = 35, hidden_size: int = 35) -> None:
        super().__init__(vocab_size, hidden_size)
        self.input_to_output = nn.Linear(self.hidden_size, self.vocab_size)

    def forward(self, x_t: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        """One step, shapes as in `PostCell.forward`."""
        combined = torch.cat((x_t, h), dim=1)  # (1, V + H)
        h_t = torch.tanh(self.input_to_hidden(combined))  # (1, H)
        return self.input_to_output(h_t), h_t


@one_thread()
def run(cell: PostCell, rows: Tensor) -> tuple[Tensor, Tensor]:
    """Carry the state along ``(T, V)`` rows.

    Returns:
        Outputs ``(T, V)`` and states ``(T + 1, H)``; the first state is `init_hidden`.

    Raises:
        TypeError, ValueError: as `check_rows` does.
    """
    check_rows(cell, rows)
    h = cell.init_hidden()
    outputs, states = [], [h]
    for x_t in rows.split(1):  # each (1, V)
        y_t, h = cell(x_t, h)
        outputs.append(y_t)
        states.append(h)
    return torch.cat(outputs), torch.cat(states)


def check_cell(cell: Any, *, wiring: type[PostCell] | None = None) -> None:
    """Refuse what is no cell, or one of another wiring than a function can work with.

    Raises:
        TypeError: no `PostCell` or subclass of it, or not ``wiring`` itself where that is given.
    """
    if not isinstance(cell, PostCell):
        raise TypeError(f"cell must be a PostCell or one wired from it, got {quoted(cell)}.")
    if wiring is not None and type(cell) is not wiring:
        raise TypeError(
            f"cell must be a {wiring.__name__} itself: what is computed here is not what a "
            f"{type(cell).__name__} computes."
        )


def check_rows(
    cell: Any,
    rows: Any,
    *,
    least: int = 1,
    finite: bool = True,
    wiring: type[PostCell] | None = None,
) -> None:
    """Refuse rows that the cell cannot read.

    Args:
        cell: the cell, itself checked by `check_cell`.
        rows: ``(T, V)``, V the cell's number of letters, of the cell's dtype.
        least: the fewest rows; 2 where each row's target is the next one.
        finite: refuse nan and inf too.
        wiring: as for `check_cell`.

    Raises:
        TypeError: no cell, no tensor of numbers, or another dtype than the cell's.
        ValueError: another width than the cell's, too few rows, or nan or inf.
    """
    check_cell(cell, wiring=wiring)
    tensor("rows", rows, ("T", cell.vocab_size), finite=finite)
    if len(rows) < least:
        raise ValueError(f"rows must be {least} or more, got {len(rows)}.")
    dtype = cell.input_to_hidden.weight.dtype
    if rows.dtype != dtype:
        raise TypeError(
            f"rows must be of the cell's {dtype}, got {rows.dtype}: use rows.to({dtype})."
        )


def count_parameters(cell: nn.Module) -> int:
    """How many numbers training may change.

    Raises:
        TypeError: no `torch.nn.Module`.
    """
    if not isinstance(cell, nn.Module):
        raise TypeError(f"cell must be a torch.nn.Module, got {quoted(cell)}.")
    return sum(p.numel() for p in cell.parameters() if p.requires_grad)
