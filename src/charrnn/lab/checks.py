"""What several figures ask of their arguments."""

from typing import Any

import torch

from charrnn.arguments import MOST_SEED, whole
from charrnn.lab.traits import check_text
from charrnn.scratch.cell import PostCell, check_cell
from charrnn.scratch.training import MOST_EPOCHS
from charrnn.text.vocabulary import Vocabulary, known

# What the figures' own fields take, and a page carries without weight.
LONGEST_TEXT = 10_000  # letters of a text to learn or to turn into a matrix
MOST_HIDDEN = 128  # units
MOST_WEIGHTS = 1_000_000  # of one cell, four bytes each
FASTEST = 1_000  # epochs or letters a second


def readable(name: str, text: Any, most: int, least: int = 1) -> str:
    """A text that a figure can show: ``least`` to ``most`` letters.

    Raises:
        TypeError: no string.
        ValueError: too short or too long, or half of a pair of code units, which no page can hold.
    """
    shown = check_text(name, text)
    if not least <= len(shown) <= most:
        raise ValueError(f"{name} must have {least} to {most} letters here, got {len(shown)}.")
    return shown


def fitting_vocabulary(cell: PostCell, vocabulary: Vocabulary | None) -> Vocabulary:
    """The vocabulary, once the cell is known to be the post's, of its size, and fit for a page."""
    check_cell(cell, wiring=PostCell)
    vocabulary = known(vocabulary)
    if cell.vocab_size != vocabulary.size:
        raise ValueError(
            f"vocabulary must be of the cell's {cell.vocab_size} letters, it has {vocabulary.size}."
        )
    size = cell.vocab_size + cell.hidden_size
    if size * (size + 1) > MOST_WEIGHTS:
        raise ValueError(
            f"cell must have at most {MOST_WEIGHTS} weights to fit into a page, "
            f"got {size * (size + 1)}."
        )
    if not all(torch.isfinite(p).all() for p in cell.parameters()):
        raise ValueError("cell holds nan or inf: its training has diverged; train it again.")
    return vocabulary


def check_training(hidden_size: Any, seed: Any, epochs: Any) -> tuple[int, int, int]:
    """The settings that `training` and `spikes` share, in the ranges of their fields.

    Raises:
        TypeError, ValueError: no whole number, or out of range; the message names it.
    """
    return (
        whole("hidden_size", hidden_size, least=1, most=MOST_HIDDEN),
        whole("seed", seed, least=0, most=MOST_SEED),
        whole("epochs", epochs, least=1, most=MOST_EPOCHS),
    )
