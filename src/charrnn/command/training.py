"""Training on a mapped text by one worker or several, to be stopped and taken up at any segment.

One worker computes what `charrnn.layers.train` does, to the last bit. Of several, each reads its
own rows, and the gradients are averaged.

Shapes: N letters, B rows side by side in all, M letters in a row, T letters in a segment, H hidden
units, W workers.
"""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from tqdm import tqdm

from charrnn.command.letters import Letters
from charrnn.command.workers import Workers, own_state, whole_state
from charrnn.history import History
from charrnn.layers import CharModel, checkpoint, evaluate, next_letter_loss
from charrnn.layers.model import check_state, detach
from charrnn.runtime import DivergenceError, hide_bar

REMAP = 1024  # segments read from one map: what it showed is then given back
FREE = ("text_file", "epochs", "threads")  # settings that do not change what is computed
TOGETHER = 16  # segments after which several workers ask each other whether to save or stop


class NextLetter(nn.Module):
    """`next_letter_loss` as a module: whoever wraps it sees the whole step."""

    def __init__(self, model: CharModel) -> None:
        super().__init__()
        self.model = model

    def forward(self, letters: Tensor, state: Any) -> tuple[Tensor, Any]:
        """Loss and new state of letters ``(B, T + 1)``."""
        return next_letter_loss(self.model, letters, state)


@dataclass
class Place:
    """Where a worker stands in an epoch: the next segment, its summed loss so far, its state."""

    segment: int = 0
    total: float = 0.0
    state: Any = None


@dataclass(frozen=True)
class Cut:
    """How the learned part of a text is laid out: B rows of M letters, in segments of T.

    The last ``held_out`` letters of the text are not learned.
    """

    batch: int
    steps: int
    held_out: int
    width: int

    @property
    def segments(self) -> int:
        """How many segments an epoch has."""
        return math.ceil((self.width - 1) / self.steps)

    def pieces(self, letters: Letters, rows: slice, first: int = 0) -> Iterator[Tensor]:
        """The segments from ``first`` on, ``(B, T + 1)`` int64 each, of some of the rows.

        The same as `layers.segments` of `layers.batchify`, but only one of them is in memory.
        """
        for number in range(first, self.segments):
            if number == first or number % REMAP == 0:
                text = letters.mapped()[: self.batch * self.width].reshape(self.batch, -1)[rows]
            at = number * self.steps
            yield torch.from_numpy(text[:, at : at + self.steps + 1].astype(np.int64))

    def unlearned(self, letters: Letters) -> NDArray[np.int64]:
        """The letters that were held out, ``(held_out,)``."""
        return letters.mapped()[letters.count - self.held_out :].astype(np.int64)


@dataclass
class Run:
    """One training run: all that a checkpoint keeps, and how the text is cut."""

    model: CharModel
    optimizer: torch.optim.Optimizer
    settings: dict[str, Any]
    cut: Cut
    history: History
    place: Place

    def save(self, path: Path, workers: Workers) -> None:
        """Write a checkpoint of the whole run; all workers have to call this together."""
        place = self.place
        told = workers.gather((place.total, whole_state([place.state])))
        middle = {
            "segment": place.segment,
            "totals": torch.tensor([total for total, _ in told], dtype=torch.float64),
            "state": whole_state([state for _, state in told]),
        }
        curves = {
            "training": self.history.losses,
            "validation": self.history.validation_losses,
        }
        workers.only(
            workers.leads,
            lambda: checkpoint.save(
                path, self.model, self.optimizer, self.settings, curves,
                middle if place.segment else None,
            ),
        )  # fmt: skip

    def restore(self, content: dict[str, Any], path: Path, workers: Workers) -> None:
        """Go on where a checkpoint stopped, written by as many workers or by another number.

        Raises:
            CheckpointError: it comes from other training, or holds what does not fit.
        """
        settings = self.settings | {key: content["settings"].get(key) for key in FREE}
        curves = checkpoint.restore(content, path, self.model, self.optimizer, settings)
        self.history.losses, self.history.validation_losses = (
            curves["training"],
            curves["validation"],
        )
        middle = content.get("middle")
        if middle is None:
            return
        try:
            segment, totals, state = middle["segment"], middle["totals"], middle["state"]
            check_state(self.model, state, self.cut.batch)
            if type(segment) is not int or not 0 < segment < self.cut.segments or state is None:
                raise ValueError(f"segment {segment} of {self.cut.segments}")
            # A tensor from a stranger may say that it is larger than any memory.
            if totals.dim() != 1 or not 0 < len(totals) <= self.cut.batch:
                raise ValueError(f"losses of the shape {tuple(totals.shape)}")
            totals = totals.tolist()
            if not all(math.isfinite(total) for total in totals):
                raise ValueError("a loss that is no number")
        except Exception as error:  # whatever a forged file makes of this
            raise checkpoint.no_run(path, error) from error
        if len(totals) != workers.count:  # what counts is their mean
            totals = [sum(totals) / len(totals)] * workers.count
        state = own_state(state, workers.rows(self.cut.batch), workers.device)
        self.place = Place(segment, totals[workers.rank], state)


def train(
    run: Run,
    letters: Letters,
    workers: Workers,
    *,
    epochs: int,
    path: Path,
    save_every: float = 60.0,
    stop: Callable[[], bool] = lambda: False,
    told: Callable[[Run], None] = lambda run: None,
    progress: bool = False,
) -> bool:
    """Train until ``epochs`` are done in all; False if ``stop`` ended it before, saved as it was.

    Args:
        run: is trained in place.
        letters: its text.
        workers: who trains; each of them calls this.
        epochs: passes over the text, those already made included.
        path: a checkpoint is written here at the beginning, at the end and in between.
        save_every: seconds between two checkpoints.
        stop: is asked after every segment, with several workers after every `TOGETHER`.
        told: is called after each epoch, on worker 0.
        progress: show a bar, on worker 0.

    Raises:
        DivergenceError: the loss became nan or inf, of several workers that of any, on each.
        OSError: the checkpoint cannot be written.
    """
    cut, history, place = run.cut, run.history, run.place
    rows = workers.rows(cut.batch)
    if history.epochs >= epochs:
        return True
    run.save(path, workers)
    saved = time.monotonic()

    def asked() -> tuple[bool, bool]:
        """Whether any worker is to stop, and whether it is time to save; not where one diverged."""
        due = time.monotonic() - saved >= save_every
        stopped, due, diverged = workers.any(stop(), due, not math.isfinite(place.total))
        if diverged:
            _finite(sum(workers.gather(place.total)), run)
        return stopped, due

    net = workers.parallel(NextLetter(run.model))
    clip, weights = run.settings["clip"], list(run.model.parameters())
    held_out = torch.from_numpy(cut.unlearned(letters)) if cut.held_out else None
    with tqdm(
        total=epochs * (cut.width - 1) * cut.batch,
        initial=(history.epochs * (cut.width - 1) + place.segment * cut.steps) * cut.batch,
        unit="", unit_scale=True, leave=False,
        disable=hide_bar(progress) or not workers.leads,
    ) as bar:  # fmt: skip
        while history.epochs < epochs:
            for piece in cut.pieces(letters, rows, place.segment):
                loss, state = net(piece.to(workers.device), place.state)
                run.optimizer.zero_grad()
                loss.backward()
                nn.utils.clip_grad_norm_(weights, clip)
                run.optimizer.step()
                told_loss = loss.item()
                place.total += told_loss * (piece.shape[1] - 1)
                place.segment, place.state = place.segment + 1, detach(state)
                bar.set_postfix_str(
                    f"{history.epochs + 1}/{epochs}, loss {told_loss:.3f}", refresh=False
                )
                bar.update((piece.shape[1] - 1) * cut.batch)
                if place.segment == cut.segments:
                    break  # the end of an epoch is no middle
                if workers.count == 1 or place.segment % TOGETHER == 0:
                    stopped, due = asked()
                    if stopped or due:
                        run.save(path, workers)
                        saved = time.monotonic()
                    if stopped:
                        return False
            _finish_epoch(run, workers, held_out)
            if workers.leads:
                told(run)
            stopped, due = asked()
            if stopped or due or history.epochs == epochs:
                run.save(path, workers)
                saved = time.monotonic()
            if stopped and history.epochs < epochs:
                return False
    return True


def _finish_epoch(run: Run, workers: Workers, held_out: Tensor | None) -> None:
    """Note the losses of an epoch, the same on all workers, and begin the next."""
    total = sum(workers.gather(run.place.total)) / workers.count
    run.history.losses.append(_finite(total / (run.cut.width - 1), run))
    if held_out is not None:
        loss = workers.only(workers.leads, lambda: evaluate(run.model, held_out))
        run.history.validation_losses.append(_finite(workers.same(loss), run))
    run.place.segment, run.place.total, run.place.state = 0, 0.0, None


def _finite(loss: float, run: Run) -> float:
    if not math.isfinite(loss):
        raise DivergenceError(
            f"Training diverged: the loss is {loss} in epoch {run.history.epochs}. "
            f"Lower --learning-rate, now {run.settings['learning_rate']}.",
            run.history.epochs,
            run.history,
        )
    return loss
