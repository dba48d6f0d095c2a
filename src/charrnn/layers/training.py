"""Training on long text: several places side by side, a segment at a time, the state carried on.

Shapes: N letters of the text, B places read side by side (the batch), T letters in a segment.
"""

import math
import os
from typing import Any

import torch
from torch import Tensor, nn
from tqdm.auto import trange

from charrnn.arguments import MOST_RATE, flag, indices, instance, quoted, real, whole
from charrnn.history import History
from charrnn.layers import checkpoint
from charrnn.layers.model import WHOLE, CharModel, detach, next_letter_loss
from charrnn.runtime import DivergenceError, hide_bar, one_thread

MOST_EPOCHS = 1_000_000  # a slip such as 10**9 would never end


def batchify(letters: Tensor, batch: int) -> Tensor:
    """Cut a text ``(N,)`` into ``batch`` equal pieces side by side, ``(B, N // B)``.

    The letters left over at the end are dropped.

    Raises:
        TypeError: letters or a batch that are no whole numbers.
        ValueError: a batch below 1, or pieces of fewer than two letters.
    """
    letters, batch = indices("letters", letters), whole("batch", batch, least=1)
    if len(letters) // batch < 2:
        raise ValueError(
            f"{len(letters)} letters cannot be cut into batch={quoted(batch)} pieces "
            "of at least 2 letters."
        )
    return letters[: len(letters) // batch * batch].view(batch, -1)


def segments(rows: Tensor, steps: int) -> list[Tensor]:
    """Cut ``(B, M)`` along the text into pieces of ``steps`` + 1 letters that share their ends.

    The last letter of a piece is the answer to its last step and the first that the next one reads.

    Raises:
        TypeError: rows or steps that are no whole numbers.
        ValueError: steps below 1, or rows of fewer than two letters.
    """
    if not isinstance(rows, Tensor) or rows.dtype not in WHOLE:
        raise TypeError(f"rows must be letters (B, M) as of batchify, got {quoted(rows)}.")
    if rows.dim() != 2 or len(rows) < 1 or rows.shape[1] < 2:
        raise ValueError(f"rows must have the shape (B, M), M at least 2, got {tuple(rows.shape)}.")
    steps = min(whole("steps", steps, least=1), rows.shape[1])
    return [rows[:, at : at + steps + 1] for at in range(0, rows.shape[1] - 1, steps)]


@one_thread()
@torch.no_grad()
def evaluate(model: CharModel, letters: Tensor, steps: int = 256) -> float:
    """Cross-entropy of a text ``(N,)`` read from its start, mean over its letters, in nats.

    ``steps`` letters are read at a time, which changes the memory it takes and not the loss.

    Raises:
        TypeError: no model, or letters or steps that are no whole numbers.
        ValueError: steps below 1, fewer than two letters, or one outside the model's.
    """
    instance("model", model, CharModel)
    letters = indices("letters", letters, model.vocab_size)
    rows = batchify(letters.to(model.output.weight.device), 1)  # (1, N)
    state, total = None, 0.0
    for piece in segments(rows, steps):
        loss, state = next_letter_loss(model, piece, state)
        total += loss.item() * (piece.shape[1] - 1)
    return total / (len(letters) - 1)


@one_thread()
def train_epoch(
    model: CharModel,
    optimizer: torch.optim.Optimizer,
    rows: Tensor,
    steps: int,
    clip: float,
    carry: bool = True,
) -> float:
    """One epoch of truncated backpropagation through time; the mean loss in nats.

    Gradients go back through one segment of ``steps`` letters; the state is carried on into the
    next segment, cut off from its past (Williams and Peng 1990; Mikolov et al. 2010). With
    ``carry`` False each segment starts from zeros. A loss of nan or inf is returned as it is.

    Raises:
        TypeError: no model or optimizer, or rows, steps, clip or carry of another kind.
        ValueError: rows that are not ``(B, M)``, M at least 2, or steps or clip out of range.
    """
    instance("optimizer", optimizer, torch.optim.Optimizer)
    clip, carry = real("clip", clip, above=0), flag("carry", carry)
    state, total = None, 0.0
    for piece in segments(rows, steps):
        loss, state = next_letter_loss(model, piece, state)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), clip)
        optimizer.step()
        state = detach(state) if carry else None
        total += loss.item() * (piece.shape[1] - 1)
    return total / (rows.shape[1] - 1)


@one_thread()
def train(
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
    path: str | os.PathLike[str] | None = None,
    progress: bool = True,
) -> History:
    """Teach a model a long text with Adam, on the device where the model is.

    Args:
        model: is trained in place.
        letters: the text as indices ``(N,)``.
        validation: another text ``(M,)``, only read after each epoch.
        epochs: passes over the text, the ones already in the checkpoint included; at most
            `MOST_EPOCHS`.
        batch: B, how many places of the text are read side by side.
        steps: T, through how many letters a gradient goes back.
        learning_rate: Adam's step size, above 0, at most 1e30.
        clip: gradients are shortened to this norm where they are longer, above 0.
        carry: hand the state on from one segment to the next.
        path: a checkpoint is written here after each epoch. If the file is there, training goes
            on from it: the same call again finishes what was interrupted, with the same result
            (to the last bit with the same version of PyTorch). Its folder must be there.
        progress: show a bar (`tqdm`; TQDM_DISABLE=1 hides all bars).

    Raises:
        TypeError: an argument of another kind, such as 1e3 epochs or letters in a list.
        ValueError: a setting out of range, a text too short for the batch, or letters that the
            model does not know.
        CheckpointError: ``path`` is no place for a file, or holds something else, or training
            with other settings.
        DivergenceError: the loss became nan or inf.
        OSError: the checkpoint cannot be written, as when the disk is full.
    """
    vocab_size = instance("model", model, CharModel).vocab_size
    letters = indices("letters", letters, vocab_size)
    if validation is not None:
        validation = indices("validation", validation, vocab_size, "M")
        if len(validation) < 2:
            raise ValueError(f"validation must have at least 2 letters, got {len(validation)}.")
    epochs = whole("epochs", epochs, least=0, most=MOST_EPOCHS)
    device = model.output.weight.device
    rows = batchify(letters.to(device), batch)  # (B, N // B)
    settings: dict[str, Any] = {
        "vocab_size": model.vocab_size, "hidden_size": model.hidden_size, "kind": model.kind,
        "dtype": str(model.output.weight.dtype).removeprefix("torch."),
        # In plain form: a checkpoint holds no numbers of NumPy.
        "batch": len(rows), "steps": whole("steps", steps, least=1, most=2**62),
        "learning_rate": real("learning_rate", learning_rate, above=0, most=MOST_RATE),
        "clip": real("clip", clip, above=0), "carry": flag("carry", carry),
        "text": checkpoint.fingerprint(letters),
        "validation": None if validation is None else checkpoint.fingerprint(validation),
    }  # fmt: skip
    progress = flag("progress", progress)
    optimizer = torch.optim.Adam(model.parameters(), lr=settings["learning_rate"])
    history = History(settings=settings)
    if path is not None:
        checkpoint.check_folder(path)
        if checkpoint.place(path).exists():
            curves = checkpoint.load(path, model, optimizer, settings)
            history.losses, history.validation_losses = curves["training"], curves["validation"]
    done = history.epochs
    with trange(
        done,
        epochs,
        desc="epochs",
        initial=done,
        total=epochs,
        leave=False,
        disable=hide_bar(progress),
    ) as bar:
        for epoch in bar:
            loss = train_epoch(
                model, optimizer, rows, settings["steps"], settings["clip"], settings["carry"]
            )
            if not math.isfinite(loss):
                raise DivergenceError(
                    f"Training diverged: the loss is {loss} in epoch {epoch}. "
                    f"Lower learning_rate, now {learning_rate}.",
                    epoch,
                    history,
                )
            history.losses.append(loss)
            if validation is not None:
                history.validation_losses.append(evaluate(model, validation))
            if path is not None:
                curves = {"training": history.losses, "validation": history.validation_losses}
                checkpoint.save(path, model, optimizer, settings, curves)
            bar.set_postfix(loss=f"{loss:.3f}", refresh=False)
    return history
