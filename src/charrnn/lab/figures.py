"""The living figures of the first four chapters, one function each."""

from collections.abc import Mapping

from charrnn import plots
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
