"""A character RNN, one letter at a time: what the chapters of the book import."""

from charrnn import charts, diagrams, drills, lab, plots, reference, through_time
from charrnn.cell import LinearCell, NewStateCell, PostCell, count_parameters, run
from charrnn.generation import Generation, Step, generate, probabilities
from charrnn.model import CharModel, next_letter_loss, perplexity
from charrnn.notebook import show_source, table
from charrnn.runtime import DivergenceError
from charrnn.training import History, sequence_loss, train
from charrnn.vocabulary import LETTERS, SENTENCE, Vocabulary, VocabularyError, one_hot
from charrnn.words import set_language

__all__ = [
    "LETTERS",
    "SENTENCE",
    "CharModel",
    "DivergenceError",
    "Generation",
    "History",
    "LinearCell",
    "NewStateCell",
    "PostCell",
    "Step",
    "Vocabulary",
    "VocabularyError",
    "charts",
    "count_parameters",
    "diagrams",
    "drills",
    "generate",
    "lab",
    "next_letter_loss",
    "one_hot",
    "perplexity",
    "plots",
    "probabilities",
    "reference",
    "run",
    "sequence_loss",
    "set_language",
    "show_source",
    "table",
    "through_time",
    "train",
]
