"""The cells against PyTorch's own layers with the same weights, in float64, step by step."""

import pytest
import torch
from torch import nn

from charrnn import NewStateCell, PostCell, run
from charrnn.experiments import gradient_check
from charrnn.scratch import nn_rnn

SIZES = [(35, 35, 33), (3, 5, 1), (5, 2, 9), (1, 1, 4), (12, 40, 20)]  # V, H, T
TOLERANCE = 1e-10


def difference(a, b):
    return (a - b).abs().max().item() / max(b.abs().max().item(), 1e-300)


class TorchCell(nn.Module):
    """`nn.RNN` and `nn.Linear` with a cell's weights; the output reads the old or the new state."""

    def __init__(self, cell, reads):
        super().__init__()
        size, hidden = cell.vocab_size, cell.hidden_size
        self.reads = reads
        self.rnn = nn.RNN(size, hidden, dtype=torch.float64)
        self.out = nn.Linear(hidden + (size if reads == "old" else 0), size, dtype=torch.float64)
        with torch.no_grad():
            self.rnn.weight_ih_l0.set_(cell.input_to_hidden.weight[:, :size].clone())
            self.rnn.weight_hh_l0.set_(cell.input_to_hidden.weight[:, size:].clone())
            self.rnn.bias_ih_l0.set_(cell.input_to_hidden.bias.clone())
            self.rnn.bias_hh_l0.zero_()
            self.out.weight.set_(cell.input_to_output.weight.clone())
            self.out.bias.set_(cell.input_to_output.bias.clone())

    def forward(self, x, h):
        _, new = self.rnn(x, h)
        return self.out(torch.cat((x, h), dim=1) if self.reads == "old" else new), new

    def gradients(self):
        """In the cell's own arrangement: one matrix over [x, h], one bias."""
        rnn = self.rnn
        return [
            torch.cat((rnn.weight_ih_l0.grad, rnn.weight_hh_l0.grad), dim=1),
            rnn.bias_ih_l0.grad,
            self.out.weight.grad,
            self.out.bias.grad,
        ]


@pytest.fixture(params=[(PostCell, "old"), (NewStateCell, "new")], ids=["post", "new state"])
def wiring(request):
    return request.param


@pytest.mark.parametrize(("size", "hidden", "steps"), SIZES)
def test_every_step_and_every_gradient_are_torchs(wiring, size, hidden, steps):
    kind, reads = wiring
    torch.manual_seed(size + hidden)
    cell = kind(size, hidden).double()
    witness = TorchCell(cell, reads)
    xs = torch.randn(steps, size, dtype=torch.float64)
    first = torch.randn(1, hidden, dtype=torch.float64)
    # Every output and every state pulls on the weights, each in a direction of its own.
    pull_o = torch.randn(steps, size, dtype=torch.float64)
    pull_h = torch.randn(steps, hidden, dtype=torch.float64)

    inputs, totals = [], []
    for net in (cell, witness):
        x, h0 = xs.clone().requires_grad_(), first.clone().requires_grad_()
        inputs.append((x, h0))
        h, total, record = h0, 0, []
        for t in range(steps):
            o, h = net(x[t : t + 1], h)
            assert o.shape == (1, size)
            assert h.shape == (1, hidden)
            total = total + (o * pull_o[t]).sum() + (h * pull_h[t]).sum()
            record.append((o.detach(), h.detach()))
        total.backward()
        totals.append(record)

    for (o, h), (o_torch, h_torch) in zip(*totals, strict=True):
        assert difference(o, o_torch) < TOLERANCE
        assert difference(h, h_torch) < TOLERANCE
    for p, expected in zip(cell.parameters(), witness.gradients(), strict=True):
        assert difference(p.grad, expected) < TOLERANCE
    for mine, torchs in zip(*inputs, strict=True):
        assert difference(mine.grad, torchs.grad) < TOLERANCE


@pytest.mark.parametrize(("size", "hidden", "steps"), SIZES)
def test_run_is_torch_over_the_whole_text_at_once(size, hidden, steps):
    torch.manual_seed(hidden)
    cell = PostCell(size, hidden).double()
    xs = torch.randn(steps, size, dtype=torch.float64)
    outputs, states = run(cell, xs)
    witness = TorchCell(cell, "old")
    start = torch.zeros(1, hidden, dtype=torch.float64)
    later, _ = witness.rnn(xs, start)
    expected = torch.cat((start, later))
    assert states.shape == (steps + 1, hidden)
    assert difference(states, expected) < TOLERANCE
    read = torch.cat((xs, expected[:-1]), dim=1)
    assert difference(outputs, witness.out(read)) < TOLERANCE


@pytest.mark.parametrize(("size", "hidden", "steps"), SIZES)
def test_the_witness_shown_to_readers_agrees_with_the_one_here(size, hidden, steps):
    torch.manual_seed(hidden + 1)
    cell = PostCell(size, hidden).double()
    xs = torch.randn(steps, size, dtype=torch.float64)
    outputs, states = nn_rnn.run_nn_rnn(cell, xs)
    h = torch.zeros(1, hidden, dtype=torch.float64)
    witness = TorchCell(cell, "old")
    for t in range(steps):
        o, h = witness(xs[t : t + 1], h)
        assert difference(outputs[t : t + 1], o) < TOLERANCE
        assert difference(states[t + 1 : t + 2], h) < TOLERANCE


def test_relative_difference_is_over_the_largest_value():
    a, b = torch.tensor([1.0, -4.0]), torch.tensor([1.5, -4.0])
    assert gradient_check.relative_difference(a, b) == pytest.approx(0.125)
    assert gradient_check.relative_difference(torch.zeros(2), torch.zeros(2)) == 0.0
