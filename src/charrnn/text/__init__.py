"""Text as numbers: the vocabulary, the texts that the book reads, and Hangul taken apart."""
