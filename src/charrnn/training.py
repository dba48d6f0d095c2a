"""Training: next-letter targets, the loss, and the loop that lowers it."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

import torch
from torch import Tensor
from tqdm.auto import trange

from charrnn.bptt import loss_and_gradients
from charrnn.cell import PostCell
from charrnn.runtime import DivergenceError, hide_bar, one_thread, seeded
from charrnn.vocabulary import SENTENCE, Vocabulary


@dataclass
class History:
    """What one training run did.

    ``losses[e]`` is the loss of epoch e before that epoch's step: sum over T steps of the mean
    over V of the squared error (no unit). The other fields are the settings, so that a picture or
    a table can name them.
    """

    text: str
    hidden_size: int
    learning_rate: float
    seed: int
    losses: list[float] = field(default_factory=list)

    @property
    def epochs(self) -> int:
        """How many epochs were run."""
        return len(self.losses)

    def first_below(self, limit: float) -> int | None:
        """The first epoch whose loss is under ``limit``, or None."""
        return next((e for e, loss in enumerate(self.losses) if loss < limit), None)


def sequence_loss(cell: PostCell, rows: Tensor) -> Tensor:
    """Teacher forcing over one text: read each true letter, predict the next, add up the error.

    Args:
        cell: any cell of `charrnn.cell`.
        rows: one-hot text with its marks, ``(T + 1, V)``.

    Returns:
        Sum over T steps of `torch.nn.functional.mse_loss`, a scalar.
    """
    h = cell.init_hidden()  # (1, H)
    total = rows.new_zeros(())
    for t in range(len(rows) - 1):
        o_t, h = cell(rows[t : t + 1], h)  # (1, V), (1, H)
        total = total + torch.nn.functional.mse_loss(o_t, rows[t + 1 : t + 2])
    return total


def train(
    text: str = SENTENCE,
    *,
    hidden_size: int = 35,
    learning_rate: float = 0.01,
    epochs: int = 1000,
    epsilon: float = 1e-8,
    beta2: float = 0.999,
    clip: float | None = None,
    decay: float = 1.0,
    seed: int = 0,
    stop_below: float | None = None,
    vocabulary: Vocabulary | None = None,
    progress: bool = True,
    watch: Callable[[int, PostCell, torch.optim.Adam], None] | None = None,
) -> tuple[PostCell, History]:
    """Teach a new `PostCell` to continue ``text``, with the post's settings as defaults.

    Each epoch: the loss and gradients of the whole text (`bptt.loss_and_gradients`), then one
    step of Adam (Kingma and Ba 2015, as in `torch.optim.Adam`). The same seed gives the same run.

    Args:
        text: what to learn; its letters must be in the vocabulary.
        hidden_size: H.
        learning_rate: Adam's step size, above 0.
        epochs: passes over the text; 0 gives the untrained cell.
        epsilon: what Adam adds to the root in its denominator, 0 or more.
        beta2: how much of its mean of squared gradients Adam keeps in a step, 0 to below 1.
        clip: shorten the gradient to this norm where it is longer, above 0; None leaves it.
        decay: what the learning rate is multiplied by after each epoch, above 0 and at most 1.
        seed: of the first weights. Torch's global generator is left as it was.
        stop_below: stop early once the loss is under this.
        vocabulary: the post's 35 letters unless given.
        progress: show a bar (`tqdm`; the environment variable TQDM_DISABLE=1 hides all bars).
        watch: called after each step with the epoch, the cell and the optimizer.

    Raises:
        TypeError, VocabularyError: the text cannot be encoded.
        ValueError: a setting out of range.
        DivergenceError: the loss became nan or inf.
    """
    if not learning_rate > 0 or math.isinf(learning_rate):
        raise ValueError(f"learning_rate must be above 0 and finite, got {learning_rate}.")
    if epochs < 0 or epsilon < 0:
        raise ValueError(f"epochs and epsilon start at 0, got {epochs} and {epsilon}.")
    if not 0 <= beta2 < 1 or not 0 < decay <= 1 or (clip is not None and not clip > 0):
        raise ValueError(
            "beta2 is 0 to below 1, decay above 0 to 1 and clip above 0, "
            f"got {beta2}, {decay} and {clip}."
        )
    vocabulary = vocabulary or Vocabulary()
    rows = vocabulary.one_hot(text)  # (T + 1, V)
    with seeded(seed):
        cell = PostCell(vocabulary.size, hidden_size)
    for p in cell.parameters():
        p.grad = torch.zeros_like(p)
    optimizer = torch.optim.Adam(
        cell.parameters(), lr=learning_rate, betas=(0.9, beta2), eps=epsilon, fused=True
    )
    history = History(vocabulary.normalise(text), hidden_size, learning_rate, seed)

    with one_thread(), trange(epochs, desc="epochs", disable=hide_bar(progress)) as bar:
        for epoch in bar:
            loss = loss_and_gradients(cell, rows)
            if not math.isfinite(loss):
                raise DivergenceError(
                    f"Training diverged: the loss is {loss} at epoch {epoch}. "
                    f"Lower learning_rate, now {learning_rate}.",
                    epoch,
                    history,
                )
            history.losses.append(loss)
            if stop_below is not None and loss < stop_below:
                break
            if clip is not None:
                torch.nn.utils.clip_grad_norm_(cell.parameters(), clip)
            optimizer.step()
            optimizer.param_groups[0]["lr"] *= decay
            if watch is not None:
                watch(epoch, cell, optimizer)
            if epoch % 50 == 0:
                bar.set_postfix(loss=f"{loss:.2e}", refresh=False)
    return cell, history
