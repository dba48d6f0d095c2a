"""How far gradients reach, against autograd's own derivatives."""

import torch

from charrnn import PostCell, Vocabulary
from charrnn.experiments import gradient_flow
from charrnn.scratch.cell import run


def a_cell(seed=0, size=35, hidden=6):
    torch.manual_seed(seed)
    return PostCell(size, hidden).double()


def test_gradient_norms_is_the_length_of_products_of_slopes():
    """The chain rule by hand: one matrix W_hh^T diag(1 - h^2) a step."""
    cell = a_cell(3)
    rows = Vocabulary().one_hot("hello").double()  # (T + 1, V)
    outputs, states = run(cell, rows[:-1])
    w_y = cell.input_to_output.weight[:, 35:].detach()
    w_hh = cell.input_to_hidden.weight[:, 35:].detach()
    asked = (2 / 35) * (outputs[-1] - rows[-1]).detach() @ w_y
    expected = [asked.norm()]
    for h in states[1:-1].detach().flip(0):
        asked = (asked * (1 - h**2)) @ w_hh
        expected.append(asked.norm())
    expected = torch.stack(expected) / expected[0]
    torch.testing.assert_close(
        gradient_flow.gradient_norms(cell, rows), expected, rtol=1e-10, atol=0
    )


def test_only_the_recurrent_weights_is_scaled():
    cell = a_cell()
    scaled = gradient_flow.scale_recurrent_weights(cell, 3)
    before, after = cell.input_to_hidden.weight, scaled.input_to_hidden.weight
    torch.testing.assert_close(after[:, 35:], 3 * before[:, 35:])
    torch.testing.assert_close(after[:, :35], before[:, :35])
    assert torch.equal(scaled.input_to_output.weight, cell.input_to_output.weight)


def test_gradient_norms_needs_no_gradient_mode_and_leaves_no_gradients():
    cell, rows = a_cell(2), Vocabulary().one_hot("hello").double()
    with torch.no_grad():
        reached = gradient_flow.gradient_norms(cell, rows)
    torch.testing.assert_close(reached, gradient_flow.gradient_norms(cell, rows))
    assert all(p.grad is None for p in cell.parameters())


def test_scaling_the_recurrent_weights_leaves_the_cell_itself_alone():
    cell = a_cell()
    before = cell.input_to_hidden.weight.detach().clone()
    gradient_flow.scale_recurrent_weights(cell, 3)
    assert torch.equal(cell.input_to_hidden.weight, before)
