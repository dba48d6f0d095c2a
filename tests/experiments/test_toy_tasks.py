"""The small tasks, against their definitions and a plain loop with torch's own parts."""

import pytest
import torch
from torch.nn import functional

from charrnn import LinearCell, NewStateCell, PostCell
from charrnn.experiments import toy_tasks

RIGHT = {
    "echo": lambda row, t: row[t],
    "previous": lambda row, t: row[t - 1],
    "same": lambda row, t: int(row[t] == row[t - 1]),
    "same, one step late": lambda row, t: int(row[t - 1] == row[t - 2]),
}


def test_every_task_has_its_rule_here():
    assert set(RIGHT) == set(toy_tasks.TASKS)


@pytest.mark.parametrize("task", RIGHT)
@pytest.mark.parametrize("letters", [2, 5])
def test_the_answers_are_those_of_the_task(task, letters):
    shown, answers = toy_tasks.sample_batch(task, letters, seed=4, count=7, steps=6)
    assert shown.shape == answers.shape == (7, 6)
    assert set(shown.flatten().tolist()) == set(range(letters))
    for row, said in zip(shown.tolist(), answers.tolist(), strict=True):
        for t in range(toy_tasks.SCORED_FROM, 6):
            assert said[t] == RIGHT[task](row, t)


def test_the_seed_decides_what_is_drawn():
    first, again, other = (toy_tasks.sample_batch("echo", 3, seed=s)[0] for s in (1, 1, 2))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)
    assert first.shape == (64, 6)


@pytest.mark.parametrize("wiring", [PostCell, LinearCell, NewStateCell])
def test_sequences_side_by_side_are_answered_as_one_by_one(wiring):
    torch.manual_seed(1)
    cell = wiring(3, 4).double()
    letters = torch.randint(3, (5, 6))
    together = toy_tasks.run_batch(cell, letters)
    for row, outputs in zip(letters, together, strict=True):
        h = torch.zeros(1, 4).double()
        for letter, output in zip(row, outputs, strict=True):
            o, h = cell(functional.one_hot(letter[None], 3).double(), h)
            torch.testing.assert_close(o[0], output)


@pytest.mark.parametrize(
    ("wiring", "task", "letters", "seed"),
    [(PostCell, "previous", 6, 5), (NewStateCell, "echo", 4, 0), (PostCell, "same", 2, 2)],
)
def test_a_drill_is_learned_on_some_sequences_and_tested_on_others(wiring, task, letters, seed):
    share = toy_tasks.train_and_score(wiring, task, letters, hidden_size=5, seed=seed, epochs=12)
    torch.manual_seed(seed)
    cell = wiring(letters, 5)
    adam = torch.optim.Adam(cell.parameters(), lr=0.05)

    def outputs(shown):
        h, said = torch.zeros(len(shown), 5), []
        for t in range(shown.shape[1]):
            o, h = cell(functional.one_hot(shown[:, t], letters).float(), h)
            said.append(o)
        return torch.stack(said, dim=1)[:, 2:]

    shown, answers = toy_tasks.sample_batch(task, letters, seed)
    wanted = functional.one_hot(answers[:, 2:], letters).float()
    for _ in range(12):
        adam.zero_grad()
        ((outputs(shown) - wanted) ** 2).mean().backward()
        adam.step()
    shown, answers = toy_tasks.sample_batch(task, letters, seed + 1000, count=500)
    with torch.no_grad():
        right = outputs(shown).argmax(dim=-1) == answers[:, 2:]
    assert 0.3 < share < 1
    assert share == pytest.approx(right.float().mean().item(), abs=0.003)
    # The sequences learned would have given another share.
    with torch.no_grad():
        shown, answers = toy_tasks.sample_batch(task, letters, seed, count=500)
        learned = (outputs(shown).argmax(dim=-1) == answers[:, 2:]).float().mean().item()
    assert learned != share


def test_the_seed_of_the_sequences_tested_is_a_thousand_on_and_begins_again(monkeypatch):
    seeds = []

    def draw(task, letters, seed, **settings):
        seeds.append(seed)
        return drawn(task, letters, seed, **settings)

    drawn = toy_tasks.sample_batch
    monkeypatch.setattr(toy_tasks, "sample_batch", draw)
    for seed in (7, 2**32 - 1):
        toy_tasks.train_and_score(PostCell, "echo", seed=seed, epochs=0)
    assert seeds == [7, 1007, 2**32 - 1, 999]
