"""Model files as the command line writes and reads them: a checkpoint that knows its letters."""

import os
from argparse import Namespace
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from charrnn.arguments import MOST_RATE, real, string, whole
from charrnn.layers import CharModel, checkpoint, model_file
from charrnn.text.hangul import Spelling, checked_spelling
from charrnn.text.vocabulary import Vocabulary
from charrnn.translations import choose


class ModelError(ValueError):
    """A model file that cannot do what is asked of it."""


@dataclass(frozen=True)
class Saved:
    """A model from a file, and what the file tells of its training."""

    model: CharModel
    vocabulary: Vocabulary
    spelling: Spelling
    content: dict[str, Any]  # as `checkpoint.read` gives it

    @property
    def settings(self) -> dict[str, Any]:
        """The settings of the training."""
        return dict(self.content["settings"])


def made(settings: dict[str, Any]) -> tuple[CharModel, torch.optim.Optimizer]:
    """A model and its Adam as the settings say, with first weights as they come."""
    model = CharModel(settings["vocab_size"], settings["hidden_size"], settings["kind"])
    return model, torch.optim.Adam(model.parameters(), lr=settings["learning_rate"])


def opened(path: str | os.PathLike[str]) -> Saved:
    """A model from a file.

    Raises:
        OSError: there is no such file, or it may not be read.
        CheckpointError: it is no model, or damaged.
        ModelError: it is one without its letters, such as one that `layers.train` saved.
    """
    content = checkpoint.read(path)
    settings = content["settings"]
    if "letters" not in settings or "spelling" not in settings:
        raise ModelError(
            choose(
                f"{path}에는 모델이 배운 글자가 적혀 있지 않습니다. "
                "python -m charrnn train으로 학습한 모델을 쓰십시오.",
                f"{path} does not say which letters its model learned: "
                "take one that python -m charrnn train has made.",
            )
        )
    try:
        vocabulary = Vocabulary(settings["letters"])
        spelling = checked_spelling(settings["spelling"])
        if vocabulary.size != settings["vocab_size"]:
            raise ValueError(f"{vocabulary.size} letters for {settings['vocab_size']}")
        _check_run(settings, content.get("middle"))
        model, optimizer = made(settings)
    except Exception as error:  # whatever a forged file makes of this
        raise checkpoint.no_run(path, error) from error
    checkpoint.restore(content, path, model, optimizer, settings)
    return Saved(model, vocabulary, spelling, content)


def _check_run(settings: dict[str, Any], middle: Any) -> None:
    """Refuse settings that nothing can be trained with, or a middle that stands nowhere."""
    for name, least in (("batch", 1), ("steps", 1), ("seed", 0), ("held_out", 0), ("epochs", 1)):
        whole(name, settings[name], least=least)
    real("learning_rate", settings["learning_rate"], above=0, most=MOST_RATE)
    real("clip", settings["clip"], above=0)
    string("text_file", settings["text_file"])
    if middle is not None:
        whole("segment", middle["segment"], least=1)


def to_look_at(path: str | os.PathLike[str]) -> Saved:
    """A model from a file that `train` wrote, or that `lab.own_text` saved in the page.

    The latter does not tell how it was trained: of the settings it has those of the model alone.

    Raises:
        OSError, CheckpointError, ModelError: as `opened`.
    """
    if not model_file.is_one(path):
        return opened(path)
    found = model_file.load(path)
    model, history = found.model, found.history
    settings = {
        "vocab_size": model.vocab_size, "hidden_size": model.hidden_size, "kind": model.kind,
        "spelling": found.spelling,
    }  # fmt: skip
    curves = {"training": history.losses, "validation": history.validation_losses}
    content = {"settings": settings, "curves": curves}
    return Saved(model, found.vocabulary, found.spelling, content)


def output(options: Namespace) -> Path:
    """Where `train` writes the model: where it is told, or beside where the user stands."""
    return Path(options.output or Path(options.text).stem + ".pt")
