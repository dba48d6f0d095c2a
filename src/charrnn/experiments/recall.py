"""Chapter 7. A task that needs memory alone: say the first letter after some others.

Shapes: B texts side by side, ``distance`` letters between the first one and the question.
"""

import torch
from torch import Tensor, nn

from charrnn.arguments import MOST_SEED, instance, one_of, whole
from charrnn.layers.gates import set_forget_bias
from charrnn.layers.model import CharModel
from charrnn.runtime import one_thread, seeded

ANSWERS = 4  # letters to remember; a guess is right once in four
FILLERS = 4  # letters to pass over; one more asks the question
KINDS = ("rnn", "gru", "lstm", "lstm, gate open")
MOST_DISTANCE = 10_000  # slips such as 10**9 would take all memory, or never end
MOST_TEXTS = 10_000
MOST_ROUNDS = 100_000


def sample_batch(distance: int, count: int, generator: torch.Generator) -> tuple[Tensor, Tensor]:
    """Texts ``(count, distance + 2)`` and the right answers ``(count,)``, as indices.

    A letter below `ANSWERS`, ``distance`` fillers drawn at random, and the question.

    Raises:
        TypeError: a distance or count that is no whole number, or no generator.
        ValueError: a distance not from 0 to `MOST_DISTANCE`, a count not from 1 to `MOST_TEXTS`.
    """
    distance = whole("distance", distance, least=0, most=MOST_DISTANCE)
    count = whole("count", count, least=1, most=MOST_TEXTS)
    instance("generator", generator, torch.Generator)
    first = torch.randint(ANSWERS, (count, 1), generator=generator)
    fillers = torch.randint(ANSWERS, ANSWERS + FILLERS, (count, distance), generator=generator)
    question = torch.full((count, 1), ANSWERS + FILLERS)
    return torch.cat((first, fillers, question), dim=1), first[:, 0]


def recall_accuracy(
    kind: str, distance: int, seed: int = 0, rounds: int = 300, hidden_size: int = 16
) -> float:
    """Train a fresh model on the task, then return the share of right answers on new texts.

    Cross-entropy, Adam with learning rate 0.01, 32 new texts a round, gradients clipped at 1.

    Args:
        kind: one of `KINDS`; the last is an LSTM whose forget gate starts open.
        distance: letters between the one to remember and the question, 0 to `MOST_DISTANCE`.
        seed: of the weights and the texts.
        rounds: steps of training, 0 to `MOST_ROUNDS`.
        hidden_size: H.

    Raises:
        TypeError: a number that is no whole number.
        ValueError: another kind, or a number out of range.
    """
    kind = one_of("kind", kind, KINDS)
    distance = whole("distance", distance, least=0, most=MOST_DISTANCE)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    rounds = whole("rounds", rounds, least=0, most=MOST_ROUNDS)
    with seeded(seed):
        model = CharModel(ANSWERS + FILLERS + 1, hidden_size, kind.split(",")[0])
    if kind.endswith("open"):
        set_forget_bias(model.recurrent)
    generator = torch.Generator().manual_seed(seed)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    with one_thread():
        for _ in range(rounds):
            texts, answers = sample_batch(distance, 32, generator)
            logits = model(texts)[0][:, -1, :ANSWERS]  # (B, ANSWERS)
            loss = nn.functional.cross_entropy(logits, answers)
            optimizer.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), 1.0)
            optimizer.step()
        with torch.no_grad():
            texts, answers = sample_batch(distance, 500, generator)
            said = model(texts)[0][:, -1, :ANSWERS].argmax(dim=1)
    return float((said == answers).float().mean())
