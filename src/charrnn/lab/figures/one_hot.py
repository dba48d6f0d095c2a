"""The figure of one-hot: a text becomes a matrix while it is typed."""

from charrnn import pictures
from charrnn.lab import traits
from charrnn.lab.checks import LONGEST_TEXT, readable
from charrnn.lab.widget import Figure
from charrnn.text.vocabulary import SENTENCE, Vocabulary, known


class OneHot(Figure):
    """The figure that `one_hot` makes."""

    module = "one_hot"
    text = traits.text()
    vocabulary = traits.vocabulary()


def one_hot(text: str = SENTENCE, *, vocabulary: Vocabulary | None = None) -> OneHot:
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
    text = readable("text", vocabulary.normalise(text), LONGEST_TEXT)
    return OneHot(
        lambda: pictures.one_hot_matrix(text, vocabulary),
        text=text,
        vocabulary=vocabulary.letters,
    )


def example() -> OneHot:
    """The figure as its chapter shows it, quickly made: what every figure's tests try."""
    return one_hot("hello")
