"""The figure of training: the reader's own sentence is learned in the page."""

from charrnn import pictures
from charrnn.arguments import MOST_RATE, MOST_SEED, real
from charrnn.lab import traits
from charrnn.lab.checks import FASTEST, LONGEST_TEXT, MOST_HIDDEN, check_training, readable
from charrnn.lab.widget import NetworkFigure
from charrnn.pictures.picture import Picture
from charrnn.scratch.training import MOST_EPOCHS, train
from charrnn.text.vocabulary import SENTENCE, Vocabulary


class Training(NetworkFigure):
    """The figure that `training` makes."""

    module = "training"
    text = traits.text()
    hidden_size = traits.whole(35, least=1, most=MOST_HIDDEN)
    learning_rate = traits.real(0.01, least=1e-5, most=MOST_RATE)
    seed = traits.whole(0, least=0, most=MOST_SEED)
    epochs = traits.whole(1000, "How many a press trains.", least=1, most=MOST_EPOCHS)
    speed = traits.real(0.0, "Epochs a second; 0 for no limit.", least=0, most=FASTEST)


def training(
    text: str = SENTENCE,
    *,
    hidden_size: int = 35,
    learning_rate: float = 0.01,
    seed: int = 0,
    epochs: int = 1000,
    speed: float = 0,
) -> Training:
    """Train on a sentence in the page; the reader may change the sentence and all settings.

    ``result`` tells epoch, loss and what the network writes; the figure's ``cell`` is the network.

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
    text = readable("text", Vocabulary().normalise(text), LONGEST_TEXT)
    hidden_size, seed, epochs = check_training(hidden_size, seed, epochs)
    learning_rate = real("learning_rate", learning_rate, least=1e-5, most=MOST_RATE)
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

    return Training(
        picture,
        text=text,
        hidden_size=hidden_size,
        learning_rate=learning_rate,
        seed=seed,
        epochs=epochs,
        speed=speed,
    )


def example() -> Training:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    return training(epochs=30)
