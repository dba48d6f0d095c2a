"""The rungs of the ladder and the two losses, against autograd in float64 and torch's own."""

import math

import pytest
import torch
from torch import nn

from charrnn import PostCell, Vocabulary, run, sequence_loss, train
from charrnn.experiments import losses, speed
from charrnn.scratch.nn_rnn import rnn_weights, run_nn_rnn

TEXTS = ["a", "hello, changhoon", "what a nice day? " * 3]


def a_cell(seed, hidden=9):
    torch.manual_seed(seed)
    cell = PostCell(35, hidden).double()
    for p in cell.parameters():
        p.grad = torch.zeros_like(p)
    return cell


@pytest.mark.parametrize("rung", speed.IMPLEMENTATIONS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_rung_has_the_loss_and_gradients_of_the_loop(rung, text):
    rows = Vocabulary().one_hot(text).double()
    cell, reference = a_cell(3), a_cell(3)
    loss = speed.IMPLEMENTATIONS[rung](cell, rows)
    expected = sequence_loss(reference, rows)
    expected.backward()
    assert loss == pytest.approx(expected.item(), rel=1e-12)
    for ours, theirs in zip(cell.parameters(), reference.parameters(), strict=True):
        torch.testing.assert_close(ours.grad, theirs.grad, rtol=1e-10, atol=1e-13)


def test_the_weights_make_a_torch_rnn_of_the_cell():
    cell = a_cell(0)
    rnn = nn.RNN(35, 9).double()
    rnn.load_state_dict(rnn_weights(cell))
    rows = Vocabulary().one_hot("hello").double()
    torch.testing.assert_close(rnn(rows)[0], run(cell, rows)[1][1:], rtol=1e-12, atol=1e-13)
    torch.testing.assert_close(run_nn_rnn(cell, rows)[0], run(cell, rows)[0])


def test_a_climb_trains_every_rung_from_the_same_weights():
    rows = Vocabulary().one_hot("hello")
    climbs = speed.compare(rows, epochs=5, repeats=2, seed=4)
    assert list(climbs) == list(speed.IMPLEMENTATIONS)
    first = climbs["letter by letter"].losses
    torch.manual_seed(4)
    assert first[0] == pytest.approx(sequence_loss(PostCell(), rows).item(), rel=1e-6)
    assert first[-1] < first[0]
    for climbed in climbs.values():
        assert climbed.losses == pytest.approx(first, rel=1e-4)
        assert climbed.seconds > 0


@pytest.mark.parametrize("settings", [{"epochs": 0}, {"repeats": 0}])
def test_a_climb_of_nothing_is_refused(settings):
    with pytest.raises(ValueError, match=f"^{next(iter(settings))} must be a whole number from 1"):
        speed.compare(Vocabulary().one_hot("a"), **settings)


def test_the_losses_are_torchs():
    logits = torch.randn(7, 5, dtype=torch.float64, generator=torch.Generator().manual_seed(1))
    answers = torch.tensor([0, 4, 2, 2, 1, 3, 0])
    theirs = nn.functional.cross_entropy(logits, answers, reduction="sum")
    torch.testing.assert_close(losses.cross_entropy(logits, answers), theirs)
    rows = torch.eye(5, dtype=torch.float64)[answers]
    each = [nn.functional.mse_loss(o, r) for o, r in zip(logits, rows, strict=True)]
    torch.testing.assert_close(losses.squared_error(logits, answers), sum(each))


def test_cross_entropy_stands_large_scores():
    assert losses.cross_entropy(torch.tensor([[1e4, 0.0]]), torch.tensor([1])) == 1e4


def test_an_even_guess_is_surprised_by_the_logarithm_of_the_number_of_letters():
    loss = losses.cross_entropy(torch.zeros(1, 35), torch.tensor([8]))
    assert loss.item() == pytest.approx(math.log(35))


@pytest.mark.parametrize("objective", losses.OBJECTIVES)
def test_both_losses_learn_a_short_text(objective):
    needed = losses.epochs_needed(objective, 0.02, seed=0, text="hello")
    assert 1 < needed < 60
    assert losses.epochs_needed(objective, 0.02, 0, "hello", most=needed - 1) == needed - 1


def test_another_loss_is_refused():
    with pytest.raises(ValueError, match="'mse'"):
        losses.epochs_needed("mse", 0.01, 0)


def test_a_climb_keeps_the_fastest_of_its_repeats(monkeypatch):
    took = {"letter by letter": [5, 2, 9], "nn.RNN": [1, 7, 8], "hoisted": [6, 5, 4],
            "gradients by hand": [3, 3, 2]}  # fmt: skip
    clock = [0.0]
    turns = [took[name][turn] for turn in range(3) for name in speed.IMPLEMENTATIONS]
    ticks = iter([tick for seconds in turns for tick in (0, seconds)])

    def now():
        clock[0] += next(ticks)
        return clock[0]

    monkeypatch.setattr(speed.time, "perf_counter", now)
    climbs = speed.compare(Vocabulary().one_hot("a"), epochs=2, repeats=3)
    assert {name: climb.seconds for name, climb in climbs.items()} == {
        name: min(seconds) for name, seconds in took.items()
    }


def test_a_climb_has_the_losses_of_training_by_the_post():
    _, history = train("hello", epochs=8, seed=2, progress=False)
    climbs = speed.compare(Vocabulary().one_hot("hello"), epochs=8, repeats=1, seed=2)
    for climb in climbs.values():
        assert climb.losses == pytest.approx(history.losses, rel=1e-4)
