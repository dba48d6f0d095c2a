"""The living figures of the first four chapters, one function each."""

from collections.abc import Mapping
from typing import Any

import torch

from charrnn import pictures
from charrnn.arguments import MOST_SEED, quoted, real, whole
from charrnn.lab.figure import Figure, numbers_of, readable
from charrnn.pictures.picture import Picture
from charrnn.scratch.cell import PostCell, check_cell, run
from charrnn.scratch.generation import Feed, check_settings, generate
from charrnn.scratch.training import MOST_EPOCHS, train
from charrnn.text.vocabulary import SENTENCE, Vocabulary, known

# What the figures' own fields take, and a page carries without weight.
LONGEST = {"one_hot": 10_000, "cell": 1_000, "training": 10_000}  # letters
MOST_HIDDEN = 128  # units
MOST_WEIGHTS = 1_000_000  # of one cell, four bytes each
MOST_CELLS = 20  # side by side
FASTEST = 1_000  # epochs or letters a second


def one_hot(text: str = SENTENCE, *, vocabulary: Vocabulary | None = None) -> Figure:
    """A text becomes a matrix while it is typed; ``result`` tells its shape.

    Args:
        text: what to begin with, up to 10,000 letters.
        vocabulary: the post's 35 letters unless given.

    Raises:
        TypeError: no text, or no vocabulary.
        ValueError: too long a text.
        VocabularyError: a letter of ``text`` is unknown. (One that is typed later is explained.)
    """
    vocabulary = known(vocabulary)
    text = readable("text", vocabulary.normalise(text), LONGEST["one_hot"])
    return Figure(
        "one_hot",
        lambda: pictures.one_hot_matrix(text, vocabulary),
        text=text,
        vocabulary=vocabulary.letters,
    )


def cell(
    cell: PostCell,
    text: str = "hello",
    *,
    vocabulary: Vocabulary | None = None,
    speed: float = 2,
) -> Figure:
    """Step through a text with the numbers of ``cell``, and see the sum behind each.

    Args:
        cell: a cell of the post's wiring, trained or not.
        text: what it reads to begin with, up to 1000 letters.
        vocabulary: the post's 35 letters unless given; its size must be the cell's.
        speed: letters a second while it plays, above 0 to 1000.

    Raises:
        TypeError: another wiring than the post's, no text, no vocabulary, or no number.
        ValueError: a vocabulary of another size, an unknown letter, too long a text, a speed out
            of range, or a cell of more than a million weights or with nan or inf among them.
    """
    vocabulary = _checked(cell, vocabulary)
    text = readable("text", vocabulary.normalise(text), LONGEST["cell"])
    speed = real("speed", speed, above=0, most=FASTEST)

    def picture() -> Picture:
        rows = vocabulary.one_hot(text)[:-1]  # (T, V)
        names = [vocabulary.letters[vocabulary.start], *text]
        return pictures.hidden_states(run(cell, rows)[1][1:], names)

    return Figure(
        "cell",
        picture,
        text=text,
        vocabulary=vocabulary.letters,
        weights=numbers_of(cell),
        speed=speed,
    )


def generation(
    cells: Mapping[int, PostCell],
    *,
    feed: Feed = "raw",
    temperature: float = 1.0,
    seed: int = 0,
    vocabulary: Vocabulary | None = None,
    speed: float = 5,
) -> Figure:
    """Let cells that have learned for different times write side by side, letter by letter.

    ``result`` tells what each wrote.

    Args:
        cells: by the number of epochs each has learned, 1 to 20 of them, all of one size.
        feed, temperature, seed: what to begin with, as for `charrnn.generate`; temperature 0.1
            to 3.
        vocabulary: the post's 35 letters unless given; its size must be the cells'.
        speed: letters a second while it plays, above 0 to 1000.

    Raises:
        TypeError: no dict of cells, another wiring than the post's, no vocabulary, or no number.
        ValueError: no cell or too many, cells of different sizes, or an argument that `generate`
            or the figure's fields refuse.
    """
    if not isinstance(cells, Mapping):
        raise TypeError(f"cells must be a dict of cells by their epochs, got {quoted(cells)}.")
    if not 1 <= len(cells) <= MOST_CELLS:
        raise ValueError(f"cells must be 1 to {MOST_CELLS}, got {len(cells)}.")
    cells = {
        whole("cells, the epochs of each,", epochs, least=0, most=MOST_EPOCHS): one
        for epochs, one in cells.items()
    }
    for one in cells.values():
        alphabet = _checked(one, vocabulary)
    if len({one.hidden_size for one in cells.values()}) != 1:
        raise ValueError("cells must all have the same number of hidden units.")
    longest = cells[max(cells)]
    check_settings(longest, alphabet, feed, 1, temperature, 0.0, seed)
    temperature = real("temperature", temperature, least=0.1, most=3)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    speed = real("speed", speed, above=0, most=FASTEST)
    return Figure(
        "generation",
        lambda: pictures.output_scores(generate(longest, length=40, vocabulary=alphabet), alphabet),
        vocabulary=alphabet.letters,
        weights=b"".join(map(numbers_of, cells.values())),
        settings={
            "epochs": list(cells),
            "hidden": longest.hidden_size,
            "feed": feed,
            "temperature": temperature,
            "seed": seed,
        },
        speed=speed,
    )


def _checked(cell: PostCell, vocabulary: Vocabulary | None) -> Vocabulary:
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


def training(
    text: str = SENTENCE,
    *,
    hidden_size: int = 35,
    learning_rate: float = 0.01,
    seed: int = 0,
    epochs: int = 1000,
    speed: float = 0,
) -> Figure:
    """Train on a sentence in the page; the reader may change the sentence and all settings.

    ``result`` tells epoch, loss and what the network writes; `Figure.cell` is the network.

    Args:
        text: the sentence to begin with, up to 10,000 letters.
        hidden_size, learning_rate, seed: as for `charrnn.train`: 1 to 128 hidden units, a rate
            from 1e-5 to 1e30.
        epochs: how many a press of the button trains, 1 to `charrnn.scratch.training.MOST_EPOCHS`.
        speed: epochs a second, up to 1000; 0 is as fast as it goes.

    Raises:
        TypeError, VocabularyError: as `charrnn.train` does.
        ValueError: a setting out of range, or too long a text.
    """
    text = readable("text", Vocabulary().normalise(text), LONGEST["training"])
    hidden_size, seed, epochs = check_training(hidden_size, seed, epochs)
    learning_rate = real("learning_rate", learning_rate, least=1e-5, most=1e30)
    speed = real("speed", speed, least=0, most=FASTEST)

    def picture() -> Picture:
        _, history = train(
            text,
            hidden_size=hidden_size,
            learning_rate=learning_rate,
            seed=seed,
            epochs=min(epochs, 1000),  # a picture of more would keep a kernel waiting
            progress=False,
        )
        return pictures.loss_curve(history)

    settings = {"hidden": hidden_size, "rate": learning_rate, "seed": seed, "epochs": epochs}
    return Figure("training", picture, text=text, settings=settings, speed=speed)
