"""The memory of an LSTM in the page beside torch's."""

import pytest
import torch
from torch.nn import functional

from charrnn.layers import gates


def drawn(seed, *shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("seed", range(3))
def test_a_memory_is_carried_as_in_an_lstm(call, seed):
    """One unit of nn.LSTM: its gates and contents in, its states out."""
    torch.manual_seed(seed)
    layer = torch.nn.LSTM(5, 1).double()
    rows = functional.one_hot(torch.randint(5, (9,)), 5).double()
    seen = gates.lstm_run(layer, rows)
    contents = seen["candidate"][:, 0]
    theirs = call(
        "return arithmetic.lstmCell(data)",
        candidate=contents.tolist(),
        forget=seen["forget"][:, 0].tolist(),
        input=seen["input"][:, 0].tolist(),
        output=seen["output"][:, 0].tolist(),
    )
    assert theirs["cell"] == pytest.approx(seen["cell"][:, 0].tolist(), rel=1e-6)
    assert theirs["hidden"] == pytest.approx(seen["hidden"][:, 0].tolist(), rel=1e-6)


def test_what_is_left_is_the_gradient_along_the_memory(call):
    forget = drawn(1, 7).sigmoid()
    c, cells = torch.zeros((), dtype=torch.float64), []
    for t in range(7):
        c = forget[t] * c + drawn(2, 7)[t]
        c.requires_grad_() if c.is_leaf else c.retain_grad()
        cells.append(c)
    wanted = [torch.autograd.grad(c, cell, retain_graph=True)[0].item() for cell in cells]
    theirs = call(
        "return arithmetic.lstmCell({ candidate: data.zeros, forget: data.forget,"
        " input: data.zeros, output: data.zeros }).left",
        zeros=[0] * 7,
        forget=forget.tolist(),
    )
    assert theirs == pytest.approx(wanted, rel=1e-12)
