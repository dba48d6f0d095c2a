"""A character RNN, one letter at a time: what the chapters of the book import."""

from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from charrnn import experiments, layers, scratch, text
from charrnn.history import History
from charrnn.layers import CharModel, next_letter_loss, perplexity
from charrnn.notebook import show_source, table
from charrnn.runtime import DivergenceError
from charrnn.scratch.cell import LinearCell, NewStateCell, PostCell, count_parameters, run
from charrnn.scratch.generation import Generation, Step, generate, probabilities
from charrnn.scratch.training import sequence_loss, train
from charrnn.text.vocabulary import LETTERS, SENTENCE, Vocabulary, VocabularyError, one_hot
from charrnn.translations import set_language

if TYPE_CHECKING:
    from charrnn import exercises, lab, pictures

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
    "count_parameters",
    "exercises",
    "experiments",
    "generate",
    "lab",
    "layers",
    "next_letter_loss",
    "one_hot",
    "perplexity",
    "pictures",
    "probabilities",
    "run",
    "scratch",
    "sequence_loss",
    "set_language",
    "show_source",
    "table",
    "text",
    "train",
]

# They bring ipywidgets and Matplotlib, a quarter of the time to start, which the command line and
# its workers do without: imported when first asked for.
_DRAWING = ("exercises", "lab", "pictures")


def __getattr__(name: str) -> ModuleType:
    if name in _DRAWING:
        return import_module(f"{__name__}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
