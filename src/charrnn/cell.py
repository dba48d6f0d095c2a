"""The recurrent cell: the post's own, and two other wirings to hold it against.

Shapes: V letters, H hidden units; one step at a time, so every row is ``(1, ...)``.
"""

import torch
from torch import Tensor, nn


class PostCell(nn.Module):
    """The post's cell: state and output both come from this letter and the *old* state.

        h_t = tanh(W_h [x_t, h_{t-1}] + b)
        o_t = W_o [x_t, h_{t-1}] + c

    The state is Elman's (1990, "Finding Structure in Time") and that of `torch.nn.RNN`; the
    output is one step behind theirs, which read the new state.

    Args:
        vocab_size: V, at least 1.
        hidden_size: H, at least 1.

    Raises:
        ValueError: a size below 1.
    """

    def __init__(self, vocab_size: int = 35, hidden_size: int = 35) -> None:
        super().__init__()
        if vocab_size < 1 or hidden_size < 1:
            raise ValueError(
                f"Sizes start at 1, got vocab_size={vocab_size}, hidden_size={hidden_size}."
            )
        self.vocab_size = vocab_size
        self.hidden_size = hidden_size
        self.input_to_hidden = nn.Linear(vocab_size + hidden_size, hidden_size)
        self.input_to_output = nn.Linear(vocab_size + hidden_size, vocab_size)

    def forward(self, x_t: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        """One step: letter ``(1, V)`` and old state ``(1, H)`` to output ``(1, V)``, new state."""
        combined = torch.cat((x_t, h), dim=1)  # (1, V + H)
        h_t = torch.tanh(self.input_to_hidden(combined))  # (1, H)
        o_t = self.input_to_output(combined)  # (1, V)
        return o_t, h_t

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

    h_t = tanh(W_h [x_t, h_{t-1}] + b),  o_t = W_o h_t + c
    """

    def __init__(self, vocab_size: int = 35, hidden_size: int = 35) -> None:
        super().__init__(vocab_size, hidden_size)
        self.input_to_output = nn.Linear(hidden_size, vocab_size)

    def forward(self, x_t: Tensor, h: Tensor) -> tuple[Tensor, Tensor]:
        """One step, shapes as in `PostCell.forward`."""
        combined = torch.cat((x_t, h), dim=1)  # (1, V + H)
        h_t = torch.tanh(self.input_to_hidden(combined))  # (1, H)
        return self.input_to_output(h_t), h_t


def run(cell: PostCell, rows: Tensor) -> tuple[Tensor, Tensor]:
    """Carry the state along ``(T, V)`` rows.

    Returns:
        Outputs ``(T, V)`` and states ``(T + 1, H)``; the first state is `init_hidden`.
    """
    h = cell.init_hidden()
    outputs, states = [], [h]
    for x_t in rows.split(1):  # each (1, V)
        o_t, h = cell(x_t, h)
        outputs.append(o_t)
        states.append(h)
    return torch.cat(outputs), torch.cat(states)


def count_parameters(cell: nn.Module) -> int:
    """How many numbers training may change."""
    return sum(p.numel() for p in cell.parameters() if p.requires_grad)
