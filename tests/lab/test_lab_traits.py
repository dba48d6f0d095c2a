"""Traits of figures: what Python sets moves the figure, what is wrong is refused by name."""

import json
import math

import pytest
import torch
from anywidget import AnyWidget
from nonsense import refused
from using import alone

from charrnn import PostCell, lab
from charrnn.experiments.cost import StepCost
from charrnn.lab.widget import numbers_of

FIGURES = {
    "one_hot": lambda: lab.one_hot("hello"),
    "cell": lambda: lab.cell(PostCell(35, 4), "hello"),
    "training": lambda: lab.training("hello", hidden_size=8),
    "generation": lambda: lab.generation({0: PostCell(35, 4)}),
    "spikes": lambda: lab.spikes("hello", hidden_size=4),
    "softmax": lambda: lab.softmax({"a": 1.0, "b": 2.0}, "a"),
    "gate": lambda: lab.gate("hello"),
    "sampling": lambda: lab.sampling([1.0, 2.0, 0.0], "abc"),
    "hangul": lambda: lab.hangul("한글"),
    "own_text": lambda: lab.own_text("hello world, " * 100, hidden_size=4),
    "cost": lambda: lab.cost(dict.fromkeys(("rnn", "gru", "lstm"), StepCost(1e-3, 0, 1e-6, 1e-8))),
    "inside": lambda: lab.inside("abc", torch.tensor([[0.1, 0.2], [0.3, -0.4], [0.5, 0.6]])),
}
# Of each figure's traits a value that is seen in it.
GOOD = {
    "one_hot": {"text": "abc", "vocabulary": "helo⊢⊣"},
    "cell": {"text": "abc", "vocabulary": "helo⊢⊣", "speed": 3,
             "weights": lambda: numbers_of(PostCell(35, 5))},
    "training": {"text": "abc", "vocabulary": "heo⊢⊣", "hidden_size": 5, "learning_rate": 0.5,
                 "seed": 3, "epochs": 20, "speed": 4},
    "generation": {"vocabulary": "helo⊢⊣", "epochs": [7], "hidden_size": 3, "feed": "sample",
                   "temperature": 2, "seed": 3, "speed": 3,
                   "weights": lambda: numbers_of(PostCell(35, 4))},
    "spikes": {"learning_rate": 0.5, "epsilon": 0.1, "beta2": 0.9, "decay": 0.9, "clip": 2,
               "seed": 3, "epochs": 20, "text": "123", "vocabulary": "hey⊢⊣"},
    "softmax": {"scores": [1, -3.5], "answer": "b"},
    "gate": {"text": "abc", "preset": "fade"},
    "sampling": {"temperature": 2, "top_k": 2, "top_p": 0.5, "seed": 3, "drawn": 5,
                 "letters": "xyz", "logits": torch.tensor([0.0, 3, 1])},
    "hangul": {"text": "값", "jamo": "ㄱㅏ"},
    "own_text": {"text": "other words " * 100, "kind": "lstm", "hidden_size": 5,
                 "spelling": "syllables", "learning_rate": 0.5, "seed": 3, "temperature": 2,
                 "top_k": 5, "top_p": 0.5},
    "cost": {"kind": "lstm", "letters": 5000, "hidden": 32, "batch": 4096, "machines": 8,
             "price": 2, "costs": [1, 2, 3, 4] * 3, "widest": 100},
    "inside": {"text": "xyz", "unit": 1, "names": ["one", "two"],
               "values": torch.tensor([[0.9, 0.2], [0.3, -0.4], [0.5, 0.6]])},
}  # fmt: skip
# Seen once it trains; set once and for all; written by training.
UNSEEN = {
    "spikes": {"hidden_size"},
    "softmax": {"letters"},
    "training": {"weights"},
    "own_text": {"model_file"},
}
BAD = [None, object(), math.nan, -1e40, "bogus \ud800", [object()], b"1"]


def traits_of(figure):
    public = {name for name in figure.traits(sync=True) if not name.startswith("_")}
    return public - {*AnyWidget.class_traits(sync=True), "language", "name", "result"}


@pytest.mark.parametrize("name", FIGURES)
def test_every_trait_is_tried(name):
    assert traits_of(FIGURES[name]()) == {*GOOD[name], *UNSEEN.get(name, ())}


@pytest.mark.parametrize(
    ("name", "trait"), [(n, trait) for n, found in GOOD.items() for trait in found]
)
def test_what_python_sets_moves_the_figure(call, name, trait):
    figure = FIGURES[name]()
    given = GOOD[name][trait]
    setattr(figure, trait, given() if callable(given) else given)
    value = getattr(figure, trait)
    if isinstance(value, bytes):
        moved = f"set('{trait}', lab.kit.bytesOf({list(memoryview(value).cast('f'))}));"
    else:
        moved = f"set('{trait}', {json.dumps(value)});"
    look = (
        "const look = () => el.innerHTML +"
        " [...el.querySelectorAll('textarea, input, select')].map((one) => one.value).join();"
    )
    use = f"{look} const before = look(); {moved} return look() !== before;"
    assert alone(call, FIGURES[name](), use)


@pytest.mark.parametrize("name", FIGURES)
def test_a_wrong_value_is_refused_and_nothing_is_lost(name):
    figure = FIGURES[name]()
    for trait in sorted(traits_of(figure)):
        before = getattr(figure, trait)
        tried = 0
        for bad in BAD:
            if acceptable(figure, trait, bad):
                continue
            named = ("vocabulary", "letters") if trait == "vocabulary" else trait
            refused(named, lambda bad, trait=trait: setattr(figure, trait, bad), bad)
            assert getattr(figure, trait) is before
            tried += 1
        assert tried >= 4


def acceptable(figure, trait, bad):
    """None is a value of some traits; four bytes are numbers."""
    if bad is None:
        return getattr(type(figure), trait).default_value is None
    return bad == b"1" and trait in ("weights", "values", "logits", "model_file")


@pytest.mark.parametrize(
    ("name", "trait", "bad"),
    [
        ("softmax", "scores", [1.0]), ("softmax", "scores", [1.0, 9.0]), ("softmax", "answer", "c"),
        ("softmax", "letters", "xy"), ("inside", "unit", 2), ("sampling", "temperature", 0),
        ("sampling", "top_p", 0), ("generation", "feed", "own"), ("gate", "preset", "mine"),
        ("spikes", "clip", 0), ("own_text", "hidden_size", 513), ("own_text", "kind", "cnn"),
        ("own_text", "spelling", "words"), ("own_text", "top_p", 0),
        ("training", "hidden_size", 129), ("cell", "speed", 0),
    ],
)  # fmt: skip
def test_a_value_out_of_range_is_refused(name, trait, bad):
    figure = FIGURES[name]()
    before = getattr(figure, trait)
    with pytest.raises(ValueError, match=trait):
        setattr(figure, trait, bad)
    assert getattr(figure, trait) == before
