"""Checkpoints: a training run kept in a file, written whole or not at all, and safely read.

A file is one line of text, then what `torch.save` wrote. The line names the format and the SHA-256
of the rest, so a damaged or foreign file is refused before anything in it is looked at; the rest is
read with ``weights_only=True``, which executes nothing (see the documentation of `torch.load`).
"""

import hashlib
import io
import os
import tempfile
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

FORMAT = b"charrnn checkpoint 1 "


class CheckpointError(ValueError):
    """A file that is no checkpoint, a damaged one, or one of another training run."""


def fingerprint(letters: Tensor) -> str:
    """A short name for a text ``(N,)``: other letters, another name."""
    return hashlib.sha256(letters.cpu().numpy().tobytes()).hexdigest()[:16]


def save(
    path: str | Path, model: nn.Module, optimizer: torch.optim.Optimizer,
    settings: dict[str, Any], curves: dict[str, list[float]],
) -> None:  # fmt: skip
    """Write a checkpoint; whatever interrupts this, the file at ``path`` is the old or the new one.

    Raises:
        OSError: the folder is missing or cannot be written to.
    """
    buffer = io.BytesIO()
    content = {"settings": settings, "curves": curves}
    torch.save(content | {"model": model.state_dict(), "optimizer": optimizer.state_dict()}, buffer)
    body = buffer.getvalue()
    head = FORMAT + hashlib.sha256(body).hexdigest().encode() + b"\n"
    # Beside the file, so that the last step is a rename within one disk.
    handle, part = tempfile.mkstemp(dir=Path(path).parent, prefix=Path(path).name, suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(head + body)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise


def load(
    path: str | Path, model: nn.Module, optimizer: torch.optim.Optimizer, settings: dict[str, Any]
) -> dict[str, list[float]]:
    """Put a checkpoint into the model and the optimizer; returns the curves so far.

    Nothing is changed if the file is refused.

    Raises:
        FileNotFoundError: there is no such file.
        CheckpointError: the file is no checkpoint or damaged, holds more than numbers, or comes
            from a run with other settings.
    """
    whole = Path(path).read_bytes()
    head, _, body = whole.partition(b"\n")
    if not head.startswith(FORMAT):
        raise CheckpointError(f"{path} is not a checkpoint of this book: name another file.")
    if head[len(FORMAT) :] != hashlib.sha256(body).hexdigest().encode():
        raise CheckpointError(
            f"{path} is damaged, its content is not what was written. "
            "Delete it and start again, or take an older copy."
        )
    try:
        content = torch.load(io.BytesIO(body), map_location="cpu", weights_only=True)
        found, curves = content["settings"], content["curves"]
        parts = content["model"], content["optimizer"]
    except Exception as error:  # whatever a forged file makes torch raise
        raise CheckpointError(f"{path} holds something else than a training run.") from error
    if found != settings:
        names = sorted(k for k in settings.keys() | found.keys() if settings.get(k) != found.get(k))
        told = ", ".join(f"{k} ({found.get(k)} there, {settings.get(k)} here)" for k in names)
        raise CheckpointError(
            f"{path} comes from other training: {told}. "
            "Use the same settings, or another file for this run."
        )
    model.load_state_dict(parts[0])
    optimizer.load_state_dict(parts[1])
    return dict(curves)
