"""Looking inside, against NumPy, finite differences and texts worked out by hand."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from charrnn import CharModel, PostCell, Vocabulary, run
from charrnn.experiments import probes


def test_counting_text_is_balanced_and_keeps_its_seed():
    text = probes.counting_text(50, most=7, seed=3)
    lines = text.splitlines()
    assert len(lines) == 50
    assert all(line == "a" * (len(line) // 2) + "b" * (len(line) // 2) for line in lines)
    assert {len(line) // 2 for line in lines} == set(range(1, 8))
    assert text == probes.counting_text(50, most=7, seed=3) != probes.counting_text(50, 7, 4)


def test_properties_by_hand():
    assert probes.remaining_b("aabb\nab\n").tolist() == [1, 2, 1, 0, 0, 1, 0, 0]
    assert probes.inside_quotes('a "b" c').tolist() == [0, 0, 1, 1, 0, 0, 0]
    assert probes.inside_quotes('"a\nb"').tolist() == [1, 1, 0, 0, 1]
    assert probes.since_space("ab cd\ne").tolist() == [1, 2, 0, 1, 2, 0, 1]


def test_states_are_those_of_a_step_by_step_reading():
    torch.manual_seed(0)
    model = CharModel(5, 4, "lstm")
    letters = torch.tensor([0, 3, 1, 4, 2])
    states = probes.hidden_states(model, letters)
    carried = None
    for t in range(5):
        _, carried = model(letters[None, t : t + 1], carried)
        assert torch.allclose(states[t], carried[0][0, 0], atol=1e-6)


@pytest.mark.parametrize("level", [0.0, 0.4, -1.0])
@pytest.mark.parametrize("unit", [0, 3])
def test_a_held_unit_is_one_set_to_its_level_after_every_step(unit, level):
    torch.manual_seed(0)
    model = CharModel(5, 4, "lstm")
    letters = torch.tensor([[0, 3, 1, 4, 2]])
    before = [p.clone() for p in model.parameters()]
    found, _ = probes.held(model, unit, level)(letters)
    h, c = torch.zeros(1, 1, 4), torch.zeros(1, 1, 4)
    h[..., unit] = level  # the others read it from the first step on
    for t in range(5):
        row = torch.nn.functional.one_hot(letters[:, t : t + 1], 5).float()
        _, (h, c) = model.recurrent(row, (h, c))
        h[..., unit], c[..., unit] = level, 0
        assert torch.allclose(found[0, t], model.output(h)[0, 0], atol=1e-6)
    assert all(torch.equal(a, b) for a, b in zip(before, model.parameters(), strict=True))


@given(st.integers(2, 40), st.integers(1, 6), st.integers(0, 1000))
def test_correlations_are_those_of_numpy(steps, units, seed):
    generator = torch.Generator().manual_seed(seed)
    states = torch.randn(steps, units, generator=generator, dtype=torch.float64)
    values = torch.randn(steps, generator=generator, dtype=torch.float64)
    wanted = [np.corrcoef(states[:, u], values)[0, 1] for u in range(units)]
    assert np.allclose(probes.correlations(states, values), wanted, atol=1e-9)


def test_what_never_changes_correlates_with_nothing():
    states = torch.stack((torch.ones(5), torch.arange(5.0)), dim=1)
    assert probes.correlations(states, torch.arange(5.0)).tolist() == pytest.approx([0, 1])
    assert probes.correlations(states, torch.ones(5)).tolist() == [0, 0]


def test_principal_components_are_those_of_the_covariance():
    states = torch.randn(30, 6, dtype=torch.float64, generator=torch.Generator().manual_seed(0))
    mean, directions, shares = probes.principal_components(states)
    assert torch.allclose(mean, states.mean(dim=0))
    values, vectors = np.linalg.eigh(np.cov(states.numpy().T))
    assert np.allclose(shares, values[::-1] / values.sum())
    for ours, theirs in zip(directions.numpy(), vectors.T[::-1], strict=True):
        assert abs(ours @ theirs) == pytest.approx(1)


def test_flattened_states_come_closer_with_each_component():
    states = torch.randn(20, 5, generator=torch.Generator().manual_seed(1))
    errors = [(probes.reconstruct(states, k) - states).norm().item() for k in range(6)]
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < 1e-5 < errors[-2]
    assert torch.allclose(probes.reconstruct(states, 0), states.mean(dim=0).expand(20, 5))


def test_saliency_agrees_with_finite_differences():
    torch.manual_seed(0)
    cell, vocabulary = PostCell(hidden_size=6).double(), Vocabulary()
    rows = vocabulary.one_hot("hello")[:-1].double()
    answers = vocabulary.encode("hello")[1:]
    found = probes.saliency(lambda x: run(cell, x)[0], rows, answers)
    assert found.shape == (6, 6)
    assert torch.equal(found, found.tril())
    for t, j in ((0, 0), (3, 1), (5, 0), (5, 5)):
        slopes = []
        for column in range(vocabulary.size):
            nudged = [rows.clone(), rows.clone()]
            nudged[0][j, column] += 1e-5
            nudged[1][j, column] -= 1e-5
            with torch.no_grad():
                up, down = (run(cell, x)[0][t, answers[t]].item() for x in nudged)
            slopes.append((up - down) / 2e-5)
        assert found[t, j].item() == pytest.approx(np.linalg.norm(slopes), rel=1e-6)


def test_what_never_changes_counts_as_0_though_its_mean_is_rounded():
    states = torch.full((7, 2), 0.1, dtype=torch.float64)
    assert probes.correlations(states, torch.arange(7.0)).tolist() == [0, 0]
    assert probes.correlations(torch.randn(7, 2), states[:, 0]).tolist() == [0, 0]


def test_saliency_works_where_gradients_are_off_and_leaves_its_rows():
    rows = torch.eye(3)
    with torch.no_grad():
        found = probes.saliency(lambda x: x * 2, rows, [0, 1, 2])
    assert found.tolist() == (torch.eye(3) * 2).tolist()
    assert not rows.requires_grad and rows.grad is None
    # Scores that lean on no input.
    weight = torch.ones(3, 3, requires_grad=True)
    assert probes.saliency(lambda _: weight * 2, rows, [0, 1, 2]).tolist() == [[0.0] * 3] * 3
