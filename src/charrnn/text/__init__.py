"""Text as numbers: the vocabulary, the texts that the book reads, and Hangul taken apart."""

from charrnn.text import corpus, files, hangul, vocabulary

__all__ = [
    "corpus",
    "files",
    "hangul",
    "vocabulary",
]
