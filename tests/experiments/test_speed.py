"""Each implementation of one step of training, against autograd in float64."""

import pytest
import torch
from torch import nn

from charrnn import PostCell, Vocabulary, run, sequence_loss, train
from charrnn.experiments import speed
from charrnn.scratch.nn_rnn import rnn_weights, run_nn_rnn

TEXTS = ["a", "hello, changhoon", "what a nice day? " * 3]


def a_cell(seed, hidden=9):
    torch.manual_seed(seed)
    cell = PostCell(35, hidden).double()
    for p in cell.parameters():
        p.grad = torch.zeros_like(p)
    return cell


@pytest.mark.parametrize("name", speed.IMPLEMENTATIONS)
@pytest.mark.parametrize("text", TEXTS)
def test_every_implementation_has_the_loss_and_gradients_of_the_loop(name, text):
    rows = Vocabulary().one_hot(text).double()
    cell, reference = a_cell(3), a_cell(3)
    step = speed.IMPLEMENTATIONS[name](cell, rows)
    for p in cell.parameters():
        p.data /= 2  # a step that keeps what it saw at first would miss this
    for p in reference.parameters():
        p.data /= 2
    loss = step()
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


def test_comparing_trains_every_implementation_from_the_same_weights():
    rows = Vocabulary().one_hot("hello")
    timings = speed.compare(rows, epochs=5, repeats=2, seed=4)
    assert list(timings) == list(speed.IMPLEMENTATIONS)
    first = timings["letter by letter"].losses
    torch.manual_seed(4)
    assert first[0] == pytest.approx(sequence_loss(PostCell(), rows).item(), rel=1e-6)
    assert first[-1] < first[0]
    for timing in timings.values():
        assert timing.losses == pytest.approx(first, rel=1e-4)
        assert timing.seconds > 0


@pytest.mark.parametrize("settings", [{"epochs": 0}, {"repeats": 0}])
def test_comparing_of_nothing_is_refused(settings):
    with pytest.raises(ValueError, match=f"^{next(iter(settings))} must be a whole number from 1"):
        speed.compare(Vocabulary().one_hot("a"), **settings)


def test_comparing_keeps_the_fastest_of_its_repeats(monkeypatch):
    took = {"letter by letter": [5, 2, 9], "nn.RNN": [1, 7, 8], "hoisted": [6, 5, 4],
            "gradients by hand": [3, 3, 2], "prepared once": [2, 1, 3]}  # fmt: skip
    clock = [0.0]
    turns = [took[name][turn] for turn in range(3) for name in speed.IMPLEMENTATIONS]
    ticks = iter([tick for seconds in turns for tick in (0, seconds)])

    def now():
        clock[0] += next(ticks)
        return clock[0]

    monkeypatch.setattr(speed.time, "perf_counter", now)
    timings = speed.compare(Vocabulary().one_hot("a"), epochs=2, repeats=3)
    assert {name: timing.seconds for name, timing in timings.items()} == {
        name: min(seconds) for name, seconds in took.items()
    }


def test_comparing_has_the_losses_of_training_by_the_post():
    _, history = train("hello", epochs=8, seed=2, progress=False)
    timings = speed.compare(Vocabulary().one_hot("hello"), epochs=8, repeats=1, seed=2)
    for timing in timings.values():
        assert timing.losses == pytest.approx(history.losses, rel=1e-4)
