"""Models on PyTorch's own layers: training in segments, gates, sampling, checkpoints."""

from charrnn.layers.model import CharModel, next_letter_loss, perplexity
from charrnn.layers.training import batchify, evaluate, segments, train, train_epoch

__all__ = [
    "CharModel",
    "batchify",
    "evaluate",
    "next_letter_loss",
    "perplexity",
    "segments",
    "train",
    "train_epoch",
]
