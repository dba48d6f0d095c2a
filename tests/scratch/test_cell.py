"""Sizes, shapes and formulas of the cells, and their gradients against finite differences."""

import numpy as np
import pytest
import torch
from post import TEXT, rows

from charrnn import LinearCell, NewStateCell, PostCell, count_parameters, run
from charrnn import sequence_loss as loss_of
from charrnn.experiments import gradient_check

WIRINGS = [PostCell, LinearCell, NewStateCell]


def test_the_posts_cell_has_4970_parameters():
    assert count_parameters(PostCell()) == 4970 == 2 * (35 + 35 + 1) * 35


def test_parameters_that_training_may_not_change_are_not_counted():
    cell = PostCell(3, 2)
    cell.input_to_output.bias.requires_grad_(False)
    assert count_parameters(cell) == (3 + 2 + 1) * 2 + (3 + 2) * 3


@pytest.mark.parametrize(("size", "hidden"), [(3, 2), (35, 7), (1, 1)])
def test_the_new_state_cells_output_reads_the_state_alone(size, hidden):
    expected = (size + hidden + 1) * hidden + (hidden + 1) * size
    assert count_parameters(NewStateCell(size, hidden)) == expected


@pytest.mark.parametrize("wiring", WIRINGS)
@pytest.mark.parametrize("sizes", [(0, 1), (1, 0), (-1, 5)])
def test_sizes_below_one_are_refused(wiring, sizes):
    name, bad = ("vocab_size", sizes[0]) if sizes[0] < 1 else ("hidden_size", sizes[1])
    with pytest.raises(ValueError, match=rf"^{name} must be .* got {bad}\.$"):
        wiring(*sizes)


@pytest.mark.parametrize("wiring", WIRINGS)
def test_the_first_state_is_zeros_of_the_cells_own_type(wiring):
    h = wiring(3, 4).double().init_hidden()
    assert h.dtype == torch.float64
    assert torch.equal(h, torch.zeros(1, 4, dtype=torch.float64))


def test_one_step_by_hand():
    cell = PostCell(2, 1)
    with torch.no_grad():
        cell.input_to_hidden.weight.copy_(torch.tensor([[0.5, -1.0, 2.0]]))
        cell.input_to_hidden.bias.fill_(0.25)
        cell.input_to_output.weight.copy_(torch.tensor([[1.0, 2.0, 3.0], [0.0, -1.0, 0.5]]))
        cell.input_to_output.bias.copy_(torch.tensor([0.1, 0.2]))
    o, h = cell(torch.tensor([[0.0, 1.0]]), torch.tensor([[0.5]]))
    assert h.item() == pytest.approx(np.tanh(-1.0 + 2.0 * 0.5 + 0.25))
    assert o.tolist()[0] == pytest.approx([2.0 + 1.5 + 0.1, -1.0 + 0.25 + 0.2])


@pytest.mark.parametrize(("size", "hidden", "steps"), [(35, 35, 33), (3, 6, 8), (6, 3, 1)])
def test_the_linear_cell_is_an_affine_recurrence(size, hidden, steps):
    torch.manual_seed(steps)
    cell = LinearCell(size, hidden).double()
    xs = torch.randn(steps, size, dtype=torch.float64)
    outputs, states = (t.detach().numpy() for t in run(cell, xs))
    w_h, b_h, w_y, b_y = (p.detach().numpy() for p in cell.parameters())
    h = np.zeros(hidden)
    assert (states[0] == 0).all()
    for t, x in enumerate(xs.numpy()):
        expected = w_y[:, :size] @ x + w_y[:, size:] @ h + b_y
        np.testing.assert_allclose(outputs[t], expected, rtol=1e-10, atol=1e-13)
        h = w_h[:, :size] @ x + w_h[:, size:] @ h + b_h
        np.testing.assert_allclose(states[t + 1], h, rtol=1e-10, atol=1e-13)


@pytest.mark.parametrize("wiring", WIRINGS)
@pytest.mark.parametrize(("size", "hidden", "steps"), [(4, 3, 6), (2, 5, 3), (3, 1, 3)])
def test_gradients_are_those_of_finite_differences(wiring, size, hidden, steps):
    torch.manual_seed(size)
    cell = wiring(size, hidden).double()
    xs = torch.randn(steps, size, dtype=torch.float64)
    loss_of(cell, xs).backward()
    kept = [p.detach().clone() for p in cell.parameters()]
    for p in cell.parameters():
        numeric = torch.zeros_like(p)
        for place in np.ndindex(*p.shape):
            losses = []
            for nudge in (1e-5, -1e-5):
                with torch.no_grad():
                    p[place] += nudge
                    losses.append(loss_of(cell, xs).item())
                    p[place] -= nudge
            numeric[place] = (losses[0] - losses[1]) / 2e-5
        torch.testing.assert_close(p.grad, numeric, rtol=1e-6, atol=1e-8)
    # What the chapter shows readers finds the same, and leaves the weights where they were.
    shown = gradient_check.finite_differences(cell, xs)
    for p, before, gradient in zip(cell.parameters(), kept, shown, strict=True):
        torch.testing.assert_close(p.grad, gradient, rtol=1e-6, atol=1e-8)
        torch.testing.assert_close(p.detach(), before, rtol=0, atol=1e-15)


def test_only_the_new_state_lets_the_first_output_see_through_the_state():
    """The post's output cannot use what the state makes of the letter just read."""
    x, h = torch.eye(35)[:1], torch.zeros(1, 35)
    for wiring, sees in ((PostCell, False), (NewStateCell, True)):
        cell = wiring()
        before = cell(x, h)[0]
        with torch.no_grad():
            cell.input_to_hidden.weight.add_(1.0)
        assert torch.equal(cell(x, h)[0], before) is not sees


@pytest.mark.parametrize("wiring", WIRINGS)
def test_run_hands_the_state_on(wiring):
    torch.manual_seed(1)
    cell = wiring()
    data = rows(TEXT)
    outputs, states = run(cell, data)
    assert outputs.shape == (33, 35)
    assert states.shape == (34, 35)
    for t in (0, 1, 17, 32):
        o, h = cell(data[t : t + 1], states[t : t + 1])
        assert torch.equal(o, outputs[t : t + 1])
        assert torch.equal(h, states[t + 1 : t + 2])
