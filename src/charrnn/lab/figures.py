"""The living figures of the chapters, one function each."""

from collections.abc import Mapping
from typing import Literal, get_args

import torch

from charrnn import charts, plots
from charrnn.cell import PostCell, run
from charrnn.generation import Feed, check_settings, generate
from charrnn.lab.figure import Figure, numbers_of
from charrnn.picture import Picture
from charrnn.training import train
from charrnn.vocabulary import SENTENCE, Vocabulary


def one_hot(text: str = SENTENCE, *, vocabulary: Vocabulary | None = None) -> Figure:
    """A text becomes a matrix while it is typed; ``result`` tells its shape.

    Args:
        text: what to begin with.
        vocabulary: the post's 35 letters unless given.

    Raises:
        VocabularyError: a letter of ``text`` is unknown. (One that is typed later is explained.)
    """
    vocabulary = vocabulary or Vocabulary()
    text = vocabulary.normalise(text)
    return Figure(
        "one_hot",
        lambda: plots.one_hot_matrix(text, vocabulary),
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
        text: what it reads to begin with.
        vocabulary: the post's 35 letters unless given; its size must be the cell's.
        speed: letters a second while it plays.

    Raises:
        TypeError: another wiring than the post's.
        ValueError: a vocabulary of another size, or an unknown letter.
    """
    vocabulary = _checked(cell, vocabulary)
    text = vocabulary.normalise(text)

    def picture() -> Picture:
        rows = vocabulary.one_hot(text)[:-1]  # (T, V)
        names = [vocabulary.letters[vocabulary.start], *text]
        return plots.hidden_states(run(cell, rows)[1][1:], names)

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
        cells: by the number of epochs each has learned, all of one size.
        feed, temperature, seed: what to begin with, as for `charrnn.generate`.
        vocabulary: the post's 35 letters unless given; its size must be the cells'.
        speed: letters a second while it plays.

    Raises:
        TypeError: another wiring than the post's.
        ValueError: no cell, cells of different sizes, or an argument that `generate` refuses.
    """
    if len({one.hidden_size for one in cells.values()}) != 1:
        raise ValueError("generation needs cells, all with the same number of hidden units.")
    (known, *_) = [_checked(one, vocabulary) for one in cells.values()]
    longest = cells[max(cells)]
    check_settings(longest, known, feed, 1, 0.0)
    return Figure(
        "generation",
        lambda: plots.output_scores(generate(longest, length=40, vocabulary=known), known),
        vocabulary=known.letters,
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
    """The vocabulary, once the cell is known to be the post's and of its size."""
    if type(cell) is not PostCell:
        raise TypeError(f"The figure draws the post's wiring, PostCell, not {type(cell).__name__}.")
    vocabulary = vocabulary or Vocabulary()
    if cell.vocab_size != vocabulary.size:
        raise ValueError(
            f"The cell has {cell.vocab_size} letters, the vocabulary {vocabulary.size}."
        )
    return vocabulary


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
        text: the sentence to begin with.
        hidden_size, learning_rate, seed: as for `charrnn.train`, 1 to 128 hidden units.
        epochs: how many a press of the button trains.
        speed: epochs a second, 0 as fast as it goes.

    Raises:
        ValueError: as `charrnn.train` does.
    """

    def picture() -> Picture:
        _, history = train(
            text,
            hidden_size=hidden_size,
            learning_rate=learning_rate,
            seed=seed,
            epochs=min(epochs, 1000),  # a picture of more would keep a kernel waiting
            progress=False,
        )
        return plots.loss_curve(history)

    settings = {"hidden": hidden_size, "rate": learning_rate, "seed": seed, "epochs": epochs}
    text = Vocabulary().normalise(text)
    return Figure("training", picture, text=text, settings=settings, speed=speed)


def spikes(
    text: str = SENTENCE, *, hidden_size: int = 35, seed: int = 0, epochs: int = 1000
) -> Figure:
    """The post's training beside one with settings of Adam that the reader changes.

    ``result`` tells for both, ``post`` and ``yours``, the epoch, the spikes and the last loss.

    Args:
        text: what both learn.
        hidden_size, seed: as for `charrnn.train`.
        epochs: how many a press of the button trains.

    Raises:
        ValueError: as `charrnn.train` does.
    """

    def picture() -> Picture:
        few = min(epochs, 1000)  # a picture of more would keep a kernel waiting
        runs = {
            name: train(text, hidden_size=hidden_size, seed=seed, epochs=few, epsilon=epsilon,
                        progress=False)[1]
            for name, epsilon in (("as in the post", 1e-8), ("a larger epsilon", 0.01))
        }  # fmt: skip
        return plots.loss_curve(runs)

    settings = {"hidden": hidden_size, "seed": seed, "epochs": epochs}
    return Figure("spikes", picture, text=Vocabulary().normalise(text), settings=settings)


def softmax(scores: Mapping[str, float], answer: str) -> Figure:
    """Scores of a few letters with their probabilities, the loss and its gradient.

    ``result`` tells the probabilities and the loss.

    Args:
        scores: by letter, 2 to 8 of them, in -8..8 to begin with.
        answer: the right letter.

    Raises:
        ValueError: too few or too many letters, a name of more than one letter, a score out of
            range, or an answer that has no score.
    """
    if not 2 <= len(scores) <= 8 or any(len(letter) != 1 for letter in scores):
        raise ValueError(f"softmax takes 2 to 8 single letters, got {list(scores)}.")
    if not all(-8 <= score <= 8 for score in scores.values()):
        raise ValueError(f"Scores begin within -8..8, got {list(scores.values())}.")
    if answer not in scores:
        raise ValueError(f"The answer {answer!r} has no score; these have: {list(scores)}.")

    def picture() -> Picture:
        shares = torch.tensor(list(scores.values())).softmax(dim=0)
        return charts.heat(shares[None], list(scores), ["p"], "letter", "probability")

    settings = {"scores": list(scores.values()), "answer": list(scores).index(answer)}
    return Figure("softmax", picture, text="".join(scores), settings=settings)


Preset = Literal["keep", "fade", "pile", "late", "half"]


def gate(text: str = "remember me", *, preset: Preset = "keep") -> Figure:
    """One memory cell of an LSTM along a text, its gates set by hand.

    ``result`` tells the cell states, the hidden states and how much of each is left at the end.

    Args:
        text: what it reads, 1 to 40 letters.
        preset: how the gates stand at first.

    Raises:
        ValueError: an empty or too long text, or another preset.
    """
    if not 1 <= len(text) <= 40 or preset not in get_args(Preset):
        raise ValueError(
            f"gate takes 1 to 40 letters and one of {get_args(Preset)}, got {text!r}, {preset!r}."
        )

    def picture() -> Picture:
        kept = {"gate open": 1.0, "half open": 0.5}
        left = {name: [f**t for t in range(len(text))] for name, f in kept.items()}
        return charts.lines(range(len(text)), left, "distance in letters", "left of the memory")

    return Figure("gate", picture, text=text, settings={"preset": preset})
