"""How steep the loss is, against the largest eigenvalue of autograd's second derivatives."""

import pytest
import torch

from charrnn import PostCell, Vocabulary, sequence_loss, train
from charrnn.experiments import stability


def a_cell(seed=0, size=35, hidden=6):
    torch.manual_seed(seed)
    return PostCell(size, hidden).double()


def test_the_limit_without_momentum_is_that_of_gradient_descent():
    assert stability.stability_threshold(0.1, beta1=0) == pytest.approx(20)
    assert stability.stability_threshold(0.01) == pytest.approx(3800)


def test_sharpness_is_the_largest_eigenvalue_of_the_hessian_in_adams_units():
    vocabulary = Vocabulary("ab^$")
    rows = vocabulary.one_hot("abba").double()
    cell = a_cell(1, 4, 3)
    adam = torch.optim.Adam(cell.parameters(), lr=0.01)
    for _ in range(30):
        adam.zero_grad()
        sequence_loss(cell, rows).backward()
        adam.step()
    ours, _ = stability.sharpness(cell, adam, rows, rounds=300)

    names = [name for name, _ in cell.named_parameters()]
    shapes = [p.shape for p in cell.parameters()]
    flat = torch.nn.utils.parameters_to_vector(cell.parameters()).detach()

    def loss(weights):
        parts = weights.split([s.numel() for s in shapes])
        given = {n: p.view(s) for n, p, s in zip(names, parts, shapes, strict=True)}
        h, total = torch.zeros(1, 3, dtype=torch.float64), 0.0
        for x, y in zip(rows[:-1].split(1), rows[1:].split(1), strict=True):
            o, h = torch.func.functional_call(cell, given, (x, h))
            total = total + torch.nn.functional.mse_loss(o, y)
        return total

    hessian = torch.autograd.functional.hessian(loss, flat)
    second = torch.cat([adam.state[p]["exp_avg_sq"].flatten() for p in cell.parameters()])
    root = (second / (1 - 0.999**30)).sqrt() + 1e-8
    expected = torch.linalg.eigvalsh(hessian / (root[:, None] * root).sqrt()).abs().max()
    assert ours == pytest.approx(expected.item(), rel=1e-3)


def test_sharpness_leaves_the_training_as_it_is():
    rows = Vocabulary().one_hot("hello")

    def look(epoch, cell, adam):
        stability.sharpness(cell, adam, rows, rounds=2)

    watched, plain = (train("hello", epochs=5, watch=w, progress=False)[1] for w in (look, None))
    assert watched.losses == plain.losses


def test_sharpness_goes_on_from_the_direction_it_is_given():
    rows = Vocabulary().one_hot("ab")
    cell = PostCell(35, 3)
    adam = torch.optim.Adam(cell.parameters())
    sequence_loss(cell, rows).backward()
    adam.step()
    whole, end = stability.sharpness(cell, adam, rows, rounds=6)
    _, half = stability.sharpness(cell, adam, rows, rounds=3)
    again, same = stability.sharpness(cell, adam, rows, half, rounds=3)
    assert again == pytest.approx(whole, rel=1e-4)
    torch.testing.assert_close(same / same.norm(), end / end.norm(), rtol=1e-2, atol=1e-3)
