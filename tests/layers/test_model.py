"""The character model against steps worked out one at a time."""

import math

import pytest
import torch
from torch import nn

from charrnn.layers.model import (
    CharModel,
    count_weights,
    detach,
    next_letter_loss,
    perplexity,
)


def a_model(kind, vocab_size=5, hidden_size=7):
    torch.manual_seed(1)
    return CharModel(vocab_size, hidden_size, kind).double()


LETTERS = torch.tensor([[0, 3, 4, 1], [2, 2, 0, 3]])  # (B, T + 1)


def by_hand(model, letters):
    """An RNN step by step, a text at a time."""
    w_x, w_h, b_x, b_h = (p.data for p in model.recurrent.parameters())
    all_logits = []
    for text in letters:
        h = torch.zeros(model.hidden_size, dtype=torch.float64)
        for letter in text:
            h = torch.tanh(w_x[:, letter] + b_x + w_h @ h + b_h)
            all_logits.append(model.output.weight @ h + model.output.bias)
    return torch.stack(all_logits).reshape(*letters.shape, -1)


def test_the_logits_are_those_of_steps_by_hand():
    model = a_model("rnn")
    logits, state = model(LETTERS)
    torch.testing.assert_close(logits, by_hand(model, LETTERS), rtol=1e-12, atol=1e-12)
    assert state.shape == (1, 2, 7)


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
def test_a_carried_state_continues_the_text(kind):
    model = a_model(kind)
    whole, _ = model(LETTERS)
    first, state = model(LETTERS[:, :2])
    second, _ = model(LETTERS[:, 2:], detach(state))
    torch.testing.assert_close(torch.cat([first, second], dim=1), whole)
    parts = state if kind == "lstm" else (state,)
    cut = detach(state) if kind == "lstm" else (detach(state),)
    assert all(part.requires_grad for part in parts)
    assert not any(part.requires_grad for part in cut)


def test_the_loss_is_the_mean_surprise_at_the_next_letters():
    model = a_model("rnn")
    loss, _ = next_letter_loss(model, LETTERS)
    logits = by_hand(model, LETTERS[:, :-1]).detach()
    surprises = [
        -math.log(torch.softmax(logits[b, t], dim=0)[LETTERS[b, t + 1]])
        for b in range(2)
        for t in range(3)
    ]
    assert loss.item() == pytest.approx(sum(surprises) / 6)


def test_perplexity_of_an_even_guess_is_the_number_of_letters():
    model = a_model("rnn", vocab_size=35)
    nn.init.zeros_(model.output.weight)
    nn.init.zeros_(model.output.bias)
    loss, _ = next_letter_loss(model, LETTERS)
    assert perplexity(loss) == pytest.approx(35)
    assert perplexity(0.0) == 1


@pytest.mark.parametrize(
    ("settings", "named"),
    [((0, 3), "vocab_size .* got 0"), ((3, 0), "hidden_size .* got 0"), ((3, 3, "LSTM"), "'LSTM'")],
)
def test_settings_out_of_range_are_named(settings, named):
    with pytest.raises(ValueError, match=named):
        CharModel(*settings)


@pytest.mark.parametrize("kind", ["rnn", "gru", "lstm"])
@pytest.mark.parametrize("sizes", [(1, 1), (5, 7), (40, 3)])
def test_weights_are_counted_as_a_model_has_them(sizes, kind):
    model = CharModel(*sizes, kind)
    assert count_weights(*sizes, kind) == sum(w.numel() for w in model.parameters())


def test_the_kind_is_an_rnn_unless_told():
    assert CharModel(5, 3).kind == "rnn"
    assert isinstance(CharModel(5, 3).recurrent, nn.RNN)
    assert CharModel(5, 3).recurrent.nonlinearity == "tanh"
    assert isinstance(CharModel(5, 3, "gru").recurrent, nn.GRU)
    assert isinstance(CharModel(5, 3, "lstm").recurrent, nn.LSTM)


def test_perplexity_is_the_exponential():
    assert perplexity(1.5) == pytest.approx(math.e**1.5)
    assert perplexity(torch.tensor(-0.5)) == pytest.approx(1 / math.sqrt(math.e))
