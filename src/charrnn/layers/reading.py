"""One letter at a time in NumPy: what writing asks of a model thousands of times in a row.

For one text and one letter PyTorch's layers spend most of their time on the call. The formulas
are those of `torch.nn.RNN`, `torch.nn.GRU` and `torch.nn.LSTM`; `charrnn.layers.gates` has the
last two written out for reading. Shapes: V letters, H hidden units.
"""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from charrnn.layers.model import CharModel

Floats = NDArray[np.floating]
State = tuple[Floats, ...]  # the hidden state (H,), and for the LSTM the cell state (H,)
Step = Callable[[Floats, Floats, State], State]


def letter_reader(model: CharModel) -> Callable[[int, State], tuple[Floats, State]]:
    """A function of a letter's number and the old state: the logits ``(V,)`` and the new state.

    The weights are looked at once: training the model further needs a new reader.
    """
    w_x, w_h, b_x, b_h = (as_array(p) for p in model.recurrent.parameters())
    w_y, b_y = (as_array(p) for p in model.output.parameters())
    from_letter = w_x.T + b_x  # (V, G H): the product with a one-hot row is a row of this
    step = STEPS[model.kind]

    def read(letter: int, state: State) -> tuple[Floats, State]:
        state = step(from_letter[letter], w_h.dot(state[0]) + b_h, state)
        return w_y.dot(state[0]) + b_y, state

    return read


def state_of(state: Tensor | tuple[Tensor, ...]) -> State:
    """What `CharModel.forward` returned for one text, as a reader takes it."""
    parts = state if isinstance(state, tuple) else (state,)
    return tuple(as_array(part)[0, 0] for part in parts)


def as_array(tensor: Tensor) -> Floats:
    """A copy on the CPU, float64 where the tensor is, float32 from any other kind."""
    floats = tensor.detach().cpu()
    return (floats if floats.dtype == torch.float64 else floats.float()).numpy().copy()


def rnn_step(from_x: Floats, from_h: Floats, state: State) -> State:
    """One step from the two products ``(H,)``."""
    return (np.tanh(from_x + from_h),)


def gru_step(from_x: Floats, from_h: Floats, state: State) -> State:
    """One step from the two products ``(3 H,)``: reset, update, candidate."""
    (h,) = state
    size = 2 * len(h)
    r, z = logistic(from_x[:size] + from_h[:size]).reshape(2, -1)
    n = np.tanh(from_x[size:] + r * from_h[size:])
    return (n + z * (h - n),)


def lstm_step(from_x: Floats, from_h: Floats, state: State) -> State:
    """One step from the two products ``(4 H,)``: input, forget, candidate, output."""
    _, c = state
    sums = (from_x + from_h).reshape(4, -1)
    i, f, o = logistic(sums[[0, 1, 3]])
    c = f * c + i * np.tanh(sums[2])
    return o * np.tanh(c), c


def logistic(x: Floats) -> Floats:
    """1 / (1 + e^-x), by a tanh that never overflows."""
    bent: Floats = np.tanh(0.5 * x)
    return 0.5 + 0.5 * bent


STEPS: dict[str, Step] = {"rnn": rnn_step, "gru": gru_step, "lstm": lstm_step}
