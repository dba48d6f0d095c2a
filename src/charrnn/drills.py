"""Three small tasks that tell wirings apart: what a cell can be taught, and what it cannot.

Shapes: B sequences side by side, T steps, V letters.
"""

import torch
from torch import Tensor

from charrnn.cell import PostCell
from charrnn.runtime import seeded
from charrnn.vocabulary import one_hot

# What to say at each step, given this letter, the one before it and the one before that, (B, T).
TASKS = {
    "echo": lambda now, before, earlier: now,
    "previous": lambda now, before, earlier: before,
    "same": lambda now, before, earlier: (now == before).long(),
    "same, one step late": lambda now, before, earlier: (before == earlier).long(),
}
SCORED_FROM = 2  # the first steps have no two letters before them


def draw(task: str, letters: int, seed: int, count: int = 64, steps: int = 9) -> list[Tensor]:
    """Random letters ``(B, T)`` and the right answers ``(B, T)``, as indices below ``letters``."""
    generator = torch.Generator().manual_seed(seed)
    now = torch.randint(letters, (count, steps), generator=generator)
    return [now, TASKS[task](now, now.roll(1, dims=1), now.roll(2, dims=1))]


def answer(cell: PostCell, letters: Tensor) -> Tensor:
    """The cell's outputs ``(B, T, V)`` on letters ``(B, T)``."""
    h = cell.init_hidden().expand(len(letters), -1)  # (B, H)
    outputs = []
    for column in letters.T:  # (B,)
        o_t, h = cell(one_hot(column, cell.vocab_size), h)  # (B, V), (B, H)
        outputs.append(o_t)
    return torch.stack(outputs, dim=1)


def practise(
    wiring: type[PostCell], task: str, letters: int = 2, hidden_size: int = 4, seed: int = 0,
    epochs: int = 300,
) -> float:  # fmt: skip
    """Train a fresh cell on one task, then return the share of right answers on new sequences.

    Squared error on one-hot answers, Adam with learning rate 0.02. 1.0 is perfect; a guess gets
    1 / letters; the two tasks about sameness need two letters, where a guess gets one half.

    Raises:
        ValueError: an unknown task.
    """
    if task not in TASKS:
        raise ValueError(f"task must be one of {tuple(TASKS)}, got {task!r}.")
    with seeded(seed):
        cell = wiring(letters, hidden_size)
    optimizer = torch.optim.Adam(cell.parameters(), lr=0.02)
    now, answers = draw(task, letters, seed=seed)
    scored = slice(SCORED_FROM, None)
    targets = one_hot(answers[:, scored].reshape(-1), letters).view(len(now), -1, letters)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(answer(cell, now)[:, scored], targets)
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        now, answers = draw(task, letters, seed=seed + 1000, count=500)
        said = answer(cell, now)[:, scored].argmax(dim=-1)
    return (said == answers[:, scored]).float().mean().item()
