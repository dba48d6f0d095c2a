"""The figure of spikes: the post's training beside one with settings of Adam changed."""

from charrnn import pictures
from charrnn.arguments import MOST_SEED
from charrnn.lab import traits
from charrnn.lab.checks import LONGEST_TEXT, MOST_HIDDEN, check_training, readable
from charrnn.lab.widget import Figure
from charrnn.pictures.picture import Picture
from charrnn.scratch.training import MOST_EPOCHS, train
from charrnn.text.vocabulary import SENTENCE, Vocabulary


class Spikes(Figure):
    """The figure that `spikes` makes; Adam's settings are those of the changed training."""

    module = "spikes"
    text = traits.text()
    vocabulary = traits.vocabulary()
    hidden_size = traits.whole(35, least=1, most=MOST_HIDDEN)
    seed = traits.whole(0, least=0, most=MOST_SEED)
    epochs = traits.whole(1000, "How many a press trains.", least=1, most=MOST_EPOCHS)
    learning_rate = traits.real(0.01, least=1e-5, most=10)
    epsilon = traits.real(0.01, least=0, most=1)
    beta2 = traits.real(0.999, least=0, most=0.99999)
    decay = traits.real(1.0, least=0.5, most=1)
    clip = traits.real(None, "None for never.", none=True, above=0, most=1000)


def spikes(
    text: str = SENTENCE, *, hidden_size: int = 35, seed: int = 0, epochs: int = 1000
) -> Spikes:
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

    return Spikes(picture, text=text, hidden_size=hidden_size, seed=seed, epochs=epochs)


def example() -> Spikes:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    return spikes(epochs=30)
