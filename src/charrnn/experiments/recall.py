"""Chapter 9. A task that needs memory alone: say the first letter after some others.

Shapes: B texts side by side, ``distance`` letters between the first one and the question.
"""

from collections.abc import Sequence

import torch
from torch import Tensor, nn

from charrnn.arguments import MOST_SEED, instance, one_of, whole
from charrnn.layers.gates import gru_step, lstm_step, set_gate_bias
from charrnn.layers.model import CharModel
from charrnn.runtime import one_thread, seeded

ANSWERS = 4  # letters to remember; a guess is right once in four
FILLERS = 4  # letters to pass over; one more asks the question
# Where a kind starts otherwise than PyTorch has it: a gate, and what its bias is set to.
STARTS = {
    "lstm, gate open": ("forget", 3.0),
    "lstm, input open": ("input", 3.0),
    "lstm, output open": ("output", 3.0),
    "gru, gate open": ("update", 3.0),
    "gru, gate closed": ("update", -3.0),
}
KINDS = ("rnn", "gru", "lstm", *STARTS)
MOST_DISTANCE = 10_000  # slips such as 10**9 would take all memory, or never end
MOST_TEXTS = 10_000
MOST_ROUNDS = 100_000
MOST_SEEDS = 100


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


def fresh_model(kind: str, seed: int = 0, hidden_size: int = 16) -> CharModel:
    """The model of this kind and seed before training.

    Args:
        kind: one of `KINDS`.
        seed: of the weights; the kinds of one layer differ in one gate's bias alone.
        hidden_size: H.

    Raises:
        TypeError: a number that is no whole number.
        ValueError: another kind, or a number out of range.
    """
    kind = one_of("kind", kind, KINDS)
    with seeded(whole("seed", seed, least=0, most=MOST_SEED)):
        model = CharModel(ANSWERS + FILLERS + 1, hidden_size, kind.split(",")[0])
    if kind in STARTS:
        set_gate_bias(model.recurrent, *STARTS[kind])
    return model


def recall_accuracy(
    kind: str, distance: int, seed: int = 0, rounds: int = 300, hidden_size: int = 16
) -> float:
    """Train a fresh model on the task, then return the share of right answers on new texts.

    Cross-entropy, Adam with learning rate 0.01, 32 new texts a round, gradients clipped at 1.

    Args:
        kind: one of `KINDS`; "lstm, gate open" is an LSTM whose forget gate starts open.
        distance: letters between the one to remember and the question, 0 to `MOST_DISTANCE`.
        seed: of the weights and the texts.
        rounds: steps of training, 0 to `MOST_ROUNDS`.
        hidden_size: H.

    Raises:
        TypeError: a number that is no whole number.
        ValueError: another kind, or a number out of range.
    """
    distance = whole("distance", distance, least=0, most=MOST_DISTANCE)
    rounds = whole("rounds", rounds, least=0, most=MOST_ROUNDS)
    model = fresh_model(kind, seed, hidden_size)
    seed = whole("seed", seed)
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


def train_seeds(
    kind: str, distance: int, seeds: int = 10, rounds: int = 300, hidden_size: int = 16
) -> tuple[list[float], list[CharModel]]:
    """What `recall_accuracy` does for the seeds 0, 1, 2, …, side by side in a tenth of the time.

    No seed sees another: each has its own weights, texts, clipping and optimizer's memory, and
    learns what it learns alone, but for rounding. Only the calls are shared.

    Returns:
        The share of right answers of each seed, and the trained model of each.

    Raises:
        TypeError, ValueError: as `recall_accuracy`; seeds must be from 1 to `MOST_SEEDS`.
    """
    distance = whole("distance", distance, least=0, most=MOST_DISTANCE)
    seeds = whole("seeds", seeds, least=1, most=MOST_SEEDS)
    rounds = whole("rounds", rounds, least=0, most=MOST_ROUNDS)
    models = [fresh_model(kind, seed, hidden_size) for seed in range(seeds)]
    stacked = [
        nn.Parameter(torch.stack([weight.detach() for weight in one]))
        for one in zip(*(model.parameters() for model in models), strict=True)
    ]  # (S, …) each
    generators = [torch.Generator().manual_seed(seed) for seed in range(seeds)]
    optimizer = torch.optim.Adam(stacked, lr=0.01)

    def draw(count: int) -> tuple[Tensor, Tensor]:
        drawn = [sample_batch(distance, count, generator) for generator in generators]
        texts, answers = zip(*drawn, strict=True)
        return torch.stack(texts), torch.stack(answers)

    with one_thread():
        for _ in range(rounds):
            texts, answers = draw(32)
            logits = _answer_logits(models[0].kind, stacked, texts)  # (S, B, ANSWERS)
            loss = seeds * nn.functional.cross_entropy(logits.flatten(0, 1), answers.flatten())
            optimizer.zero_grad()
            loss.backward()
            _clip_each(stacked, 1.0)
            optimizer.step()
        with torch.no_grad():
            texts, answers = draw(500)
            said = _answer_logits(models[0].kind, stacked, texts).argmax(dim=2)
            for seed, model in enumerate(models):
                for weight, trained in zip(model.parameters(), stacked, strict=True):
                    weight.copy_(trained[seed])
    return (said == answers).float().mean(dim=1).tolist(), models


def _clip_each(stacked: Sequence[Tensor], most: float) -> None:
    """`torch.nn.utils.clip_grad_norm_` for each seed by itself."""
    gradients = [weight.grad for weight in stacked if weight.grad is not None]
    squares = torch.stack([gradient.flatten(1).square().sum(dim=1) for gradient in gradients])
    scale = (most / (squares.sum(dim=0).sqrt() + 1e-6)).clamp(max=1.0)  # (S,)
    for gradient in gradients:
        gradient *= scale.view(-1, *[1] * (gradient.dim() - 1))


def _answer_logits(kind: str, stacked: Sequence[Tensor], texts: Tensor) -> Tensor:
    """Logits of the answers ``(S, B, ANSWERS)`` after the last letter of ``texts (S, B, T)``.

    The layers' own arithmetic, on weights ``(S, …)`` of S models at once. Columns are texts, so
    that what belongs to one gate lies together in memory.
    """
    w_x, w_h, b_x, b_h, w_out, b_out = stacked
    (count, batch, steps), size = texts.shape, w_h.shape[2]
    one_hot = nn.functional.one_hot(texts.mT.flatten(1), w_x.shape[2]).to(w_x.dtype)
    bias = b_x if kind == "gru" else b_x + b_h  # a GRU's reset gate acts on b_h
    from_x = torch.baddbmm(bias[..., None], w_x, one_hot.mT).view(count, -1, steps, batch)
    h = c = w_h.new_zeros(count, size, batch)
    for x in from_x.permute(2, 0, 1, 3).contiguous():  # (S, blocks H, B)
        if kind == "rnn":
            h = torch.baddbmm(x, w_h, h).tanh()
        elif kind == "lstm":
            i, f, g, o = torch.baddbmm(x, w_h, h).chunk(4, dim=1)
            c = torch.addcmul(i.sigmoid() * g.tanh(), f.sigmoid(), c)
            h = o.sigmoid() * c.tanh()
        else:
            from_h = torch.baddbmm(b_h[..., None], w_h, h)
            r, z = (x[:, : 2 * size] + from_h[:, : 2 * size]).sigmoid().chunk(2, dim=1)
            n = torch.addcmul(x[:, 2 * size :], r, from_h[:, 2 * size :]).tanh()
            h = torch.lerp(n, h, z)
    return torch.baddbmm(b_out[..., None], w_out, h).mT[..., :ANSWERS]


def kept_over_fillers(model: CharModel, distance: int, seed: int = 0) -> Tensor:
    """How much of each unit's memory the gate lets through from the first letter to the question.

    The product of the unit's forget gates (of a GRU: update gates) over the letters between, mean
    over 100 texts.

    Args:
        model: an LSTM or a GRU of this task.
        distance: letters between.
        seed: of the texts.

    Returns:
        ``(H,)``, each from 0 to 1.

    Raises:
        TypeError: no model, or a number that is no whole number.
        ValueError: a model without gates or of another vocabulary, or a number out of range.
    """
    rows, _ = _texts_to_look_at(model, distance, seed)
    if model.kind == "rnn":
        raise ValueError("model must be a GRU or an LSTM of this task, got kind='rnn'.")
    h = c = rows.new_zeros(len(rows), model.hidden_size)
    kept = torch.ones_like(h)
    with one_thread(), torch.no_grad():
        for step, x in enumerate(rows[:, :-1].unbind(1)):
            if isinstance(model.recurrent, nn.LSTM):
                h, c, gates = lstm_step(model.recurrent, x, h, c)
                gate = gates["forget"]
            else:
                h, gates = gru_step(model.recurrent, x, h)
                gate = gates["update"]
            if step:  # what the first letter finds is not its own
                kept = kept * gate
    return kept.mean(dim=0)


def gradient_at_first_letter(model: CharModel, distance: int, seed: int = 0) -> float:
    """How much of the gradient of the answer's loss comes back to the first letter.

    The gradient with respect to the first letter's row, against that of the question's row: the
    norms, mean over 100 texts.

    Raises:
        TypeError: no model, or a number that is no whole number.
        ValueError: a model of another vocabulary, or a number out of range.
    """
    rows, answers = _texts_to_look_at(model, distance, seed)
    rows.requires_grad_()
    with one_thread():
        logits = model.output(model.recurrent(rows)[0][:, -1])[:, :ANSWERS]
        loss = nn.functional.cross_entropy(logits, answers)
        norms = torch.autograd.grad(loss, rows)[0].norm(dim=2).mean(dim=0)  # (T,)
    return float(norms[0] / norms[-1])


def _texts_to_look_at(model: CharModel, distance: int, seed: int) -> tuple[Tensor, Tensor]:
    """One-hot rows ``(B, T, V)`` of 100 texts for a model of this task, and their answers ``(B,)``.

    Raises:
        TypeError: no model, or a number that is no whole number.
        ValueError: a model of another vocabulary, or a number out of range.
    """
    instance("model", model, CharModel)
    distance = whole("distance", distance, least=0, most=MOST_DISTANCE)
    seed = whole("seed", seed, least=0, most=MOST_SEED)
    if model.vocab_size != ANSWERS + FILLERS + 1:
        raise ValueError(f"model must be one of this task, got vocab_size={model.vocab_size}.")
    texts, answers = sample_batch(distance, 100, torch.Generator().manual_seed(seed))
    rows = nn.functional.one_hot(texts, model.vocab_size).to(model.output.weight.dtype)
    return rows, answers
