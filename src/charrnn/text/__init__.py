"""Text as numbers: the vocabulary, the texts that the book reads, and Hangul taken apart."""

from charrnn.text import corpus, hangul, vocabulary

__all__ = [
    "corpus",
    "hangul",
    "vocabulary",
]
