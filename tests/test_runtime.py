"""What loops over letters in torch keeps to one thread by itself, and gives the others back."""

import pytest
import torch
from nonsense import NONSENSE, refused

from charrnn import PostCell, Vocabulary, generate, run, sequence_loss, train
from charrnn.experiments import gradient_check, gradient_flow, losses, speed, stability, toy_tasks
from charrnn.runtime import DEVICES, draw_index, has_device
from charrnn.scratch import nn_rnn, training

ROWS = Vocabulary().one_hot("ab")
MANY = 3


class Spy(PostCell):
    """A cell that notes how many threads torch has at each letter, and fails where it is told."""

    seen: list
    fails = False

    def forward(self, x_t, h):
        self.seen.append(torch.get_num_threads())
        if self.fails:
            raise RuntimeError("on purpose")
        return super().forward(x_t, h)

    def init_hidden(self):
        self.seen.append(torch.get_num_threads())
        return super().init_hidden()


@pytest.fixture
def threads():
    before = torch.get_num_threads()
    torch.set_num_threads(MANY)
    yield
    torch.set_num_threads(before)


@pytest.fixture
def spy():
    Spy.seen, Spy.fails = [], False
    return Spy(35, 2)


LOOPS = {
    "run": lambda cell: run(cell, ROWS),
    "sequence_loss": lambda cell: sequence_loss(cell, ROWS),
    "generate": lambda cell: generate(cell, length=3),
    "answer": lambda cell: toy_tasks.run_batch(cell, torch.zeros(2, 3).long()),
    "practise": lambda cell: toy_tasks.train_and_score(Spy, "echo", epochs=1),
    "finite_differences": lambda cell: gradient_check.finite_differences(
        cell.double(), ROWS.double()
    ),
    "reach": lambda cell: gradient_flow.gradient_norms(cell, ROWS),
}


@pytest.mark.parametrize("loop", LOOPS)
def test_a_loop_keeps_to_one_thread(loop, spy, threads):
    LOOPS[loop](spy)
    assert set(Spy.seen) == {1}
    assert torch.get_num_threads() == MANY


@pytest.mark.parametrize("loop", LOOPS)
def test_the_threads_come_back_after_an_error(loop, spy, threads):
    Spy.fails = True
    with pytest.raises(RuntimeError, match="on purpose"):
        LOOPS[loop](spy)
    assert torch.get_num_threads() == MANY


def called_by(monkeypatch, place, name):
    """The numbers of threads at each call of a function that the package calls by its name."""
    seen, plain = [], getattr(place, name)

    def noted(*arguments):
        seen.append(torch.get_num_threads())
        return plain(*arguments)

    monkeypatch.setattr(place, name, noted)
    return seen


def test_training_keeps_to_one_thread(monkeypatch, threads):
    seen = called_by(monkeypatch, training, "backpropagate")
    train("ab", epochs=2, progress=False)
    assert seen == [1, 1]
    assert torch.get_num_threads() == MANY


def test_steepness_keeps_to_one_thread(monkeypatch, threads):
    cell = PostCell(35, 2)
    adam = torch.optim.Adam(cell.parameters())
    sequence_loss(cell, ROWS).backward()
    adam.step()
    seen = called_by(monkeypatch, stability, "loss_and_gradients")
    stability.sharpness(cell, adam, ROWS, rounds=2)
    assert seen == [1] * 4
    assert torch.get_num_threads() == MANY


def test_the_ladder_and_the_built_in_layer_keep_to_one_thread(monkeypatch, threads):
    seen = []
    monkeypatch.setitem(
        speed.IMPLEMENTATIONS,
        "hoisted",
        lambda *a: lambda: seen.append(torch.get_num_threads()) or 0.0,
    )
    speed.compare(ROWS, epochs=1, repeats=1)
    assert set(seen) == {1}
    looked = called_by(monkeypatch, nn_rnn, "functional_call")
    nn_rnn.run_nn_rnn(PostCell(), ROWS)
    assert looked == [1]
    needed = called_by(monkeypatch, losses, "run_nn_rnn")
    losses.epochs_needed("cross-entropy", 0.1, 0, "ab", most=1)
    assert needed == [1]
    assert torch.get_num_threads() == MANY


@pytest.mark.parametrize("seed", range(4))
def test_a_draw_is_that_of_torchs_multinomial_again_and_again(seed):
    chances = torch.rand(9, generator=torch.Generator().manual_seed(seed)).double()
    chances[seed] = 0
    chances /= chances.sum()
    ours, theirs = (torch.Generator().manual_seed(seed) for _ in range(2))
    drawn = [draw_index(chances.numpy(), ours) for _ in range(300)]
    assert drawn == [int(torch.multinomial(chances, 1, generator=theirs)) for _ in range(300)]
    assert len(set(drawn)) > 5
    assert torch.equal(ours.get_state(), theirs.get_state())


@pytest.mark.parametrize("there", [{"cpu"}, {"cpu", "cuda"}, {"cpu", "mps"}])
def test_a_device_is_here_where_pytorch_says_so(monkeypatch, there):
    monkeypatch.setattr(torch.cuda, "is_available", lambda: "cuda" in there)
    monkeypatch.setattr(torch.backends.mps, "is_available", lambda: "mps" in there)
    assert {name for name in DEVICES if has_device(name)} == there
    for bad in NONSENSE["word"]:
        refused("name", has_device, bad)
