"""Training: next-letter targets, the loss, and the loop that lowers it."""

import math
from collections.abc import Callable, Sequence

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor
from torch.optim.adam import adam
from tqdm.auto import trange

from charrnn.arguments import MOST_RATE, array, quoted, real, whole
from charrnn.history import History
from charrnn.runtime import DivergenceError, hide_bar, one_thread, seeded
from charrnn.scratch.bptt import backpropagate, views
from charrnn.scratch.cell import PostCell, check_rows
from charrnn.text.vocabulary import SENTENCE, Vocabulary, known

MOST_EPOCHS = 1_000_000  # of one run: minutes on the post's sentence
LONGEST_TEXT = 100_000  # letters: each epoch reads all of them in one go
LEAST_EPSILON = 1e-30  # less is 0 in float32, and 0 / 0 is what a weight without a slope would get


@one_thread()
def sequence_loss(cell: PostCell, rows: Tensor) -> Tensor:
    """Teacher forcing over one text: read each true letter, predict the next, add up the error.

    Args:
        cell: any cell of `charrnn.scratch.cell`.
        rows: one-hot text with its marks, ``(T + 1, V)``, T at least 1.

    Returns:
        Sum over T steps of `torch.nn.functional.mse_loss`, a scalar.

    Raises:
        TypeError, ValueError: as `charrnn.scratch.cell.check_rows` does.
    """
    check_rows(cell, rows, least=2)
    h = cell.init_hidden()  # (1, H)
    total = rows.new_zeros(())
    for t in range(len(rows) - 1):
        y_t, h = cell(rows[t : t + 1], h)  # (1, V), (1, H)
        total = total + torch.nn.functional.mse_loss(y_t, rows[t + 1 : t + 2])
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

    Each epoch: the loss and gradients of the whole text (`bptt.backpropagate`), then one
    step of Adam (Kingma and Ba 2015, as in `torch.optim.Adam`). The same seed gives the same run.

    Args:
        text: what to learn, up to `LONGEST_TEXT`; its letters must be in the vocabulary.
        hidden_size: H, 1 to `charrnn.scratch.cell.LARGEST`.
        learning_rate: Adam's step size, above 0, at most 1e30.
        epochs: passes over the text, up to `MOST_EPOCHS`; 0 gives the untrained cell.
        epsilon: what Adam adds to the root in its denominator, `LEAST_EPSILON` to 1000.
        beta2: how much of its mean of squared gradients Adam keeps in a step, 0 to below 1.
        clip: shorten the gradient to this norm where it is longer, above 0; None leaves it.
        decay: what the learning rate is multiplied by after each epoch, above 0 and at most 1.
        seed: of the first weights, 0 to 2**32 - 1. Torch's global generator is left as it was.
        stop_below: stop early once the loss is under this, 0 or more; None never does.
        vocabulary: the post's 35 letters unless given.
        progress: show a bar (`tqdm`; the environment variable TQDM_DISABLE=1 hides all bars).
        watch: called after each step with the epoch, the cell and the optimizer.

    Raises:
        TypeError: a setting that is no number, or something else than text, vocabulary, function.
        VocabularyError: the text cannot be encoded.
        ValueError: a setting out of range, or too long a text.
        DivergenceError: the loss became nan or inf.
    """
    learning_rate = real("learning_rate", learning_rate, above=0, most=MOST_RATE)
    epochs = whole("epochs", epochs, least=0, most=MOST_EPOCHS)
    epsilon = real("epsilon", epsilon, least=LEAST_EPSILON, most=1000)
    beta2 = real("beta2", beta2, least=0, below=1)
    clip = None if clip is None else real("clip", clip, above=0)
    decay = real("decay", decay, above=0, most=1)
    stop_below = None if stop_below is None else real("stop_below", stop_below, least=0)
    if watch is not None and not callable(watch):
        raise TypeError(
            f"watch must be a function of epoch, cell and optimizer, got {quoted(watch)}."
        )
    vocabulary = known(vocabulary)
    text = vocabulary.normalise(text)
    if len(text) > LONGEST_TEXT:
        raise ValueError(
            f"text must be at most {LONGEST_TEXT} letters, got {len(text)}: "
            "charrnn.layers.training learns long texts, a segment at a time."
        )
    rows = vocabulary.one_hot(text)  # (T + 1, V)
    with seeded(seed):
        cell = PostCell(vocabulary.size, hidden_size)
    for p in cell.parameters():
        p.grad = torch.zeros_like(p)
    optimizer = torch.optim.Adam(
        cell.parameters(), lr=learning_rate, betas=(0.9, beta2), eps=epsilon, fused=True
    )
    seen = views(cell, rows)
    step = _bare_step(optimizer) if watch is None else optimizer.step
    history = History(
        settings={
            "text": text,
            "hidden_size": cell.hidden_size,
            "learning_rate": learning_rate,
            "seed": int(seed),
        }
    )

    with (
        one_thread(),
        trange(epochs, desc="epochs", leave=False, disable=hide_bar(progress)) as bar,
    ):
        for epoch in bar:
            loss = backpropagate(*seen)
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
            step()
            optimizer.param_groups[0]["lr"] *= decay
            if watch is not None:
                watch(epoch, cell, optimizer)
                seen = views(cell, rows)  # it may have put other tensors there
            if epoch % 50 == 0:
                bar.set_postfix(loss=f"{loss:.2e}", refresh=False)
    return cell, history


def _bare_step(optimizer: torch.optim.Adam) -> Callable[[], None]:
    """The fused ``optimizer.step``, bit for bit, for a new optimizer that nobody else looks at.

    On weights this few, half the time of a step goes into gathering anew what never changes. Here
    it is gathered once; the optimizer's own ``state`` stays empty.
    """
    (group,) = optimizer.param_groups
    weights = [p.detach() for p in group["params"]]
    gradients = [p.grad for p in group["params"]]
    means = [torch.zeros_like(w) for w in weights]
    squares = [torch.zeros_like(w) for w in weights]
    counts = [torch.tensor(0.0) for _ in weights]

    def step() -> None:
        beta1, beta2 = group["betas"]
        adam(
            weights, gradients, means, squares, [], counts, fused=True, lr=group["lr"],
            beta1=beta1, beta2=beta2, eps=group["eps"],
            weight_decay=0.0, amsgrad=False, maximize=False,
        )  # fmt: skip

    return step


def loss_spikes(losses: ArrayLike) -> list[int]:
    """Epochs at the top of a jump: over 100 times the lowest loss before, highest within 25.

    Of equal tops the first counts.

    Raises:
        TypeError, ValueError: no sequence of finite losses; it may be empty.
    """
    if isinstance(losses, Sequence) and not losses:
        return []
    values = array("losses", losses, ("N",))
    lowest = np.minimum.accumulate(values)
    return [
        e
        for e in range(1, len(values))
        if values[e] > 100 * lowest[e - 1]
        and values[max(0, e - 25) : e].max() < values[e] >= values[e : e + 26].max()
    ]
