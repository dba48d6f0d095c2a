"""The figure of spikes: the post's training beside one with settings of Adam changed."""

from charrnn import pictures
from charrnn.lab.checks import LONGEST_TEXT, check_training, readable
from charrnn.lab.widget import Figure
from charrnn.pictures.picture import Picture
from charrnn.scratch.training import train
from charrnn.text.vocabulary import SENTENCE, Vocabulary


def spikes(
    text: str = SENTENCE, *, hidden_size: int = 35, seed: int = 0, epochs: int = 1000
) -> Figure:
    """The post's training beside one with settings of Adam that the reader changes.

    ``result`` tells for both, ``post`` and ``yours``, the epoch, the spikes and the last loss.

    Args:
        text: what both learn, up to 10,000 letters.
        hidden_size, seed: as for `charrnn.train`, 1 to 128 hidden units.
        epochs: how many a press of the button trains, 1 to `charrnn.scratch.training.MOST_EPOCHS`.

    Raises:
        TypeError, VocabularyError: as `charrnn.train` does.
        ValueError: a setting out of range, or too long a text.
    """
    text = readable("text", Vocabulary().normalise(text), LONGEST_TEXT)
    hidden_size, seed, epochs = check_training(hidden_size, seed, epochs)

    def picture() -> Picture:
        few = min(epochs, 1000)  # a picture of more would keep a kernel waiting
        runs = {
            name: train(text, hidden_size=hidden_size, seed=seed, epochs=few, epsilon=epsilon,
                        progress=False)[1]
            for name, epsilon in (("as in the post", 1e-8), ("a larger epsilon", 0.01))
        }  # fmt: skip
        return pictures.loss_curve(runs)

    settings = {"hidden": hidden_size, "seed": seed, "epochs": epochs}
    return Figure("spikes", picture, text=text, settings=settings)


def example() -> Figure:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    return spikes(epochs=30)
