"""The book's static pictures, one namespace: ``pictures.loss_curve(history)``.

Each function returns a `charrnn.pictures.picture.Picture`, whose alt text is told from its data.
"""

from charrnn.pictures.charts import heat, lines, loss_curve, strip_plot
from charrnn.pictures.checks import visible
from charrnn.pictures.diagrams import (
    book_map,
    cell_diagram,
    gru_diagram,
    letter_by_letter,
    lstm_diagram,
    syllables,
    unrolled,
)
from charrnn.pictures.letters import activations_on_text, next_letter_probabilities, trajectory
from charrnn.pictures.network import hidden_states, one_hot_matrix, output_scores
from charrnn.pictures.segments import truncated_bptt
from charrnn.pictures.slopes import sharpness_and_loss, two_roads, valley

__all__ = [
    "activations_on_text",
    "book_map",
    "cell_diagram",
    "gru_diagram",
    "heat",
    "hidden_states",
    "letter_by_letter",
    "lines",
    "loss_curve",
    "lstm_diagram",
    "next_letter_probabilities",
    "one_hot_matrix",
    "output_scores",
    "sharpness_and_loss",
    "strip_plot",
    "syllables",
    "trajectory",
    "truncated_bptt",
    "two_roads",
    "unrolled",
    "valley",
    "visible",
]
