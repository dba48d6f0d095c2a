"""The figure of one's own text: it is learned in the page, and the model is kept as a file."""

from typing import get_args

from charrnn import pictures
from charrnn.arguments import MOST_RATE, MOST_SEED, instance, one_of, real, whole
from charrnn.lab import traits
from charrnn.lab.checks import readable
from charrnn.lab.widget import Figure
from charrnn.layers import CharModel, model_file, perplexity, train
from charrnn.layers.model import LAYERS
from charrnn.layers.model_file import SavedModel
from charrnn.pictures.picture import Picture
from charrnn.runtime import seeded
from charrnn.text import corpus
from charrnn.text.hangul import Spelling, checked_spelling, encode_as
from charrnn.translations import get_language

LEAST, MOST = 1_000, 300_000  # letters of a text to learn
MOST_UNITS = 512
READY = 30_000  # letters of the English text, as many as chapter 10 reads
PICTURED = 3_000  # letters that the picture's run reads
PICTURED_UNITS = 32
EPOCHS = 8


class OwnText(Figure):
    """The figure that `own_text` makes. What is typed into it is not sent to Python."""

    module = "own_text"
    text = traits.text("", "The text that stands ready.")
    kind = traits.word("gru", choices=tuple(LAYERS))
    hidden_size = traits.whole(96, least=1, most=MOST_UNITS)
    spelling = traits.word("jamo", choices=get_args(Spelling))
    learning_rate = traits.real(0.005, least=1e-5, most=MOST_RATE)
    seed = traits.whole(0, least=0, most=MOST_SEED)
    temperature = traits.real(1.0, least=0.05, most=3)
    top_k = traits.whole(None, none=True, least=1)
    top_p = traits.real(None, none=True, least=0.01, most=1)
    model_file = traits.contents("A model to open, the bytes of its file. Empty: none.")


def own_text(
    text: str | None = None,
    *,
    kind: str = "gru",
    hidden_size: int = 96,
    spelling: Spelling = "jamo",
    learning_rate: float = 0.005,
    seed: int = 0,
    temperature: float = 1.0,
    model: SavedModel | None = None,
) -> OwnText:
    """Train on a text of the reader's own, in the page, as `layers.train` does with its defaults.

    The reader pastes a text or opens a file, trains, pauses, has it write, and saves the model as
    a file that `layers.model_file.load` reads. The last tenth of the text is held out. ``result``
    tells epoch, loss and validation_loss, in nats.

    Args:
        text: that stands ready, 1,000 to 300,000 letters; by default what chapter 10 reads, in the
            page's language.
        kind: ``"rnn"``, ``"gru"`` or ``"lstm"``.
        hidden_size: units, 1 to 512.
        spelling: ``"jamo"``, Hangul taken apart, ``"syllables"``, letters as they are, or
            ``"bytes"`` of UTF-8.
        learning_rate: Adam's step size, 1e-5 to 1e30.
        seed: of the first weights and of what is written.
        temperature: of what is written, 0.05 to 3.
        model: one to open, as `layers.model_file.load` gives it; it writes at once and can go on
            learning.

    Raises:
        TypeError: an argument of another kind.
        ValueError: too short or too long a text, or a setting out of range.
    """
    if text is None:
        text = corpus.korean() if get_language() == "ko" else corpus.english()[:READY]
    text = readable("text", text, MOST, LEAST)
    spelling = checked_spelling(spelling)
    figure = OwnText(
        lambda: _picture(text, figure.kind, spelling),
        text=text,
        kind=one_of("kind", kind, LAYERS),
        hidden_size=whole("hidden_size", hidden_size, least=1, most=MOST_UNITS),
        spelling=spelling,
        learning_rate=real("learning_rate", learning_rate, least=1e-5, most=MOST_RATE),
        seed=whole("seed", seed, least=0, most=MOST_SEED),
        temperature=real("temperature", temperature, least=0.05, most=3),
    )
    if model is not None:
        figure.model_file = model_file.to_bytes(instance("model", model, SavedModel))
    return figure


def _picture(text: str, kind: str, spelling: Spelling) -> Picture:
    """Both perplexities of a short run, on the beginning of the text."""
    some = encode_as(text[:PICTURED], spelling)
    vocabulary = corpus.alphabet(some)
    learn, held_out = corpus.split(vocabulary.encode(some, marks=False))
    with seeded(0):
        model = CharModel(vocabulary.size, PICTURED_UNITS, kind)
    history = train(
        model, learn, validation=held_out, epochs=EPOCHS, batch=8, steps=32, learning_rate=0.01,
        progress=False,
    )  # fmt: skip
    return pictures.lines(
        range(1, EPOCHS + 1),
        {
            "text learned": [perplexity(loss) for loss in history.losses],
            "text never seen": [perplexity(loss) for loss in history.validation_losses],
        },
        "epoch", "perplexity", log_y=True,
    )  # fmt: skip


def example() -> OwnText:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    return own_text(corpus.english()[:2_000], hidden_size=16)
