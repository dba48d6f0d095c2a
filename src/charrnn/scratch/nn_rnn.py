"""The post's cell on PyTorch's built-in RNN: which weights are which."""

import torch
from torch import Tensor, nn
from torch.func import functional_call

from charrnn.runtime import one_thread
from charrnn.scratch.cell import LinearCell, PostCell, check_cell, check_rows


def rnn_weights(cell: PostCell) -> dict[str, Tensor]:
    """The state's weights of ``cell`` under the names that `torch.nn.RNN` gives them.

    The cell keeps one matrix ``(H, V + H)`` for letter and state together, `nn.RNN` one for each;
    the cell has one bias, `nn.RNN` two that it adds up, so the second is set to 0. These are the
    cell's own tensors, not copies: gradients flow back to the cell.

    Raises:
        TypeError: no cell, or a `LinearCell`, for `nn.RNN` always bends its sums.
    """
    check_cell(cell)
    if isinstance(cell, LinearCell):
        raise TypeError("cell must have a tanh, as nn.RNN has: a LinearCell has none.")
    weight = cell.input_to_hidden.weight  # (H, V + H)
    bias = cell.input_to_hidden.bias  # (H,)
    return {
        "weight_ih_l0": weight[:, : cell.vocab_size],  # (H, V)
        "weight_hh_l0": weight[:, cell.vocab_size :],  # (H, H)
        "bias_ih_l0": bias,
        "bias_hh_l0": torch.zeros_like(bias),
    }


@one_thread()
def run_nn_rnn(cell: PostCell, rows: Tensor) -> tuple[Tensor, Tensor]:
    """What `charrnn.run` gives for a `PostCell`, the whole text at once through `nn.RNN`.

    The output layer stays the cell's own. It reads each letter with the state *before* it, so the
    states go in one step late.

    Args:
        cell: a `PostCell` itself; another wiring has another output.
        rows: ``(T, V)``.

    Returns:
        Outputs ``(T, V)`` and states ``(T + 1, H)``; the first state is `PostCell.init_hidden`.

    Raises:
        TypeError, ValueError: as `check_rows` of the cell does; another wiring than the post's.
    """
    check_rows(cell, rows, wiring=PostCell)
    rnn = nn.RNN(cell.vocab_size, cell.hidden_size).to(rows.dtype)
    first = cell.init_hidden()  # (1, H)
    after, _ = functional_call(rnn, rnn_weights(cell), (rows, first))  # (T, H)
    states = torch.cat((first, after))  # (T + 1, H)
    combined = torch.cat((rows, states[:-1]), dim=1)  # (T, V + H)
    return cell.input_to_output(combined), states
