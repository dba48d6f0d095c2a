"""The living figures of the chapters, one function each."""

from charrnn import plots
from charrnn.lab.figure import Figure
from charrnn.picture import Picture
from charrnn.training import train
from charrnn.vocabulary import SENTENCE, Vocabulary


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
            epochs=epochs,
            progress=False,
        )
        return plots.loss_curve(history)

    settings = {"hidden": hidden_size, "rate": learning_rate, "seed": seed, "epochs": epochs}
    text = Vocabulary().normalise(text)
    return Figure("training", picture, text=text, settings=settings, speed=speed)
