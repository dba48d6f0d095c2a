"""A model in a file, with the letters that it knows: for the book's pages, and for Python.

A file is in the safetensors format (https://github.com/huggingface/safetensors): eight bytes say
how long the header is, the header is JSON, and the numbers follow as little-endian float32. Nothing
in it can be executed. Beside the weights, under PyTorch's names, the header tells the kind, the
letters, how they spell a text, the losses of each epoch and a check sum. The living figure
`lab.own_text` saves and opens the same files, in arithmetic/model_file.js.
"""

import json
import math
import os
import zlib
from dataclasses import dataclass, field
from typing import Any, BinaryIO

import numpy as np
import torch
from torch import Tensor

from charrnn.arguments import instance, quoted
from charrnn.history import History
from charrnn.layers import atomic, checkpoint
from charrnn.layers.checkpoint import CheckpointError
from charrnn.layers.model import CharModel
from charrnn.runtime import seeded
from charrnn.text.hangul import Spelling, checked_spelling
from charrnn.text.vocabulary import Vocabulary

VERSION = 1
LONGEST_HEADER = 1_000_000  # bytes


@dataclass
class SavedModel:
    """What a file holds: the model, its letters, how they spell a text, its training.

    A model reads texts as `text.hangul.encode_as` spells them, and `decode_from` gives back what it
    writes.
    """

    model: CharModel
    vocabulary: Vocabulary
    spelling: Spelling = "syllables"
    history: History = field(default_factory=History)


def save(
    path: str | os.PathLike[str],
    model: CharModel,
    vocabulary: Vocabulary,
    *,
    spelling: Spelling = "syllables",
    history: History | None = None,
) -> None:
    """Write a model into a file, whole or not at all; `lab.own_text` opens it in the page.

    Args:
        path: of the file, such as ``"mine.safetensors"``; its folder must be there.
        model: whose weights are kept, as float32.
        vocabulary: the one it was taught with.
        spelling: ``"syllables"``, letters as they are, ``"jamo"`` or ``"bytes"``.
        history: of its training, as `layers.train` returned it.

    Raises:
        OSError: the file cannot be written.
        TypeError: something else than a path, a model, a vocabulary or a history.
        ValueError: another spelling, a vocabulary of another size than the model's, weights that
            are nan or inf, or a path where no file can be.
    """
    kept = History() if history is None else history
    content = to_bytes(SavedModel(model, vocabulary, spelling, kept))
    place = atomic.place("path", path)
    atomic.check_folder("path", place)
    atomic.write_whole(place, [content], lambda part: from_bytes(part.read_bytes()))


def load(path: str | os.PathLike[str], vocabulary: Vocabulary | None = None) -> SavedModel:
    """Read a model that `save`, or the page, has written; or a checkpoint of `layers.train`.

    Args:
        path: of the file.
        vocabulary: for a checkpoint of `layers.train`, which does not hold its letters. Every other
            file does, those of ``python -m charrnn train`` too; a vocabulary given beside it has to
            be the same.

    Raises:
        OSError: there is no such file, or it may not be read.
        TypeError: no path or vocabulary.
        CheckpointError: the file is neither of the two, is damaged or of a newer version, holds
            other letters than the vocabulary, or is a checkpoint and the vocabulary is missing or
            of another size.
    """
    if vocabulary is not None:
        instance("vocabulary", vocabulary, Vocabulary)
    there, shown = checkpoint.place(path), os.fspath(path)
    with open(there, "rb") as file:
        if file.read(len(checkpoint.FORMAT)) == checkpoint.FORMAT:
            return _from_checkpoint(path, shown, vocabulary)
        if not _begins(file):
            raise CheckpointError(f"{shown} is no model of this book: name another file.")
        found = from_bytes(file.read(), shown)
    _check_letters(shown, found.vocabulary, vocabulary)
    return found


def _check_letters(shown: str, own: Vocabulary, given: Vocabulary | None) -> None:
    if given is not None and given != own:
        raise CheckpointError(
            f"{shown} holds its own letters, and they are not those of the vocabulary: "
            "leave the vocabulary out."
        )


def is_one(path: str | os.PathLike[str]) -> bool:
    """Whether a file begins as those that `save` writes.

    Raises:
        OSError: there is no such file, or it may not be read.
        TypeError: no path.
        CheckpointError: a folder or a device.
    """
    with open(checkpoint.place(path), "rb") as file:
        return _begins(file)


def to_bytes(saved: SavedModel) -> bytes:
    """The bytes of a file; raises as `save`."""
    model = instance("model", saved.model, CharModel)
    vocabulary = instance("vocabulary", saved.vocabulary, Vocabulary)
    spelling = checked_spelling(saved.spelling)
    history = instance("history", saved.history, History)
    if vocabulary.size != model.vocab_size:
        raise ValueError(
            f"The model knows {model.vocab_size} letters, the vocabulary has {vocabulary.size}: "
            "take the one that the model was taught with."
        )
    entries, data = {}, b""
    for name, weights in model.state_dict().items():
        numbers = weights.detach().cpu().float()
        if not bool(torch.isfinite(numbers).all()):
            raise ValueError("model holds nan or inf: its training has diverged.")
        begin, data = len(data), data + numbers.numpy().astype("<f4").tobytes()
        entries[name] = {
            "dtype": "F32", "shape": list(weights.shape), "data_offsets": [begin, len(data)],
        }  # fmt: skip
    told = {
        "format": "pt", "charrnn": str(VERSION), "kind": model.kind,
        "letters": vocabulary.letters, "spelling": spelling, "crc32": f"{zlib.crc32(data):08x}",
        "losses": json.dumps(history.losses, allow_nan=False),
        "validation_losses": json.dumps(history.validation_losses, allow_nan=False),
    }  # fmt: skip
    header = json.dumps({"__metadata__": told, **entries}, ensure_ascii=False).encode()
    header += b" " * (-len(header) % 8)
    return len(header).to_bytes(8, "little") + header + data


def from_bytes(content: bytes, shown: str = "the file") -> SavedModel:
    """What the bytes of a file hold; raises as `load`."""
    length = int.from_bytes(content[:8], "little")
    try:
        header = json.loads(content[8 : 8 + length]) if 1 < length <= LONGEST_HEADER else {}
        told = header["__metadata__"]
        version = int(told["charrnn"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise CheckpointError(f"{shown} is no model of this book: name another file.") from error
    if version > VERSION:
        raise CheckpointError(
            f"{shown} was written by a newer version of this book (format {version}, here "
            f"{VERSION}): update the package."
        )
    data = content[8 + length :]
    if told.get("crc32") != f"{zlib.crc32(data):08x}":
        raise CheckpointError(
            f"{shown} is damaged, its content is not what was written: take another copy."
        )
    try:
        return _read(header, told, data)
    except Exception as error:  # whatever a forged file makes of this
        reason = str(error)[: checkpoint.LONGEST_REASON]
        raise CheckpointError(f"{shown} holds something else than a model: {reason}") from error


def _read(header: dict[str, Any], told: dict[str, str], data: bytes) -> SavedModel:
    vocabulary = Vocabulary(told["letters"])
    _, hidden_size = header["output.weight"]["shape"]
    model = _made(vocabulary.size, hidden_size, told["kind"])
    weights: dict[str, Tensor] = {}
    for name, wanted in model.state_dict().items():
        entry = header[name]
        begin, end = entry["data_offsets"]
        fits = end - begin == 4 * wanted.numel() and 0 <= begin <= end <= len(data)
        if entry["dtype"] != "F32" or entry["shape"] != list(wanted.shape) or not fits:
            raise ValueError(f"{name} is {quoted(entry)}, not of the shape {tuple(wanted.shape)}.")
        numbers = np.frombuffer(data[begin:end], "<f4").astype(np.float32)
        weights[name] = torch.from_numpy(numbers).view(wanted.shape)
        if not bool(torch.isfinite(weights[name]).all()):
            raise ValueError(f"{name} holds nan or inf.")
    history = History(
        _losses(told.get("losses", "[]")), _losses(told.get("validation_losses", "[]"))
    )
    model.load_state_dict(weights)
    return SavedModel(model, vocabulary, checked_spelling(told["spelling"]), history)


def _made(vocab_size: int, hidden_size: int, kind: str) -> CharModel:
    """A model to be filled in; its first weights are drawn without moving torch's generator."""
    with seeded(0):
        return CharModel(vocab_size, hidden_size, kind)


def _losses(text: str) -> list[float]:
    found = [float(loss) for loss in json.loads(text)]
    if not all(math.isfinite(loss) for loss in found):
        raise ValueError("it holds a loss that is nan or inf.")
    return found


def _begins(file: BinaryIO) -> bool:
    """Whether the first bytes promise a header; a file of any length may begin otherwise."""
    file.seek(0)
    length, brace = int.from_bytes(file.read(8), "little"), file.read(1)
    file.seek(0)
    return 1 < length <= LONGEST_HEADER and brace == b"{"


def _from_checkpoint(
    path: str | os.PathLike[str], shown: str, vocabulary: Vocabulary | None
) -> SavedModel:
    content = checkpoint.read(path)
    settings, curves = content["settings"], content["curves"]
    if vocabulary is None and "letters" not in settings:
        raise CheckpointError(
            f"{shown} is a checkpoint of layers.train, which does not hold its letters: "
            "give the vocabulary too."
        )
    try:
        model = _made(settings["vocab_size"], settings["hidden_size"], settings["kind"])
        model.load_state_dict(content["model"])
        own = Vocabulary(settings["letters"]) if "letters" in settings else vocabulary
        spelling = checked_spelling(settings.get("spelling", "syllables"))
        history = History(list(curves["training"]), list(curves["validation"]), dict(settings))
    except Exception as error:  # whatever a forged file makes of this
        raise CheckpointError(f"{shown} holds something else than a training run.") from error
    assert own is not None  # one of the two is there
    _check_letters(shown, own, vocabulary)
    if own.size != model.vocab_size:
        raise CheckpointError(
            f"{shown} knows {model.vocab_size} letters, the vocabulary has {own.size}: "
            "take the one that it was taught with."
        )
    return SavedModel(model, own, spelling, history)
