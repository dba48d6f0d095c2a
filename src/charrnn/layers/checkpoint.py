"""Checkpoints: a training run kept in a file, written whole or not at all, and safely read.

A file is one line of text, then what `torch.save` wrote. The line names the format and the SHA-256
of the rest, so a damaged or foreign file is refused before anything in it is looked at. Whoever
makes a file can make its line too; so the rest is read with ``weights_only=True``, which refuses
code (see the documentation of `torch.load`). Before PyTorch 2.6 that had a hole (CVE-2025-32434),
so pyproject.toml asks for 2.6. A file from a stranger is still better left alone.
"""

import hashlib
import io
import os
import re
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from charrnn.arguments import indices, quoted
from charrnn.layers import atomic, kept
from charrnn.translations import choose

FORMAT = b"charrnn checkpoint "
VERSION = 2
HEAD = re.compile(re.escape(FORMAT) + rb"(\d{1,9}) ([0-9a-f]{64})\n")
LONGEST_HEAD = len(FORMAT) + 9 + 1 + 64 + 1
LONGEST_REASON = 300  # letters of why a file was refused


class CheckpointError(ValueError):
    """A file that is no checkpoint, a damaged one, or one of another training run."""


def fingerprint(letters: Tensor) -> str:
    """A short name for a text ``(N,)``: other letters, another name, whatever the integers' size.

    Raises:
        TypeError, ValueError: no letters, as `charrnn.arguments.indices` says.
    """
    numbers = indices("letters", letters).cpu().numpy().astype("<i8")
    return hashlib.sha256(numbers.tobytes()).hexdigest()[:16]


def place(path: str | os.PathLike[str]) -> Path:
    """The file that ``path`` means; a link leads to what it points at.

    Raises:
        TypeError: no path.
        CheckpointError: a folder or a device, or no name of a file.
    """
    try:
        return atomic.place("path", path)
    except ValueError as error:
        raise CheckpointError(str(error)) from error


def check_folder(path: str | os.PathLike[str]) -> None:
    """Refuse a path where no checkpoint can be written, before there is anything to lose.

    Raises:
        TypeError: no path.
        CheckpointError: as `place`, or its folder is missing or may not be written to.
    """
    try:
        atomic.check_folder("path", place(path))
    except ValueError as error:
        raise CheckpointError(str(error)) from error


def save(
    path: str | os.PathLike[str], model: nn.Module, optimizer: torch.optim.Optimizer,
    settings: dict[str, Any], curves: dict[str, list[float]], middle: dict[str, Any] | None = None,
) -> None:  # fmt: skip
    """Write a checkpoint; whatever interrupts this, the file at ``path`` is the old or the new one.

    What was written is read back before it takes the old one's place.

    Args:
        path: of the file; its folder must be there.
        model: whose weights are kept.
        optimizer: whose averages are kept.
        settings: by name; Python's own numbers, strings, truth values and None.
        curves: ``training`` and ``validation``, a loss for each epoch.
        middle: tensors and numbers by name, where the run stands within an epoch; None after one.

    Raises:
        OSError: it cannot be written, as when the disk is full.
        TypeError: no path, model or optimizer, or no settings, curves or middle of this kind.
        CheckpointError: no place for a file, or what was written could not be read back.
    """
    kept.check_run(model, optimizer)
    kept.check_settings("settings", settings)
    kept.check_curves("curves", curves, settings)
    if not (middle is None or isinstance(middle, dict)):
        raise TypeError(f"middle must be a dict, or None after an epoch, got {quoted(middle)}.")
    check_folder(path)
    buffer = io.BytesIO()
    content = {"settings": settings, "curves": curves}
    content |= {} if middle is None else {"middle": middle}
    torch.save(content | {"model": model.state_dict(), "optimizer": optimizer.state_dict()}, buffer)
    body = buffer.getvalue()
    head = FORMAT + f"{VERSION} {hashlib.sha256(body).hexdigest()}\n".encode()
    atomic.write_whole(place(path), [head, body], _read)


def load(
    path: str | os.PathLike[str], model: nn.Module, optimizer: torch.optim.Optimizer,
    settings: dict[str, Any],
) -> dict[str, list[float]]:  # fmt: skip
    """Put a checkpoint into the model and the optimizer; returns the curves so far.

    Nothing is changed if the file is refused.

    Raises:
        OSError: there is no such file, or it may not be read.
        TypeError: no path, model, optimizer or settings.
        CheckpointError: the file is no checkpoint or damaged, of another version, holds more than
            numbers or numbers that do not fit, or comes from a run with other settings.
    """
    kept.check_run(model, optimizer)
    kept.check_settings("settings", settings)
    return restore(read(path), path, model, optimizer, settings)


def read(path: str | os.PathLike[str]) -> dict[str, Any]:
    """What `save` wrote: settings, curves, the states of model and optimizer, perhaps the middle.

    Settings and curves are of their kind, the rest is checked where it is put to use.

    Raises:
        OSError: there is no such file, or it may not be read.
        TypeError: no path.
        CheckpointError: as `load`, but for what does not fit.
    """
    there, shown = place(path), os.fspath(path)
    content = _read(there, shown)
    try:
        kept.check_settings("settings", content["settings"])
        kept.check_curves("curves", content["curves"], content["settings"])
    except TypeError as error:  # in a forged file
        raise no_run(shown, error) from error
    return content


def restore(
    content: dict[str, Any], path: str | os.PathLike[str], model: nn.Module,
    optimizer: torch.optim.Optimizer, settings: dict[str, Any],
) -> dict[str, list[float]]:  # fmt: skip
    """Put what `read` found at ``path`` into model and optimizer; `load` says how and when not."""
    shown = os.fspath(path)
    try:
        found, curves = content["settings"], content["curves"]
        _compare(shown, found, settings)
        kept.check_same_form("model", content["model"], model.state_dict())
        stepped = bool(curves["training"]) or "middle" in content
        averages = kept.checked_optimizer(content["optimizer"], optimizer, stepped)
    except CheckpointError:
        raise
    except Exception as error:  # whatever a forged file makes of this
        raise no_run(shown, error) from error
    model.load_state_dict(content["model"])
    optimizer.load_state_dict(averages)
    return {name: list(curves[name]) for name in kept.CURVES}


def no_run(shown: str | os.PathLike[str], error: Exception) -> CheckpointError:
    """The refusal of a file whose content is of no training run, with the reason."""
    reason = str(error)[:LONGEST_REASON]
    return CheckpointError(f"{shown} holds something else than a training run: {reason}")


def _read(there: Path, shown: str = "the new file") -> dict[str, Any]:
    """What is in a file; its first line is looked at before the rest is read."""
    with open(there, "rb") as file:
        head = file.read(LONGEST_HEAD)
        if not head.startswith(FORMAT):
            raise CheckpointError(f"{shown} is not a checkpoint of this book: name another file.")
        number = re.match(rb"\d{1,9}(?= )", head[len(FORMAT) :])
        if number and int(number[0]) != VERSION:
            newer = int(number[0]) > VERSION
            raise CheckpointError(
                f"{shown} was written by {'a newer' if newer else 'an older'} version of this "
                f"package (format {int(number[0])}, here {VERSION}): "
                + ("update the package." if newer else "name another file to start again.")
            )
        line = HEAD.match(head)
        file.seek(line.end() if line else 0)
        # The sum first, a piece at a time: a file of any length may bear this line.
        if not line or hashlib.file_digest(file, "sha256").hexdigest().encode() != line[2]:
            raise CheckpointError(
                choose(
                    f"{shown}: 파일이 망가져서 적어 둔 것과 내용이 다릅니다. "
                    "지우고 처음부터 하거나, 전에 복사해 둔 것을 쓰십시오.",
                    f"{shown} is damaged, its content is not what was written. "
                    "Delete it and start again, or take an older copy.",
                )
            )
        file.seek(line.end())
        body = io.BytesIO(file.read())
    try:
        content = torch.load(body, map_location="cpu", weights_only=True)
        if content.keys() - {"middle"} != {"settings", "curves", "model", "optimizer"}:
            raise ValueError(f"it holds {quoted(sorted(content))}")
    except Exception as error:  # whatever a forged file makes torch raise
        raise CheckpointError(f"{shown} holds something else than a training run.") from error
    return dict(content)


def _compare(shown: str, found: dict[str, Any], settings: dict[str, Any]) -> None:
    """Refuse a file of other settings, and name them."""
    names = sorted(k for k in settings.keys() | found.keys() if settings.get(k) != found.get(k))
    if names:
        said = {key: [_said(side, key) for side in (found, settings)] for key in names}
        told = ", ".join(f"{quoted(k)[1:-1]} ({a} there, {b} here)" for k, (a, b) in said.items())
        raise CheckpointError(
            f"{shown} comes from other training: {told}. "
            "Use the same settings, or another file for this run."
        )


def _said(settings: dict[str, Any], key: str) -> str:
    value = settings.get(key)
    return "none" if value is None else quoted(value).strip("'")
