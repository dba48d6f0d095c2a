"""Chapter 8. Three small tasks that tell wirings apart: what a cell can and cannot be taught.

Shapes: B sequences side by side, T steps, V letters.
"""

import torch
from torch import Tensor

from charrnn.arguments import MOST_SEED, indices, one_of, quoted, tensor, whole
from charrnn.runtime import one_thread, seeded
from charrnn.scratch.cell import PostCell, check_cell
from charrnn.text.vocabulary import one_hot

# What to say at each step, given this letter, the one before it and the one before that, (B, T).
TASKS = {
    "echo": lambda now, before, earlier: now,
    "previous": lambda now, before, earlier: before,
    "same": lambda now, before, earlier: (now == before).long(),
    "same, one step late": lambda now, before, earlier: (before == earlier).long(),
}
SCORED_FROM = 2  # the first steps have no two letters before them
MOST_LETTERS = 1_000  # of a task
MOST_EPOCHS = 100_000  # of a drill: minutes
MOST_DRAWN = 10_000  # sequences side by side, or steps of each


def sample_batch(
    task: str, letters: int, seed: int, count: int = 64, steps: int = 6
) -> list[Tensor]:
    """Random letters ``(B, T)`` and the right answers ``(B, T)``, as indices below ``letters``.

    Args:
        task: one of `TASKS`.
        letters: how many letters there are, 2 to `MOST_LETTERS`.
        seed: of the drawing, 0 to 2**32 - 1.
        count: B, 1 to `MOST_DRAWN`.
        steps: T, 3 to `MOST_DRAWN`; before step `SCORED_FROM` no answer is right or wrong.

    Raises:
        TypeError: a number that is not whole.
        ValueError: an unknown task, or a number out of range.
    """
    one_of("task", task, TASKS)
    letters = whole("letters", letters, least=2, most=MOST_LETTERS)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    count = whole("count", count, least=1, most=MOST_DRAWN)
    steps = whole("steps", steps, least=SCORED_FROM + 1, most=MOST_DRAWN)
    generator = torch.Generator().manual_seed(seed)
    now = torch.randint(letters, (count, steps), generator=generator)
    return [now, TASKS[task](now, now.roll(1, dims=1), now.roll(2, dims=1))]


@one_thread()
def run_batch(cell: PostCell, letters: Tensor) -> Tensor:
    """The cell's outputs ``(B, T, V)`` on letters ``(B, T)``.

    Raises:
        TypeError: no cell, or letters that are no tensor of whole numbers.
        ValueError: another shape, or a letter that the cell does not know.
    """
    check_cell(cell)
    indices("letters", tensor("letters", letters, ("B", "T")).flatten(), cell.vocab_size)
    h = cell.init_hidden().expand(len(letters), -1)  # (B, H)
    rows = one_hot(letters.T.flatten(), cell.vocab_size).to(h)  # (T B, V)
    outputs = []
    for x_t in rows.split(len(letters)):  # (B, V)
        y_t, h = cell(x_t, h)  # (B, V), (B, H)
        outputs.append(y_t)
    return torch.stack(outputs, dim=1)


@one_thread()
def train_and_score(
    wiring: type[PostCell], task: str, letters: int = 2, hidden_size: int = 4, seed: int = 0,
    epochs: int = 150,
) -> float:  # fmt: skip
    """Train a fresh cell on one task, then return the share of right answers on new sequences.

    Squared error on one-hot answers, Adam with learning rate 0.05. 1.0 is perfect; a guess gets
    1 / letters; in the two tasks about sameness a guess gets one half with two letters.

    Args:
        wiring: `PostCell` or another class of cells.
        task: one of `TASKS`.
        letters: V, 2 to `MOST_LETTERS`.
        hidden_size: H.
        seed: of the weights and the sequences learned, 0 to 2**32 - 1; those tested come from
            the seed 1000 further on.
        epochs: 0 to `MOST_EPOCHS`.

    Raises:
        TypeError: no class of cells, or a number that is not whole.
        ValueError: an unknown task, or a number out of range.
    """
    if not (isinstance(wiring, type) and issubclass(wiring, PostCell)):
        raise TypeError(f"wiring must be PostCell or a subclass of it, got {quoted(wiring)}.")
    one_of("task", task, TASKS)
    letters = whole("letters", letters, least=2, most=MOST_LETTERS)
    epochs = whole("epochs", epochs, least=0, most=MOST_EPOCHS)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    with seeded(seed):
        cell = wiring(letters, hidden_size)
    optimizer = torch.optim.Adam(cell.parameters(), lr=0.05, fused=True)
    now, answers = sample_batch(task, letters, seed=seed)
    scored = slice(SCORED_FROM, None)
    targets = one_hot(answers[:, scored].reshape(-1), letters).view(len(now), -1, letters)
    for _ in range(epochs):
        optimizer.zero_grad()
        loss = torch.nn.functional.mse_loss(run_batch(cell, now)[:, scored], targets)
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        fresh = (seed + 1000) % (MOST_SEED + 1)
        now, answers = sample_batch(task, letters, seed=fresh, count=500)
        said = run_batch(cell, now)[:, scored].argmax(dim=-1)
    return (said == answers[:, scored]).float().mean().item()
