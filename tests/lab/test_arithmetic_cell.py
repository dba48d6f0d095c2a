"""The arithmetic in the page is the package's: the same weights in, the same numbers out."""

import random

import numpy as np
import pytest
import torch

from charrnn import SENTENCE, Vocabulary, generate, probabilities, run, sequence_loss, train
from charrnn.scratch.cell import PostCell
from charrnn.scratch.generation import Generation
from charrnn.scratch.training import loss_spikes

LETTERS = "abcdefghijklmnopqrstuvwxyz ?!.,:;가나다라마바사아"
MARKS = "01"


def settings(seed):
    """A random vocabulary, text and hidden size; seed 0 is the post's."""
    if seed == 0:
        return Vocabulary(), SENTENCE, 35, 0.01
    draw = random.Random(seed)
    known = "".join(draw.sample(LETTERS, draw.randint(2, len(LETTERS))))
    text = "".join(draw.choices(known, k=draw.randint(1, 60)))
    return Vocabulary(known + MARKS), text, draw.randint(1, 64), draw.choice([0.001, 0.003, 0.01])


CASES = [settings(seed) for seed in range(8)]


def flat(cell):
    return torch.nn.utils.parameters_to_vector(cell.parameters()).detach().numpy()


def network(cell):
    """A cell as the page has it."""
    return {"V": cell.vocab_size, "H": cell.hidden_size, "weights": flat(cell).tolist()}


def relative(a, b):
    a, b = np.asarray(a, float), np.asarray(b, float)
    return np.linalg.norm(a - b) / np.linalg.norm(b)


@pytest.mark.parametrize("seed", [0, 1, 7, 12345, 2**32 - 1])
def test_untrained_weights_are_those_of_the_package(call, seed):
    cell, _ = train("hi", hidden_size=seed % 30 + 1, epochs=0, seed=seed, progress=False)
    theirs = call(
        "return [...arithmetic.initWeights(35, data.H, data.seed).weights]",
        H=cell.hidden_size,
        seed=seed,
    )
    assert np.abs(np.array(theirs) - flat(cell)).max() < 1e-7


@pytest.mark.parametrize("vocabulary, text, hidden_size, rate", CASES)
def test_one_step_of_every_letter(call, vocabulary, text, hidden_size, rate):
    cell = PostCell(vocabulary.size, hidden_size)
    rows = vocabulary.one_hot(text)
    outputs, states = run(cell, rows)
    theirs = call(
        "let state = new Float32Array(data.network.H); const outputs = [], states = [];"
        "for (const letter of data.letters) {"
        "  const row = arithmetic.oneHot(letter, data.network.V);"
        "  const out = arithmetic.step(data.network, row, state);"
        "  state = out.state; outputs.push([...out.output]); states.push([...state]); }"
        "return { outputs, states }",
        network=network(cell),
        letters=vocabulary.encode(text).tolist(),
    )
    assert relative(theirs["outputs"], outputs.detach()) < 1e-5
    assert relative(theirs["states"], states[1:].detach()) < 1e-5


@pytest.mark.parametrize("vocabulary, text, hidden_size, rate", CASES)
def test_one_epoch(call, vocabulary, text, hidden_size, rate):
    """Loss, gradient and Adam's step, beside autograd and `torch.optim.Adam`."""
    cell = PostCell(vocabulary.size, hidden_size)
    given = network(cell)
    optimizer = torch.optim.Adam(cell.parameters(), lr=rate)
    loss = sequence_loss(cell, vocabulary.one_hot(text))
    loss.backward()
    gradient = np.concatenate([p.grad.flatten().numpy() for p in cell.parameters()])
    optimizer.step()
    theirs = call(
        "const trainer = arithmetic.createTrainer(data.network, data.letters, data.rate);"
        "trainer.work(1);"
        "return { loss: trainer.losses[0], gradient: [...trainer.gradient],"
        "         weights: [...data.network.weights] }",
        network=given,
        letters=vocabulary.encode(text).tolist(),
        rate=rate,
    )
    assert theirs["loss"] == pytest.approx(loss.item(), rel=1e-5)
    assert relative(theirs["gradient"], gradient) < 1e-5
    assert relative(theirs["weights"], flat(cell)) < 1e-5


@pytest.mark.parametrize("vocabulary, text, hidden_size, rate", CASES)
def test_fifty_epochs(call, vocabulary, text, hidden_size, rate):
    _, history = train(
        text,
        hidden_size=hidden_size,
        learning_rate=rate,
        epochs=50,
        seed=3,
        vocabulary=vocabulary,
        progress=False,
    )
    theirs = call(
        "const network = arithmetic.initWeights(data.V, data.H, 3);"
        "const trainer = arithmetic.createTrainer(network, data.letters, data.rate);"
        "trainer.work(50); return trainer.losses",
        V=vocabulary.size,
        H=hidden_size,
        letters=vocabulary.encode(text).tolist(),
        rate=rate,
    )
    assert theirs == pytest.approx(history.losses, rel=1e-3)


@pytest.mark.parametrize(
    "knobs",
    [{"epsilon": 0.01}, {"beta2": 0.99}, {"decay": 0.97}, {"clip": 1.0}, {"clip": 0.01},
     {"epsilon": 0.003, "beta2": 0.95, "decay": 0.99, "clip": 0.5}],
)  # fmt: skip
def test_fifty_epochs_with_other_settings_of_adam(call, knobs):
    _, history = train(SENTENCE, hidden_size=20, epochs=50, seed=3, progress=False, **knobs)
    theirs = call(
        "const network = arithmetic.initWeights(35, 20, 3);"
        "const trainer = arithmetic.createTrainer(network, data.letters, 0.01, data.knobs);"
        "trainer.work(50); return trainer.losses",
        letters=Vocabulary().encode(SENTENCE).tolist(),
        knobs=knobs,
    )
    assert theirs == pytest.approx(history.losses, rel=1e-3)


@pytest.mark.parametrize("seed", range(4))
def test_spikes_are_those_of_the_package(call, seed):
    draw = np.random.default_rng(seed)
    losses = 10.0 ** (draw.normal(0, 1.2, 400).cumsum() * 0.6).clip(-9, 1)
    losses[100:103] = losses[100]  # a flat top
    assert call("return arithmetic.lossSpikes(data.losses)", losses=losses.tolist()) == loss_spikes(
        losses
    )


def test_training_in_slices_is_training_at_once(call):
    once, sliced = (
        call(
            "const network = arithmetic.initWeights(35, 9, 0);"
            "const trainer = arithmetic.createTrainer(network, data.letters, 0.01);"
            "while (trainer.epoch < 20) trainer.work(20, data.milliseconds);"
            "return trainer.losses",
            letters=Vocabulary().encode("hello").tolist(),
            milliseconds=milliseconds,
        )
        for milliseconds in (1e9, 0)
    )
    assert once == sliced


def test_divergence_ends_training(call):
    theirs = call(
        "const network = arithmetic.initWeights(35, 9, 0);"
        "const trainer = arithmetic.createTrainer(network, data.letters, 1e30);"
        "trainer.work(100); return { diverged: trainer.diverged, losses: trainer.losses }",
        letters=Vocabulary().encode("hello").tolist(),
    )
    assert theirs["diverged"]
    assert np.isfinite(theirs["losses"]).all()


@pytest.fixture(scope="module")
def cells():
    return {epochs: train(epochs=epochs, progress=False)[0] for epochs in (0, 20, 80)}


@pytest.mark.parametrize("feed", ["raw", "argmax"])
@pytest.mark.parametrize("epochs", [0, 20, 80])
def test_generation(call, cells, epochs, feed):
    ours: Generation = generate(cells[epochs], feed=feed, length=40)
    theirs = call(
        "const made = arithmetic.generate(data.network, { length: 40, feed: data.feed });"
        "return { ended: made.ended, letters: made.steps.map((s) => s.letter),"
        "         outputs: made.steps.map((s) => [...s.output]) }",
        network=network(cells[epochs]),
        feed=feed,
    )
    letters = Vocabulary().letters
    assert "".join(letters[i] for i in theirs["letters"]) == "".join(s.letter for s in ours.steps)
    assert theirs["ended"] == ours.ended
    assert relative(theirs["outputs"], ours.outputs) < 1e-3


@pytest.mark.parametrize("temperature", [0.05, 0.5, 1, 3])
def test_probabilities(call, temperature):
    rows = [torch.randn(35, generator=torch.Generator().manual_seed(n)) for n in range(5)]
    rows.append(-torch.ones(35))
    for row in rows:
        theirs = call(
            "return [...arithmetic.probabilities(data.row, data.t)]",
            row=row.tolist(),
            t=temperature,
        )
        assert theirs == pytest.approx(probabilities(row, temperature).tolist(), abs=1e-9)


def test_samples_follow_the_probabilities(call, cells):
    """The first letter drawn from one network at many seeds, beside what it should be."""
    first = generate(cells[20], length=1).outputs[0]
    expected = probabilities(first).numpy()
    drawn = call(
        "return Array.from({ length: 4000 }, (_, seed) => arithmetic.generate(data.network,"
        "  { length: 1, feed: 'sample', seed }).steps[0].letter)",
        network=network(cells[20]),
    )
    shares = np.bincount(drawn, minlength=35) / len(drawn)
    assert np.abs(shares - expected).max() < 0.03


def test_raw_feedback_that_runs_away_is_told(call):
    theirs = call(
        "const network = arithmetic.initWeights(35, 9, 0);"
        "network.weights.fill(1e30);"
        "return arithmetic.generate(network).broken"
    )
    assert theirs is True


def test_terms_add_up_to_the_numbers_of_a_step(call, cells):
    theirs = call(
        "const { network } = data, old = Float32Array.from(data.old);"
        "const out = arithmetic.step(network, arithmetic.oneHot(7, 35), old);"
        "const sum = (part, number) => arithmetic.terms(network, part, number, 7, old).sum;"
        "return [...out.state].map((h, j) => h - Math.tanh(sum('state', j)))"
        ".concat([...out.output].map((o, i) => o - sum('output', i)))",
        network=network(cells[80]),
        old=np.linspace(-1, 1, 35).tolist(),
    )
    assert np.abs(theirs).max() < 1e-5
