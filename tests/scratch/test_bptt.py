"""Backpropagation through time by hand against autograd of the readable loss."""

from itertools import pairwise

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from post import ALPHABET, TEXT, rows
from torch import nn

from charrnn import PostCell, sequence_loss
from charrnn.scratch.bptt import loss_and_gradients


def autograd(cell, data):
    """Loss and gradients from autograd, in a loop of its own."""
    w_h, b_h, w_y, b_y = (p.detach().clone().requires_grad_() for p in cell.parameters())
    h, loss = data.new_zeros(cell.hidden_size), 0
    for x, target in pairwise(data):
        both = torch.cat((x, h))
        loss = loss + nn.functional.mse_loss(w_y @ both + b_y, target)
        h = torch.tanh(w_h @ both + b_h)
    return loss.item(), torch.autograd.grad(loss, (w_h, b_h, w_y, b_y))


def with_gradients(cell, value):
    for p in cell.parameters():
        p.grad = torch.full_like(p, value)
    return cell


def check(cell, data):
    # What lies in .grad before must not matter.
    loss = loss_and_gradients(with_gradients(cell, 7.0), data)
    expected, gradients = autograd(cell, data)
    assert loss == pytest.approx(expected, rel=1e-12)
    assert sequence_loss(cell, data).item() == pytest.approx(expected, rel=1e-12)
    for p, gradient in zip(cell.parameters(), gradients, strict=True):
        scale = gradient.abs().max().item()
        assert (p.grad - gradient).abs().max().item() <= 1e-9 * scale


@pytest.mark.parametrize("text", ["a", "ab", "zz", "what? no.", TEXT, TEXT * 4])
@pytest.mark.parametrize("hidden", [1, 3, 35])
def test_text_by_text_the_gradients_are_autograds(text, hidden):
    torch.manual_seed(hidden)
    check(PostCell(35, hidden).double(), rows(text).double())


@settings(max_examples=25)
@given(
    text=st.text(ALPHABET[:33], min_size=1, max_size=12),
    hidden=st.integers(1, 9),
    spread=st.floats(0.01, 3),
    seed=st.integers(0, 99),
)
def test_for_any_text_and_any_weights(text, hidden, spread, seed):
    cell = PostCell(35, hidden).double()
    generator = torch.Generator().manual_seed(seed)
    for p in cell.parameters():
        p.data = spread * torch.randn(p.shape, generator=generator, dtype=torch.float64)
    check(cell, rows(text).double())


def test_the_readable_loss_gives_the_same_gradients():
    torch.manual_seed(4)
    cell, data = PostCell().double(), rows().double()
    loss_and_gradients(with_gradients(cell, 0.0), data)
    by_hand = [p.grad.clone() for p in cell.parameters()]
    cell.zero_grad()
    sequence_loss(cell, data).backward()
    for p, gradient in zip(cell.parameters(), by_hand, strict=True):
        torch.testing.assert_close(p.grad, gradient, rtol=1e-9, atol=1e-12)


def test_the_last_letter_read_cannot_teach_the_state_layer():
    """After the last output nothing reads the state: one pair leaves W_h without a gradient."""
    cell = with_gradients(PostCell().double(), 1.0)
    loss_and_gradients(cell, rows("a").double()[:2])
    assert not cell.input_to_hidden.weight.grad.any()
    assert not cell.input_to_hidden.bias.grad.any()
    assert cell.input_to_output.weight.grad.any()
