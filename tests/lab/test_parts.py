"""The arithmetic of the figures of the later chapters, beside torch's."""

import pytest
import torch
from torch.nn import functional

from charrnn.layers import gates


def drawn(seed, *shape):
    return torch.randn(*shape, generator=torch.Generator().manual_seed(seed), dtype=torch.float64)


@pytest.mark.parametrize("scale", [1, 30, 700])
@pytest.mark.parametrize("seed", range(3))
def test_softmax_surprise_and_slopes_are_torchs(call, seed, scale):
    scores = (scale * drawn(seed, 6)).requires_grad_()
    loss = functional.cross_entropy(scores, torch.tensor(seed))
    loss.backward()
    theirs = call(
        "const { scores, answer } = data, { softmax, surprise, slopes } = lab.entropy;"
        "return [softmax(scores), [surprise(scores, answer)], slopes(scores, answer)]",
        scores=scores.tolist(),
        answer=seed,
    )
    for got, wanted in zip(theirs, (scores.softmax(0), loss[None], scores.grad), strict=True):
        assert got == pytest.approx(wanted.tolist(), rel=1e-9, abs=1e-12)


@pytest.mark.parametrize("seed", range(3))
def test_a_memory_is_carried_as_in_an_lstm(call, seed):
    """One unit of nn.LSTM: its gates and contents in, its states out."""
    torch.manual_seed(seed)
    layer = torch.nn.LSTM(5, 1).double()
    rows = functional.one_hot(torch.randint(5, (9,)), 5).double()
    seen = gates.lstm_run(layer, rows)
    contents = seen["new"][:, 0]
    theirs = call(
        "return lab.gates.remember(data)",
        content=contents.tolist(),
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
        "return lab.gates.remember({ content: data.zeros, forget: data.forget,"
        " input: data.zeros, output: data.zeros }).left",
        zeros=[0] * 7,
        forget=forget.tolist(),
    )
    assert theirs == pytest.approx(wanted, rel=1e-12)
