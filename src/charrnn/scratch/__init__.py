"""The post's network written out: cell, gradients by hand, training, generation."""

from charrnn.scratch import bptt, cell, generation, nn_rnn, training

__all__ = [
    "bptt",
    "cell",
    "generation",
    "nn_rnn",
    "training",
]
