"""The figures refuse nonsense by name, and let nothing into a page that it cannot read."""

import json
import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from nonsense import HUGE, NEGATIVE, NONSENSE, ZERO, nonsense, refused
from opening import embedded

from charrnn import SENTENCE, LinearCell, NewStateCell, PostCell, Vocabulary, lab
from charrnn.experiments.cost import StepCost

BEYOND = [*NEGATIVE, *HUGE]
BAD_SEEDS = [*NONSENSE["whole"], *NEGATIVE, 2**32, *HUGE[1:]]
BAD_SPEEDS = [*NONSENSE["real"], *NEGATIVE, 1001, 1e308]
BAD_HIDDEN = [*NONSENSE["whole"], *BEYOND, 0, 129, 200]
BAD_EPOCHS = [*NONSENSE["whole"], *BEYOND, 0]
NO_VOCABULARY = [bad for bad in NONSENSE["object"] if bad is not None]
HALF = ["\ud800", "a\udfff"]  # of a letter: no page holds it
CELL = PostCell(35, 3)
COSTS = dict.fromkeys(("rnn", "gru", "lstm"), StepCost(1e-3, 0, 1e-6, 1e-8))
WAVES = torch.zeros(3, 2)


def diverged():
    cell = PostCell(35, 3)
    with torch.no_grad():
        cell.input_to_hidden.bias[1] = math.nan
    return cell


NO_CELL = [*NONSENSE["object"], LinearCell(35, 3), NewStateCell(35, 3), diverged(),
           PostCell(35, 1000)]  # fmt: skip


def but_none(bad):
    return [value for value in bad if value is not None]


ENTRIES = {
    "one_hot text": ("text", [*NONSENSE["string"], "", "a" * 10_001], lab.one_hot),
    "one_hot vocabulary": (
        "vocabulary", NO_VOCABULARY, lambda bad: lab.one_hot("a", vocabulary=bad)),
    "cell cell": ("cell", NO_CELL, lab.cell),
    "cell text": ("text", [*NONSENSE["string"], "", "a" * 1001], lambda bad: lab.cell(CELL, bad)),
    "cell vocabulary": ("vocabulary", [*NO_VOCABULARY, Vocabulary("ab01")],
                        lambda bad: lab.cell(CELL, vocabulary=bad)),
    "cell speed": ("speed", [*BAD_SPEEDS, *ZERO], lambda bad: lab.cell(CELL, speed=bad)),
    "generation cells": (
        "cells", [*NONSENSE["object"], {}, {"a": CELL}, {1.5: CELL}, {-1: CELL}, {math.nan: CELL},
                  {0: PostCell(35, 2), 1: CELL}, dict.fromkeys(range(21), CELL)], lab.generation),
    "generation cell": ("cell", NO_CELL, lambda bad: lab.generation({0: CELL, 5: bad})),
    "generation feed": ("feed", "word", lambda bad: lab.generation({0: CELL}, feed=bad)),
    "generation temperature": (
        "temperature", [*NONSENSE["real"], *BEYOND, 0, 0.05, 3.5],
        lambda bad: lab.generation({0: CELL}, temperature=bad)),
    "generation seed": ("seed", BAD_SEEDS, lambda bad: lab.generation({0: CELL}, seed=bad)),
    "generation vocabulary": ("vocabulary", [*NO_VOCABULARY, Vocabulary("ab01")],
                              lambda bad: lab.generation({0: CELL}, vocabulary=bad)),
    "generation speed": (
        "speed", [*BAD_SPEEDS, *ZERO], lambda bad: lab.generation({0: CELL}, speed=bad)),
    "cost costs": ("costs", [*NONSENSE["object"], {"gru": COSTS["gru"]}, dict.fromkeys(COSTS, 1)],
                   lab.cost),
    "cost kind": ("kind", "word", lambda bad: lab.cost(COSTS, kind=bad)),
    **{
        f"cost {name}": (
            name, [*NONSENSE["whole"], *NEGATIVE, *HUGE[1:], 0, 3],
            lambda bad, name=name: lab.cost(COSTS, **{name: bad}))
        for name in ("letters", "hidden", "batch", "machines")
    },
    "cost widest": ("widest", [*NONSENSE["whole"], *BEYOND, 0],
                    lambda bad: lab.cost(COSTS, widest=bad)),
    "cost price": ("price", [*NONSENSE["real"], *NEGATIVE, 1e7],
                   lambda bad: lab.cost(COSTS, price=bad)),
    "training text": ("text", [*NONSENSE["string"], "", "a" * 10_001], lab.training),
    "training hidden_size": ("hidden_size", BAD_HIDDEN, lambda bad: lab.training(hidden_size=bad)),
    "training learning_rate": (
        "learning_rate", [*NONSENSE["real"], *NEGATIVE, 0, 1e-6, 1e31],
        lambda bad: lab.training(learning_rate=bad)),
    "training seed": ("seed", BAD_SEEDS, lambda bad: lab.training(seed=bad)),
    "training epochs": ("epochs", BAD_EPOCHS, lambda bad: lab.training(epochs=bad)),
    "training speed": ("speed", BAD_SPEEDS, lambda bad: lab.training(speed=bad)),
    "spikes text": ("text", [*NONSENSE["string"], "", "a" * 10_001], lab.spikes),
    "spikes hidden_size": ("hidden_size", BAD_HIDDEN, lambda bad: lab.spikes(hidden_size=bad)),
    "spikes seed": ("seed", BAD_SEEDS, lambda bad: lab.spikes(seed=bad)),
    "spikes epochs": ("epochs", BAD_EPOCHS, lambda bad: lab.spikes(epochs=bad)),
    "softmax scores": (
        "scores", [*NONSENSE["object"], {"a": 1.0}, {"a": 1.0, "bc": 1.0}, {"a": 1.0, "": 1.0},
                   {"a": 1.0, 2: 1.0}, {"a": 1.0, "b": math.nan}, {"a": 1.0, "b": 9},
                   {"a": 1.0, "b": -8.1}, {"a": 1.0, "b": "x"}, {"a": 1.0, "b": True},
                   {"a": 1.0, "\ud800": 1.0}, dict.fromkeys("abcdefghi", 1.0)],
        lambda bad: lab.softmax(bad, "a")),
    "softmax answer": (
        "answer", "word", lambda bad: lab.softmax({"a": 1.0, "b": 2.0}, bad)),
    "gate text": ("text", [*NONSENSE["string"], "", "a" * 41, *HALF], lab.gate),
    "gate preset": ("preset", "word", lambda bad: lab.gate(preset=bad)),
    "hangul text": ("text", [*NONSENSE["string"], "a" * 100_001, *HALF], lab.hangul),
    "hangul jamo": ("jamo", [*but_none(NONSENSE["string"]), "a" * 100_001, *HALF],
                    lambda bad: lab.hangul("한글", jamo=bad)),
    "sampling logits": (
        "logits", [*(bad for bad in NONSENSE["row"] if bad.__class__ is not list), torch.ones(3),
                   [], [[0.5], [1.5]], torch.ones(2, 1), [1.0, None], [math.nan, 0],
                   [1e39, 0], torch.tensor([0, 1e9]), [1j, 0], "ab", b"ab", np.ones((2, 2))],
        lambda bad: lab.sampling(bad, "ab")),
    "sampling letters": (
        "letters", [*NONSENSE["object"][:-3], "", "aa", ["a", "bc"], ["a", None], ["a", "\ud800"]],
        lambda bad: lab.sampling([1.0, 2.0], bad)),
    "sampling temperature": ("temperature", [*NONSENSE["real"], *BEYOND, 0, 0.04, 3.1],
                             lambda bad: lab.sampling([1.0, 2.0], "ab", temperature=bad)),
    "sampling top_k": ("top_k", [*but_none(NONSENSE["whole"]), *NEGATIVE, 0],
                       lambda bad: lab.sampling([1.0, 2.0], "ab", top_k=bad)),
    "sampling top_p": ("top_p", [*but_none(NONSENSE["real"]), *NEGATIVE, 0, 0.001, 1.1],
                       lambda bad: lab.sampling([1.0, 2.0], "ab", top_p=bad)),
    "sampling seed": ("seed", BAD_SEEDS, lambda bad: lab.sampling([1.0, 2.0], "ab", seed=bad)),
    "own_text text": ("text", [*but_none(NONSENSE["string"]), "", "a" * 999, "a" * 300_001,
                               "\ud800" * 1000], lab.own_text),
    "own_text kind": ("kind", "word", lambda bad: lab.own_text(kind=bad)),
    "own_text hidden_size": ("hidden_size", [*NONSENSE["whole"], *BEYOND, 0, 513],
                             lambda bad: lab.own_text(hidden_size=bad)),
    "own_text spelling": ("spelling", "word", lambda bad: lab.own_text(spelling=bad)),
    "own_text learning_rate": (
        "learning_rate", [*NONSENSE["real"], *NEGATIVE, 0, 1e-6, 1e31],
        lambda bad: lab.own_text(learning_rate=bad)),
    "own_text seed": ("seed", BAD_SEEDS, lambda bad: lab.own_text(seed=bad)),
    "own_text temperature": ("temperature", [*NONSENSE["real"], *BEYOND, 0, 0.04, 3.1],
                             lambda bad: lab.own_text(temperature=bad)),
    "own_text model": ("model", but_none(NONSENSE["object"]),
                       lambda bad: lab.own_text(model=bad)),
    "inside text": (("text", "values"), [*NONSENSE["string"], "", "a" * 10_001, *HALF],
                    lambda bad: lab.inside(bad, WAVES)),
    "inside values": ("values", [*NONSENSE["rows"], WAVES[:2], WAVES + 1.1, WAVES.expand(3, 2)[0]],
                      lambda bad: lab.inside("abc", bad)),
    "inside names": ("names", [*but_none(NONSENSE["object"]), ["one"], "ab", ["one", 2],
                               ["one", None]], lambda bad: lab.inside("abc", WAVES, bad)),
    "inside unit": ("unit", [*NONSENSE["whole"], *BEYOND, 2],
                    lambda bad: lab.inside("abc", WAVES, unit=bad)),
}  # fmt: skip
KINDS = [entry for entry, (_, kind, _) in ENTRIES.items() if isinstance(kind, str)]


@pytest.mark.parametrize("entry", ENTRIES)
def test_nonsense_is_refused_by_name(entry):
    name, kind, call = ENTRIES[entry]
    for bad in NONSENSE[kind] if isinstance(kind, str) else kind:
        refused(name, call, bad)


@pytest.mark.parametrize("entry", KINDS)
@settings(max_examples=15)
@given(data=st.data())
def test_made_up_nonsense_is_refused_by_name(entry, data):
    name, kind, call = ENTRIES[entry]
    refused(name, call, data.draw(nonsense(kind)))


def page_state(figure):
    """What the page reads of a figure, as strict JSON: an error where it holds nan or inf."""
    return json.loads(json.dumps(embedded([figure])["manager_state"], allow_nan=False))


NUMBERS = st.integers() | st.floats() | st.sampled_from([np.float32(0.5), torch.tensor(2)])


@settings(max_examples=40)
@given(
    make=st.sampled_from([
        lambda x: lab.training("hi", speed=x), lambda x: lab.training("hi", learning_rate=x),
        lambda x: lab.training("hi", hidden_size=x), lambda x: lab.training("hi", seed=x),
        lambda x: lab.training("hi", epochs=x), lambda x: lab.cell(CELL, "hi", speed=x),
        lambda x: lab.generation({0: CELL}, temperature=x), lambda x: lab.spikes("hi", seed=x),
        lambda x: lab.generation({0: CELL}, seed=x), lambda x: lab.generation({0: CELL}, speed=x),
        lambda x: lab.softmax({"a": x, "b": 0}, "a"),
        lambda x: lab.sampling([x, 0.0], "ab"), lambda x: lab.sampling([1.0, 0.0], "ab", top_k=x),
        lambda x: lab.sampling([1.0, 0.0], "ab", top_p=x),
        lambda x: lab.inside("abc", WAVES, unit=x),
        lambda x: lab.sampling([1.0, 0.0], "ab", seed=x, temperature=x),
    ]),
    number=NUMBERS,
)  # fmt: skip
def test_any_number_fits_into_a_page_or_is_refused(make, number):
    names = ("speed", "learning_rate", "hidden_size", "seed", "epochs", "temperature", "scores",
             "logits", "top_k", "top_p", "unit")  # fmt: skip
    try:
        figure = make(number)
    except (TypeError, ValueError):
        refused(names, make, number)
    else:
        page_state(figure)


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
@pytest.mark.parametrize("change", [
    lambda figure, bad: setattr(figure, "speed", bad),
    lambda figure, bad: setattr(figure, "learning_rate", bad),
    lambda figure, bad: setattr(figure, "result", {"loss": bad}),
    lambda figure, bad: setattr(figure, "result", {"deep": [{"list": [bad]}]}),
])  # fmt: skip
def test_no_trait_takes_what_json_cannot_hold(change, bad):
    figure = lab.training("hi")
    with pytest.raises(ValueError, match=r"must (be a number|hold finite numbers)"):
        change(figure, bad)
    page_state(figure)


def test_a_tensor_among_the_results_is_named():
    figure = lab.training("hi")
    with pytest.raises(ValueError, match=r"^result must hold"):
        figure.result = {"loss": torch.tensor(1.0)}


def test_numpys_numbers_stand_in_a_page_as_pythons():
    figure = lab.training("hi", hidden_size=np.int64(5), learning_rate=np.float32(0.5),
                          seed=torch.tensor(3), epochs=np.int32(9), speed=np.float64(4)
                          )  # fmt: skip
    kept = [figure.hidden_size, figure.learning_rate, figure.seed, figure.epochs]
    assert kept == [5, 0.5, 3, 9]
    assert [type(value) for value in kept] == [int, float, int, int]
    page_state(figure)


WHOLE = 4 * 38 * 39  # bytes of a cell of 35 letters and 3 units


@pytest.mark.parametrize(
    "length", [0, 1, 3, 4, 5, WHOLE - 4, WHOLE + 4, WHOLE - 1, WHOLE + 1, 2 * WHOLE, 4 * 35 * 36]
)
def test_weights_of_a_wrong_length_are_no_cell(length):
    figure = lab.training(SENTENCE)
    figure.weights = bytes(length)
    with pytest.raises(ValueError, match="holds no single network"):
        _ = figure.cell


def test_the_cell_of_a_figure_is_the_one_it_was_given():
    given = PostCell(35, 3)
    got = lab.cell(given, "hi").cell
    assert (got.vocab_size, got.hidden_size) == (35, 3)
    for ours, theirs in zip(got.parameters(), given.parameters(), strict=True):
        assert torch.equal(ours, theirs)
