"""Checkpoints: a training run kept in a file, written whole or not at all, and safely read.

A file is one line of text, then what `torch.save` wrote. The line names the format and the SHA-256
of the rest, so a damaged or foreign file is refused before anything in it is looked at; the rest is
read with ``weights_only=True``, which executes nothing (see the documentation of `torch.load`).
"""

import copy
import hashlib
import io
import math
import os
import re
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from charrnn.arguments import indices, instance, quoted
from charrnn.layers import atomic

FORMAT = b"charrnn checkpoint "
VERSION = 2
HEAD = re.compile(re.escape(FORMAT) + rb"(\d{1,9}) ([0-9a-f]{64})\n")
LONGEST_HEAD = len(FORMAT) + 9 + 1 + 64 + 1
PLAIN = (str, int, float, bool, type(None))  # what settings may hold
CURVES = ("training", "validation")
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
    settings: dict[str, Any], curves: dict[str, list[float]],
) -> None:  # fmt: skip
    """Write a checkpoint; whatever interrupts this, the file at ``path`` is the old or the new one.

    What was written is read back before it takes the old one's place.

    Args:
        path: of the file; its folder must be there.
        model: whose weights are kept.
        optimizer: whose averages are kept.
        settings: by name; Python's own numbers, strings, truth values and None.
        curves: ``training`` and ``validation``, a loss for each epoch.

    Raises:
        OSError: it cannot be written, as when the disk is full.
        TypeError: no path, model or optimizer, or no settings or curves of this kind.
        CheckpointError: no place for a file, or what was written could not be read back.
    """
    _check_run(model, optimizer)
    _check_settings("settings", settings)
    _check_curves("curves", curves, settings)
    check_folder(path)
    buffer = io.BytesIO()
    content = {"settings": settings, "curves": curves}
    torch.save(content | {"model": model.state_dict(), "optimizer": optimizer.state_dict()}, buffer)
    body = buffer.getvalue()
    head = FORMAT + f"{VERSION} {hashlib.sha256(body).hexdigest()}\n".encode()
    atomic.write_whole(place(path), head + body, _read)


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
    _check_run(model, optimizer)
    _check_settings("settings", settings)
    there = place(path)
    shown = os.fspath(path)
    content = _read(there, shown)
    try:
        found, curves = content["settings"], content["curves"]
        _check_settings("settings", found)
        _compare(shown, found, settings)
        _check_curves("curves", curves, found)
        _check_same_form("model", content["model"], model.state_dict())
        averages = _checked_optimizer(content["optimizer"], optimizer, bool(curves["training"]))
    except CheckpointError:
        raise
    except Exception as error:  # whatever a forged file makes of this
        raise CheckpointError(
            f"{shown} holds something else than a training run: {str(error)[:LONGEST_REASON]}"
        ) from error
    model.load_state_dict(content["model"])
    optimizer.load_state_dict(averages)
    return {name: list(curves[name]) for name in CURVES}


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
                f"{shown} is damaged, its content is not what was written. "
                "Delete it and start again, or take an older copy."
            )
        file.seek(line.end())
        body = io.BytesIO(file.read())
    try:
        content = torch.load(body, map_location="cpu", weights_only=True)
        if content.keys() != {"settings", "curves", "model", "optimizer"}:
            raise ValueError(f"it holds {quoted(sorted(content))}")
    except Exception as error:  # whatever a forged file makes torch raise
        raise CheckpointError(f"{shown} holds something else than a training run.") from error
    return dict(content)


def _check_run(model: Any, optimizer: Any) -> None:
    instance("model", model, nn.Module)
    instance("optimizer", optimizer, torch.optim.Optimizer)


def _check_settings(name: str, settings: Any) -> None:
    if not isinstance(settings, dict):
        raise TypeError(f"{name} must be a dict, got {quoted(settings)}.")
    for key, value in settings.items():
        # By type: NumPy's float64 is a float to isinstance, but cannot be read back.
        if type(key) is not str or type(value) not in PLAIN:
            raise TypeError(
                f"{name} must hold strings and Python's own numbers by name, "
                f"got {quoted(key)}: {quoted(value)}."
            )


def _check_curves(name: str, curves: Any, settings: dict[str, Any]) -> None:
    if not isinstance(curves, dict) or set(curves) != set(CURVES):
        raise TypeError(f"{name} must be a dict of training and validation, got {quoted(curves)}.")
    for key in CURVES:
        losses = curves[key]
        if type(losses) is not list or not all(
            type(loss) is float and math.isfinite(loss) for loss in losses
        ):
            raise TypeError(f"{name} must hold lists of finite losses, got {quoted(losses)}.")
    wanted = len(curves["training"]) if settings.get("validation") is not None else 0
    if len(curves["validation"]) != wanted:
        raise TypeError(
            f"{name} must hold {wanted} losses of validation for {len(curves['training'])} epochs, "
            f"got {len(curves['validation'])}."
        )


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


def _check_same_form(name: str, found: Any, wanted: Any) -> None:
    """Refuse what has other keys, kinds, shapes or number types than ``wanted``."""
    if isinstance(wanted, Tensor):
        same = isinstance(found, Tensor) and found.device.type == "cpu" and (
            (found.shape, found.dtype, found.layout) == (wanted.shape, wanted.dtype, wanted.layout)
        )  # fmt: skip
        if not same:
            raise ValueError(f"{name} is {quoted(found)}, not {quoted(wanted)}.")
    elif isinstance(wanted, dict):
        if not isinstance(found, dict) or found.keys() != wanted.keys():
            raise ValueError(f"{name} holds {quoted(found)}, not {quoted(list(wanted))}.")
        for key, value in wanted.items():
            _check_same_form(f"{name}, {key}", found[key], value)
    elif type(found) is not type(wanted):
        raise ValueError(f"{name} is {quoted(found)}, not {quoted(wanted)}.")


def _checked_optimizer(
    found: Any, optimizer: torch.optim.Optimizer, stepped: bool
) -> dict[str, Any]:
    """The state that an optimizer left, once it is known to be one with the same settings.

    ``stepped``: whether it has made a step, so that there are averages.
    """
    twin = copy.deepcopy(optimizer)  # with weights of its own
    if stepped:
        for group in twin.param_groups:
            for weight in group["params"]:
                weight.grad = torch.zeros_like(weight)
        twin.step()
    wanted = twin.state_dict()
    _check_same_form("optimizer", {**found, "param_groups": 0}, {**wanted, "param_groups": 0})
    for theirs, ours in zip(found["param_groups"], wanted["param_groups"], strict=True):
        for key in {"params", "lr"} | (theirs.keys() & ours.keys()):  # other torch, other keys
            if theirs[key] != ours[key]:
                raise ValueError(
                    f"optimizer has {key} {quoted(theirs[key])}, here it is {quoted(ours[key])}."
                )
    return {"state": found["state"], "param_groups": wanted["param_groups"]}
