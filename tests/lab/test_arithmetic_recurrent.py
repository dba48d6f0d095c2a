"""Long texts are learned in the page as `layers.train` learns them: same weights, same numbers."""

import random

import numpy as np
import pytest
import torch
from torch.nn.utils import clip_grad_norm_, parameters_to_vector

from charrnn import CharModel, layers, next_letter_loss
from charrnn.text import corpus

KINDS = ("rnn", "gru", "lstm")


def case(seed):
    """A kind, sizes and a text, at random: (kind, V, H, B, T, letters)."""
    draw = random.Random(seed)
    v, b = draw.randint(2, 90), draw.randint(1, 20)
    steps = draw.randint(1, 40)
    letters = [draw.randrange(v) for _ in range(b * draw.randint(steps + 1, 3 * steps + 40))]
    return KINDS[seed % 3], v, draw.randint(1, 70), b, steps, letters


CASES = [case(seed) for seed in range(15)]
both_ways = pytest.mark.parametrize("simd", [True, False], ids=["simd", "plain loops"])


def model_of(kind, v, h):
    torch.manual_seed(v + h)
    return CharModel(v, h, kind)


def flat(model):
    return parameters_to_vector(model.parameters()).detach().tolist()


def relative(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    return np.linalg.norm(a - b) / np.linalg.norm(b)


MAKE = """
const run = (going) => {
  for (;;) {
    const { done, value } = going.next();
    if (done) return value;
  }
};
const compiled = data.simd ? undefined : null;
const model = arithmetic.createModel(data.shape, data.B, data.T, compiled);
model.weights.set(data.weights);
model.prepare();
"""


def shape(kind, v, h):
    return {"kind": kind, "V": v, "H": h}


def test_simd_is_there(call):
    assert call("return arithmetic.simdModule() !== null")


@both_ways
@pytest.mark.parametrize("kind, v, h, b, steps, letters", CASES)
def test_a_second_segment_from_the_state_of_the_first(call, simd, kind, v, h, b, steps, letters):
    """Loss and gradient, beside autograd, with a state that is not zeros."""
    model = model_of(kind, v, h)
    rows = layers.batchify(torch.tensor(letters), b)
    first, second = layers.segments(rows, steps)[:2]
    with torch.no_grad():
        _, state = next_letter_loss(model, first)
    loss, _ = next_letter_loss(model, second, state)
    loss.backward()
    gradient = np.concatenate([p.grad.flatten().numpy() for p in model.parameters()])
    theirs = call(
        MAKE + "run(model.read(data.first, data.T, false));"
        "const loss = run(model.read(data.second, data.steps, true));"
        "return { loss, gradient: [...model.gradient] }",
        shape=shape(kind, v, h), weights=flat(model), B=b, T=steps,
        simd=simd, first=first.T.flatten().tolist(), second=second.T.flatten().tolist(),
        steps=second.shape[1] - 1,
    )  # fmt: skip
    assert theirs["loss"] == pytest.approx(loss.item(), rel=1e-5)
    assert relative(theirs["gradient"], gradient) < 1e-5


@both_ways
@pytest.mark.parametrize("kind, v, h, b, steps, letters", CASES[:6])
def test_fifty_steps(call, simd, kind, v, h, b, steps, letters):
    """Losses of fifty segments with Adam and clipping, and of the text held out in between."""
    model = model_of(kind, v, h)
    given = flat(model)
    text, held_out = torch.tensor(letters), torch.tensor(letters[::-1][:50])
    optimizer = torch.optim.Adam(model.parameters(), lr=0.01)
    rows, losses, exams = layers.batchify(text, b), [], []
    while len(losses) < 50:
        state = None
        for piece in layers.segments(rows, steps):
            loss, state = next_letter_loss(model, piece, state)
            optimizer.zero_grad()
            loss.backward()
            clip_grad_norm_(model.parameters(), 0.3)
            optimizer.step()
            state = layers.model.detach(state)
            losses.append(loss.item())
        exams.append(layers.evaluate(model, held_out))
    theirs = call(
        "const compiled = data.simd ? undefined : null;"
        "const network = { ...data.shape, weights: Float32Array.from(data.weights) };"
        "const trainer = arithmetic.createLongTrainer(network, { ...data.run, compiled });"
        "const losses = [];"
        "trainer.onSegment = (loss) => losses.push(loss);"
        "trainer.work(Infinity, data.epochs);"
        "return { losses, exams: trainer.heldOutLosses }",
        simd=simd, shape=shape(kind, v, h), weights=given, epochs=len(exams),
        run={"letters": letters, "heldOut": held_out.tolist(), "batch": b, "steps": steps,
             "learningRate": 0.01, "clip": 0.3},
    )  # fmt: skip
    assert theirs["losses"] == pytest.approx(losses, rel=1e-3)
    assert theirs["exams"] == pytest.approx(exams, rel=1e-3)


@pytest.mark.parametrize("length", [*range(20, 130), 15, 25, 1005, 999, 30_000])
def test_as_much_is_set_aside(call, length):
    letters = torch.arange(length)
    assert call(f"return arithmetic.setAside({length})") == len(corpus.split(letters)[1])


def test_untrained_weights_are_spread_as_pytorch_spreads_them(call):
    weights = np.array(call(
        "const random = arithmetic.randomNumbers(3);"
        "return [...arithmetic.untrained({ kind: 'gru', V: 40, H: 25 }, random)]"
    ))  # fmt: skip
    model = CharModel(40, 25, "gru")
    assert len(weights) == len(flat(model))
    assert -0.2 <= weights.min() < -0.199 and 0.199 < weights.max() <= 0.2
    assert abs(weights.mean()) < 0.005 and abs(weights.std() - 0.2 / 3**0.5) < 0.003


def test_training_diverges_into_a_word(call):
    theirs = call(
        "const shape = { kind: 'rnn', V: 5, H: 4 };"
        "const network = { ...shape, weights: arithmetic.untrained(shape, () => 77) };"
        "const letters = Array.from({ length: 200 }, (_, i) => i % 5);"
        "const run = { letters, heldOut: letters, batch: 4, learningRate: 1e38 };"
        "const trainer = arithmetic.createLongTrainer(network, run);"
        "trainer.work(Infinity, 20); return trainer.diverged"
    )
    assert theirs is True
