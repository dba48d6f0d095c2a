"""Models on PyTorch's own layers: training in segments, gates, sampling, checkpoints."""

from charrnn.layers import checkpoint, gates, model_file, sampling
from charrnn.layers.model import CharModel, next_letter_loss, perplexity
from charrnn.layers.training import batchify, evaluate, segments, train, train_epoch

__all__ = [
    "CharModel",
    "batchify",
    "checkpoint",
    "evaluate",
    "gates",
    "model_file",
    "next_letter_loss",
    "perplexity",
    "sampling",
    "segments",
    "train",
    "train_epoch",
]
