"""Two witnesses for the cell: PyTorch's own layers, same weights, and finite differences."""

import torch
from torch import Tensor, nn

from charrnn.cell import PostCell
from charrnn.training import sequence_loss


def torch_run(cell: PostCell, rows: Tensor) -> tuple[Tensor, Tensor]:
    """What `cell.run` gives for a `PostCell`, from `nn.RNN` and `nn.Linear` with its weights.

    `nn.RNN` splits the matrix over [x_t, h] in two and has two biases; the second is set to 0.
    Its states are read one step late, since the post's output looks at the old state.

    Args:
        cell: a `PostCell`; its recurrent weights are copied, so no gradient flows back to them.
            The output layer is its own.
        rows: ``(T, V)``.

    Returns:
        Outputs ``(T, V)`` and states ``(T + 1, H)``, as `charrnn.cell.run`.
    """
    size, hidden = cell.vocab_size, cell.hidden_size
    rnn = nn.RNN(size, hidden).to(rows.dtype)
    weight, bias = cell.input_to_hidden.weight, cell.input_to_hidden.bias
    copies = {
        "weight_ih_l0": weight[:, :size],  # (H, V)
        "weight_hh_l0": weight[:, size:],  # (H, H)
        "bias_ih_l0": bias,  # (H,)
        "bias_hh_l0": torch.zeros_like(bias),
    }
    rnn.load_state_dict(copies)
    first = cell.init_hidden()  # (1, H)
    states = torch.cat((first, rnn(rows, first)[0]))  # (T + 1, H)
    combined = torch.cat((rows, states[:-1]), dim=1)  # (T, V + H)
    return cell.input_to_output(combined), states


@torch.no_grad()
def finite_differences(cell: nn.Module, rows: Tensor, step: float = 1e-5) -> list[Tensor]:
    """The gradient of `sequence_loss` without any calculus: nudge one weight, look at the loss.

    Central differences, (loss(w + step) - loss(w - step)) / (2 step), for each weight of each
    parameter; use float64, and a small cell, for it takes two losses per weight.
    """
    gradients = []
    for p in cell.parameters():
        gradient = torch.zeros_like(p)
        weights, slots = p.view(-1), gradient.view(-1)
        for i in range(len(weights)):
            kept = weights[i].item()
            weights[i] = kept + step
            above = sequence_loss(cell, rows)  # type: ignore[arg-type]
            weights[i] = kept - step
            below = sequence_loss(cell, rows)  # type: ignore[arg-type]
            weights[i] = kept
            slots[i] = (above - below) / (2 * step)
        gradients.append(gradient)
    return gradients


def relative_difference(a: Tensor, b: Tensor) -> float:
    """Largest difference of two tensors over the largest value of either (no unit)."""
    scale = max(a.abs().max().item(), b.abs().max().item())
    return (a - b).abs().max().item() / scale if scale else 0.0
