"""The settings of a run: as the options ask for them, and beside those of an earlier run."""

import math
import os
from argparse import Namespace
from pathlib import Path
from typing import Any

from charrnn.command import defaults, models, training
from charrnn.command.letters import Letters
from charrnn.layers.model import MOST_WEIGHTS, checked_sizes
from charrnn.translations import choose

OPTIONS = {  # the settings that an option sets, by the option's name
    "kind": "--kind", "hidden_size": "--hidden", "batch": "--batch", "steps": "--steps",
    "learning_rate": "--learning-rate", "clip": "--clip", "seed": "--seed",
    "held_out": "--held-out", "spelling": "--letters",
}  # fmt: skip


def asked_for(options: Namespace, letters: Letters, path: Path) -> dict[str, Any]:
    """The settings of a new run, by name, as a checkpoint keeps them.

    Raises:
        ModelError: a model that large is refused.
    """
    size = letters.vocabulary.size
    try:
        checked_sizes(size, options.hidden, options.kind)
    except ValueError as error:
        raise models.ModelError(
            choose(
                f"--hidden {options.hidden}: 글자가 {size:,}개일 때는 너무 큽니다. "
                f"가중치는 {MOST_WEIGHTS:,}개까지 둘 수 있습니다.",
                f"--hidden {options.hidden} is too large for {size:,} letters: a model has at "
                f"most {MOST_WEIGHTS:,} weights.",
            )
        ) from error
    held_out = options.held_out
    if held_out is None:
        held_out = min(letters.count // defaults.SHARE_HELD_OUT, defaults.MOST_HELD_OUT)
    learned = max(letters.count - held_out, 1)
    enough = max(1, math.ceil(defaults.LETTERS_READ / learned))
    return {
        "vocab_size": size, "hidden_size": options.hidden,
        "kind": options.kind, "dtype": "float32", "batch": options.batch, "steps": options.steps,
        "learning_rate": options.learning_rate, "clip": options.clip, "carry": True,
        "seed": options.seed, "text": letters.fingerprint, "held_out": held_out,
        "validation": f"the last {held_out}" if held_out else None,
        "letters": letters.vocabulary.letters, "spelling": options.spelling,
        "text_file": relative(Path(options.text), path), "threads": options.threads,
        "epochs": options.epochs or min(defaults.MOST_EPOCHS_UNASKED, enough),
    }  # fmt: skip


def check_same(path: Path, found: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Refuse to train on in a file of other training, and say in what it differs.

    Raises:
        ModelError: it holds what another text or other settings have made.
    """
    names = [key for key in wanted if key not in training.FREE and found.get(key) != wanted[key]]
    if not names:
        return
    if {"text", "letters", "vocab_size"} & set(names):
        raise models.ModelError(
            choose(
                f"{path}에는 다른 글을 배운 모델이 있습니다. --output으로 다른 이름을 정하십시오.",
                f"{path} holds a model of another text: name another file with --output.",
            )
        )
    told = ", ".join(f"{OPTIONS[key]} {found.get(key)}" for key in names if key in OPTIONS)
    raise models.ModelError(
        choose(
            f"{path}에는 다른 설정으로 배운 모델이 있습니다({told}). --output으로 다른 이름을 "
            f"정하거나, 그 모델을 더 학습시키려면 python -m charrnn resume {path}를 쓰십시오.",
            f"{path} holds a model trained with other settings ({told}): name another file with "
            f"--output, or train that model on with python -m charrnn resume {path}.",
        )
    )


def relative(text: Path, path: Path) -> str:
    """Where the text is, seen from the model's folder: they may be moved together."""
    try:
        return os.path.relpath(text.resolve(), path.resolve().parent)
    except ValueError:  # on another drive of Windows
        return str(text.resolve())
