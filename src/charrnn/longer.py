"""Training on long text: several places side by side, a stretch at a time, the state carried on.

Shapes: N letters of the text, B places read side by side (the batch), T letters in a stretch.
"""

import math
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from tqdm.auto import trange

from charrnn import checkpoint
from charrnn.model import CharModel, detached, next_letter_loss
from charrnn.runtime import DivergenceError, hide_bar, one_thread


@dataclass
class Curves:
    """Loss of each epoch, mean over letters, in nats.

    ``training`` while the epoch went through the text, ``validation`` after it.
    """

    training: list[float] = field(default_factory=list)
    validation: list[float] = field(default_factory=list)


def streams(letters: Tensor, batch: int) -> Tensor:
    """Cut a text ``(N,)`` into ``batch`` equal pieces side by side, ``(B, N // B)``.

    The letters left over at the end are dropped.

    Raises:
        ValueError: a batch below 1, or pieces of fewer than two letters.
    """
    if batch < 1 or len(letters) // batch < 2:
        raise ValueError(
            f"{len(letters)} letters cannot be cut into {batch} pieces of at least 2 letters."
        )
    return letters[: len(letters) // batch * batch].view(batch, -1)


def stretches(rows: Tensor, steps: int) -> list[Tensor]:
    """Cut ``(B, M)`` along the text into pieces of ``steps`` + 1 letters that share their ends.

    The last letter of a piece is the answer to its last step and the first that the next one reads.
    """
    return [rows[:, at : at + steps + 1] for at in range(0, rows.shape[1] - 1, steps)]


@torch.no_grad()
def evaluate(model: CharModel, letters: Tensor, steps: int = 256) -> float:
    """Cross-entropy of a text ``(N,)`` read from its start, mean over its letters, in nats."""
    rows = streams(letters.to(model.output.weight.device), 1)  # (1, N)
    state, total = None, 0.0
    for piece in stretches(rows, steps):
        loss, state = next_letter_loss(model, piece, state)
        total += loss.item() * (piece.shape[1] - 1)
    return total / (len(letters) - 1)


def learn_once(
    model: CharModel,
    optimizer: torch.optim.Optimizer,
    rows: Tensor,
    steps: int,
    clip: float,
    carry: bool = True,
) -> float:
    """One epoch of truncated backpropagation through time; the mean loss in nats.

    Gradients go back through one stretch of ``steps`` letters; the state is carried on into the
    next stretch, cut off from its past (Williams and Peng 1990; Mikolov et al. 2010). With
    ``carry`` False each stretch starts from zeros.
    """
    state, total = None, 0.0
    for piece in stretches(rows, steps):
        loss, state = next_letter_loss(model, piece, state)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        state = detached(state) if carry else None
        total += loss.item() * (piece.shape[1] - 1)
    return total / (rows.shape[1] - 1)


def fit(
    model: CharModel,
    letters: Tensor,
    *,
    validation: Tensor | None = None,
    epochs: int = 20,
    batch: int = 16,
    steps: int = 64,
    learning_rate: float = 0.005,
    clip: float = 1.0,
    carry: bool = True,
    path: str | Path | None = None,
    progress: bool = True,
) -> Curves:
    """Teach a model a long text with Adam, on the device where the model is.

    Args:
        model: is trained in place.
        letters: the text as indices ``(N,)``.
        validation: another text ``(M,)``, only read after each epoch.
        epochs: passes over the text, the ones already in the checkpoint included.
        batch: B, how many places of the text are read side by side.
        steps: T, through how many letters a gradient goes back.
        learning_rate: Adam's step size, above 0.
        clip: gradients are shortened to this norm where they are longer, above 0.
        carry: hand the state on from one stretch to the next.
        path: a checkpoint is written here after each epoch. If the file is there, training goes
            on from it: the same call again finishes what was interrupted, with the same result.
        progress: show a bar (`tqdm`; TQDM_DISABLE=1 hides all bars).

    Raises:
        ValueError: a setting out of range, or a text too short for the batch.
        CheckpointError: ``path`` holds something else, or training with other settings.
        DivergenceError: the loss became nan or inf.
    """
    if epochs < 0 or steps < 1 or not 0 < learning_rate < math.inf or not clip > 0:
        raise ValueError(
            "epochs start at 0, steps at 1, learning_rate and clip above 0, "
            f"got {epochs}, {steps}, {learning_rate} and {clip}."
        )
    device = model.output.weight.device
    rows = streams(letters.to(device), batch)  # (B, N // B)
    optimizer = torch.optim.Adam(model.parameters(), lr=learning_rate)
    curves = Curves()
    settings: dict[str, Any] = {
        "vocab_size": model.vocab_size, "hidden_size": model.hidden_size, "kind": model.kind,
        "batch": batch, "steps": steps, "learning_rate": learning_rate, "clip": clip,
        "carry": carry, "text": checkpoint.fingerprint(letters),
        "validation": "" if validation is None else checkpoint.fingerprint(validation),
    }  # fmt: skip
    if path is not None and Path(path).exists():
        curves = Curves(**checkpoint.load(path, model, optimizer, settings))
    done = len(curves.training)
    with (
        one_thread(),
        trange(
            done, epochs, desc="epochs", initial=done, total=epochs, disable=hide_bar(progress)
        ) as bar,
    ):
        for epoch in bar:
            loss = learn_once(model, optimizer, rows, steps, clip, carry)
            if not math.isfinite(loss):
                raise DivergenceError(
                    f"Training diverged: the loss is {loss} in epoch {epoch}. "
                    f"Lower learning_rate, now {learning_rate}.",
                    epoch,
                    curves,
                )
            curves.training.append(loss)
            if validation is not None:
                curves.validation.append(evaluate(model, validation))
            if path is not None:
                checkpoint.save(path, model, optimizer, settings, vars(curves))
            bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
    return curves
