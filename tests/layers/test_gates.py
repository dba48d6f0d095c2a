"""The steps of LSTM and GRU against PyTorch's layers, values and gradients, in float64."""

import pytest
import torch
from torch import nn

from charrnn.experiments import recall
from charrnn.layers import gates


def layer_and_rows(kind, batch=3, steps=5, size=4, hidden=6):
    torch.manual_seed(2)
    layer = kind(size, hidden, batch_first=True).double()
    return layer, torch.randn(batch, steps, size, dtype=torch.float64)


def gradients(layer, states):
    layer.zero_grad()
    (
        states * torch.linspace(-1, 1, states.numel(), dtype=torch.float64).view_as(states)
    ).sum().backward()
    return [p.grad.clone() for p in layer.parameters()]


def lstm(layer, rows):
    h = c = torch.zeros(len(rows), layer.hidden_size, dtype=rows.dtype)
    states = []
    for x in rows.unbind(1):
        h, c, _ = gates.lstm_step(layer, x, h, c)
        states.append(h)
    return torch.stack(states, dim=1)


def gru(layer, rows):
    h = torch.zeros(len(rows), layer.hidden_size, dtype=rows.dtype)
    states = []
    for x in rows.unbind(1):
        h, _ = gates.gru_step(layer, x, h)
        states.append(h)
    return torch.stack(states, dim=1)


@pytest.mark.parametrize(("kind", "ours"), [(nn.LSTM, lstm), (nn.GRU, gru)])
def test_values_and_gradients_are_torchs(kind, ours):
    layer, rows = layer_and_rows(kind)
    theirs, made = layer(rows)[0], ours(layer, rows)
    torch.testing.assert_close(made, theirs, rtol=1e-12, atol=1e-13)
    for a, b in zip(gradients(layer, made), gradients(layer, theirs), strict=True):
        torch.testing.assert_close(a, b, rtol=1e-10, atol=1e-12)


def test_a_run_tells_the_states_of_torchs_lstm_and_its_gates():
    layer, rows = layer_and_rows(nn.LSTM, batch=1)
    seen = gates.lstm_run(layer, rows[0])
    states, (_, cell) = layer(rows)
    torch.testing.assert_close(seen["hidden"], states[0])
    torch.testing.assert_close(seen["cell"][-1:], cell[0])
    for name in ("input", "forget", "output"):
        assert seen[name].shape == (5, 6)
        assert ((seen[name] > 0) & (seen[name] < 1)).all()
    kept = seen["forget"][1:] * seen["cell"][:-1] + seen["input"][1:] * seen["candidate"][1:]
    torch.testing.assert_close(kept, seen["cell"][1:])


def test_an_open_forget_gate_keeps_nearly_all():
    layer, rows = layer_and_rows(nn.LSTM, batch=1)
    with torch.no_grad():
        for p in layer.parameters():
            p.zero_()
    assert (gates.lstm_run(layer, rows[0])["forget"] == 0.5).all()
    gates.set_forget_bias(layer, 3.0)
    seen = gates.lstm_run(layer, rows[0])
    torch.testing.assert_close(seen["forget"], torch.full((5, 6), 3.0).sigmoid().double())
    assert (seen["input"] == 0.5).all()


def test_the_task_asks_for_the_first_letter():
    texts, answers = recall.sample_batch(7, 50, torch.Generator().manual_seed(0))
    assert texts.shape == (50, 9)
    assert torch.equal(texts[:, 0], answers)
    assert set(answers.tolist()) == {0, 1, 2, 3}
    assert ((texts[:, 1:-1] >= 4) & (texts[:, 1:-1] < 8)).all()
    assert (texts[:, -1] == 8).all()


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm", "lstm, gate open"])
def test_every_kind_learns_the_task_at_no_distance_and_guesses_untaught(kind):
    assert recall.recall_accuracy(kind, 1, rounds=150) == 1.0
    assert recall.recall_accuracy(kind, 1, rounds=0) < 0.6


@pytest.mark.parametrize(
    ("kind", "gate"),
    [(nn.LSTM, "input"), (nn.LSTM, "output"), (nn.GRU, "update"), (nn.GRU, "reset")],
)
def test_each_gate_opens_by_its_own_bias(kind, gate):
    layer, rows = layer_and_rows(kind, batch=1)
    with torch.no_grad():
        for p in layer.parameters():
            p.zero_()
    gates.set_gate_bias(layer, gate, 2.0)
    h = rows.new_zeros(1, layer.hidden_size)
    step = gates.lstm_step if kind is nn.LSTM else gates.gru_step
    *_, seen = step(layer, rows[0][:1], *[h] * (2 if kind is nn.LSTM else 1))
    for name, values in seen.items():
        asked = 2.0 if name == gate else 0.0
        wanted = (
            torch.tensor(asked).tanh() if name == "candidate" else torch.tensor(asked).sigmoid()
        )
        torch.testing.assert_close(values, wanted.double().expand_as(values))


def test_the_open_gate_replaces_both_biases_and_no_other():
    layer, _ = layer_and_rows(nn.LSTM)
    before = [p.detach().clone() for p in layer.parameters()]
    gates.set_forget_bias(layer, 2.0)
    for name, old, new in zip(
        ("w_x", "w_h", "b_x", "b_h"), before, layer.parameters(), strict=True
    ):
        if name.startswith("b"):
            assert new[6:12].tolist() == [2.0 if name == "b_x" else 0.0] * 6
            old, new = torch.cat((old[:6], old[12:])), torch.cat((new[:6], new[12:]))
        assert torch.equal(old, new)
