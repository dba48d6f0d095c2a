"""The book's static pictures, one namespace: ``pictures.loss_curve(history)``.

Each function returns a `charrnn.pictures.picture.Picture`, whose alt text is told from its data.
"""

from charrnn.pictures.charts import lines, loss_curve, strip_plot
from charrnn.pictures.checks import visible
from charrnn.pictures.choosing import feeding_back, temperatures
from charrnn.pictures.curves import surprise_curve, tanh_curve, tanh_slope
from charrnn.pictures.descent import descent, gradient_as_slope
from charrnn.pictures.diagrams import cell_diagram, letter_by_letter, unrolled
from charrnn.pictures.gates import gru_diagram, lstm_diagram
from charrnn.pictures.joining import joined_jamo
from charrnn.pictures.letters import activations_on_text, next_letter_probabilities
from charrnn.pictures.maps import book_map
from charrnn.pictures.network import heat, hidden_states, one_hot_matrix, output_scores
from charrnn.pictures.paths import state_paths
from charrnn.pictures.products import row_times_matrix, units
from charrnn.pictures.segments import truncated_bptt
from charrnn.pictures.slopes import sharpness_and_loss, two_roads, valley
from charrnn.pictures.syllables import syllables
from charrnn.pictures.wirings import cut_weights, three_wirings
from charrnn.pictures.workers import averaged_gradients

__all__ = [
    "activations_on_text",
    "averaged_gradients",
    "book_map",
    "cell_diagram",
    "cut_weights",
    "descent",
    "feeding_back",
    "gradient_as_slope",
    "gru_diagram",
    "heat",
    "hidden_states",
    "joined_jamo",
    "letter_by_letter",
    "lines",
    "loss_curve",
    "lstm_diagram",
    "next_letter_probabilities",
    "one_hot_matrix",
    "output_scores",
    "row_times_matrix",
    "sharpness_and_loss",
    "state_paths",
    "strip_plot",
    "surprise_curve",
    "syllables",
    "tanh_curve",
    "tanh_slope",
    "temperatures",
    "three_wirings",
    "truncated_bptt",
    "two_roads",
    "units",
    "unrolled",
    "valley",
    "visible",
]
