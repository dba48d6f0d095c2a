"""Every public entry refuses nonsense in its own words, and keeps to one thread."""

import copy
import inspect
import math
import random
import types

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from nonsense import HUGE, NEGATIVE, NONSENSE, ZERO, check_clear, refused

from charrnn import CharModel, DivergenceError, Vocabulary, layers
from charrnn.experiments import bptt_cost, losses, probes, recall
from charrnn.layers import checkpoint, gates, model, sampling, training
from charrnn.text import corpus, hangul

MODULES = [
    checkpoint, corpus, bptt_cost, gates, hangul, probes, training, recall, model, losses, sampling,
]  # fmt: skip
LETTERS = torch.tensor([0, 3, 1, 4, 2, 2, 0, 1])
SIDE_BY_SIDE = LETTERS.view(2, 4)
STATES = torch.tensor([[0.1, 0.2, -0.3], [0.5, -0.1, 0.9], [0.0, 0.4, 0.2], [0.3, 0.3, 0.3]])
ABC = Vocabulary("abc␂␃")
OTHERS = ABC, Vocabulary("ab␂␃")


def fresh(kind="gru"):
    torch.manual_seed(0)
    return CharModel(5, 3, kind)


def a_layer(kind):
    torch.manual_seed(0)
    return kind(5, 3)


def adam():
    return torch.optim.Adam(fresh().parameters(), lr=0.01)


MODEL = [*NONSENSE["object"], torch.nn.GRU(5, 3), torch.nn.Linear(5, 3), CharModel]
# Letters (N,) that this model of five letters does not know, or too few for a next one.
FIVE = [*NONSENSE["letters"], torch.tensor([0, 5, 1])]
SEED = [*NONSENSE["whole"], *NEGATIVE, 2**63, 10**400]
ONE_UP = [*NONSENSE["whole"], *NEGATIVE, *ZERO]  # a whole number from 1 on
NOUGHT_UP = [*NONSENSE["whole"], *NEGATIVE]
BOUNDED = [*NOUGHT_UP, *HUGE]
POSITIVE = [*NONSENSE["real"], 0, 0.0, -0.5, torch.tensor(-1.0)]
COUNT = [bad for bad in NOUGHT_UP if bad is not None]
SHARE = [*POSITIVE, 1, 1.5, 1e308]
ROWS = [*NONSENSE["rows"]]
NANS_ALLOWED = [  # in training, where nan gives nan: it is told of at the end of an epoch
    bad for bad in ROWS
    if not (isinstance(bad, torch.Tensor) and bad.dim() == 2 and bad.is_floating_point()
            and not bad.isfinite().all())
]  # fmt: skip
PATHS = [None, True, 3, b"run.ckpt", [], object(), "", ".", "/", "/dev/null", "/dev/zero", "\x00",
         "/no/such/folder/run.ckpt", "x" * 10**4, torch.ones(2)]  # fmt: skip
TEXT = NONSENSE["string"]
SETTINGS = [None, 3, "abc", [], {1: 2}, {"a": np.float64(2)}, {"a": torch.ones(2)}, {"a": [1]}]
LAYER = [*NONSENSE["object"], torch.nn.RNN(5, 3), torch.nn.LSTM(5, 3, 2), torch.nn.GRU(5, 3, 2),
         torch.nn.LSTM(5, 3, bidirectional=True), torch.nn.GRU(5, 3, bias=False),
         torch.nn.LSTM(5, 3, proj_size=2), torch.nn.LSTM(5, 3, bias=False)]  # fmt: skip
STATE = [*NANS_ALLOWED, torch.ones(1, 3), torch.ones(2, 4), torch.ones(2, 3).double()]
OPTIONAL_WHOLE = [bad for bad in ONE_UP if bad is not None]
CURVES = [None, [], {}, {"training": [1.0]}, {"training": ["x"], "validation": []},
          {"training": [math.nan], "validation": []}, {"training": [1.0], "validation": [1.0]},
          {"training": [np.float64(1)], "validation": []}, {"training": (1.0,), "validation": []},
          {"training": [1.0], "validation": [], "foo": []}]  # fmt: skip

# For each entry a call that is right, and what is wrong for each of its arguments.
ENTRIES = {
    model.CharModel: (
        dict(vocab_size=5, hidden_size=3, kind="rnn"),
        dict(vocab_size=[*ONE_UP, *HUGE], hidden_size=[*ONE_UP, *HUGE], kind=NONSENSE["word"]),
    ),
    model.CharModel.forward: (
        dict(self=fresh(), letters=SIDE_BY_SIDE, state=None),
        dict(letters=[*FIVE, LETTERS, SIDE_BY_SIDE[:, :0], SIDE_BY_SIDE + 5, SIDE_BY_SIDE.bool()],
             state=[*NONSENSE["object"][1:], torch.zeros(1, 1, 3), torch.zeros(2, 3),
                    torch.zeros(1, 2, 3).double(), (torch.zeros(1, 2, 3),) * 2]),
    ),
    model.detach: (
        dict(state=torch.ones(2)), dict(state=[*NONSENSE["object"][:-1], [torch.ones(2)]]),
    ),
    model.next_letter_loss: (
        dict(model=fresh(), letters=SIDE_BY_SIDE, state=None),
        dict(model=MODEL, letters=[*FIVE, LETTERS, SIDE_BY_SIDE[:, :1], SIDE_BY_SIDE + 1,
                                   torch.tensor([[0, 1, -100]])],
             state=[*NONSENSE["object"][1:], torch.zeros(1, 1, 3)]),
    ),
    model.perplexity: (dict(loss=1.0), dict(loss=[*NONSENSE["real"], 701, 1e308])),
    layers.batchify: (
        dict(letters=LETTERS, batch=2),
        dict(letters=NONSENSE["letters"][:-1], batch=[*BOUNDED, 0, 5]),
    ),
    layers.segments: (
        dict(rows=SIDE_BY_SIDE, steps=2),
        dict(rows=[*ROWS, LETTERS, SIDE_BY_SIDE[:, :1], STATES], steps=ONE_UP),
    ),
    layers.evaluate: (
        dict(model=fresh(), letters=LETTERS, steps=4),
        dict(model=MODEL, letters=[*FIVE, LETTERS[:1]], steps=ONE_UP),
    ),
    layers.train_epoch: (
        dict(model=fresh(), optimizer=adam(), rows=SIDE_BY_SIDE, steps=2, clip=1.0, carry=True),
        dict(model=MODEL, optimizer=[*NONSENSE["object"], fresh()], rows=[*ROWS, LETTERS, STATES],
             steps=ONE_UP, clip=POSITIVE, carry=NONSENSE["flag"]),
    ),
    layers.train: (
        dict(model=fresh(), letters=LETTERS, validation=None, epochs=1, batch=2, steps=2,
             learning_rate=0.01, clip=1.0, carry=True, path=None, progress=False),
        dict(model=MODEL, letters=FIVE, validation=[*FIVE[1:], LETTERS[:1]],
             epochs=BOUNDED, batch=[*BOUNDED, 0, 5], steps=ONE_UP, learning_rate=POSITIVE,
             clip=POSITIVE, carry=NONSENSE["flag"], path=PATHS[1:], progress=NONSENSE["flag"]),
    ),
    sampling.keep_top_k: (
        dict(probabilities=torch.tensor([0.5, 0.5]), k=1),
        dict(probabilities=[*NONSENSE["row"], torch.tensor([1.5, -0.5]), torch.zeros(3),
                            torch.tensor([3, 4])], k=ONE_UP),
    ),
    sampling.keep_top_p: (
        dict(probabilities=torch.tensor([0.5, 0.5]), p=0.5),
        dict(probabilities=[*NONSENSE["row"], torch.tensor([1.5, -0.5]), torch.zeros(3),
                            torch.tensor([3, 4])], p=[*POSITIVE, 1.01]),
    ),
    sampling.distribution: (
        dict(logits=torch.ones(4), temperature=1.0, top_k=None, top_p=None),
        dict(logits=[*NONSENSE["row"], STATES, torch.ones(1, 4)], temperature=POSITIVE,
             top_k=OPTIONAL_WHOLE, top_p=[bad for bad in [*POSITIVE, 1.01] if bad is not None]),
    ),
    sampling.generate: (
        dict(model=fresh(), vocabulary=ABC, prompt="ab", length=3, temperature=1.0, top_k=None,
             top_p=None, seed=0),
        dict(model=MODEL, vocabulary=[*NONSENSE["object"], *OTHERS[1:]], prompt=TEXT,
             length=BOUNDED, temperature=POSITIVE, top_k=OPTIONAL_WHOLE,
             top_p=[bad for bad in [*POSITIVE, 1.01] if bad is not None], seed=SEED),
    ),
    checkpoint.fingerprint: (dict(letters=LETTERS), dict(letters=NONSENSE["letters"][:-1])),
    checkpoint.place: (dict(path="run.ckpt"), dict(path=[p for p in PATHS if p != PATHS[-3]])),
    checkpoint.check_folder: (dict(path="run.ckpt"), dict(path=PATHS)),
    checkpoint.save: (
        None,
        dict(path=PATHS, model=NONSENSE["object"], optimizer=NONSENSE["object"],
             settings=SETTINGS, curves=CURVES, middle=[3, "abc", [], (), True]),
    ),
    checkpoint.load: (
        None,
        dict(path=[p for p in PATHS if p != PATHS[-3]], model=NONSENSE["object"],
             optimizer=NONSENSE["object"], settings=SETTINGS),
    ),
    checkpoint.read: (None, dict(path=[p for p in PATHS if p != PATHS[-3]])),
    corpus.english: ({}, {}),
    corpus.korean: ({}, {}),
    corpus.alphabet: (dict(text="abc"), dict(text=[*TEXT, "", "a␂"])),
    corpus.split: (
        dict(letters=LETTERS, share=0.5),
        dict(letters=NONSENSE["letters"][:-1], share=[*SHARE, 0.01, 0.99]),
    ),
    gates.lstm_step: (
        dict(layer=a_layer(torch.nn.LSTM), x=torch.ones(2, 5), h=torch.ones(2, 3),
             c=torch.ones(2, 3)),
        dict(layer=[*LAYER, torch.nn.GRU(5, 3)], x=[*NANS_ALLOWED, torch.ones(2, 4),
             torch.ones(2, 5).double()], h=STATE, c=STATE),
    ),
    gates.gru_step: (
        dict(layer=a_layer(torch.nn.GRU), x=torch.ones(2, 5), h=torch.ones(2, 3)),
        dict(layer=[*LAYER, torch.nn.LSTM(5, 3)], x=[*NANS_ALLOWED, torch.ones(2, 4)], h=STATE),
    ),
    gates.lstm_run: (
        dict(layer=a_layer(torch.nn.LSTM), rows=torch.ones(2, 5)),
        dict(layer=LAYER, rows=[*NANS_ALLOWED, torch.ones(2, 4), torch.ones(5)]),
    ),
    gates.set_forget_bias: (
        dict(layer=a_layer(torch.nn.LSTM), bias=1.0),
        dict(layer=[*LAYER, torch.nn.GRU(5, 3)], bias=NONSENSE["real"]),
    ),
    gates.set_gate_bias: (
        dict(layer=a_layer(torch.nn.GRU), gate="reset", bias=1.0),
        dict(layer=LAYER, gate=[*NONSENSE["word"], "forget"], bias=NONSENSE["real"]),
    ),
    recall.sample_batch: (
        dict(distance=2, count=2, generator=torch.Generator()),
        dict(distance=BOUNDED, count=[*BOUNDED, 0], generator=NONSENSE["object"]),
    ),
    recall.recall_accuracy: (
        dict(kind="rnn", distance=1, seed=0, rounds=1, hidden_size=2),
        dict(kind=[*NONSENSE["word"], "LSTM"], distance=BOUNDED, seed=SEED, rounds=BOUNDED,
             hidden_size=[*BOUNDED, 0]),
    ),
    recall.fresh_model: (
        dict(kind="rnn", seed=0, hidden_size=2),
        dict(kind=[*NONSENSE["word"], "LSTM"], seed=SEED, hidden_size=[*BOUNDED, 0]),
    ),
    recall.train_seeds: (
        dict(kind="rnn", distance=1, seeds=2, rounds=1, hidden_size=2),
        dict(kind=[*NONSENSE["word"], "LSTM"], distance=BOUNDED, seeds=[*BOUNDED, 0],
             rounds=BOUNDED, hidden_size=[*BOUNDED, 0]),
    ),
    recall.kept_over_fillers: (
        dict(model=recall.fresh_model("gru", hidden_size=2), distance=1, seed=0),
        dict(model=[*NONSENSE["object"], fresh("rnn"), fresh()], distance=BOUNDED, seed=SEED),
    ),
    recall.gradient_at_first_letter: (
        dict(model=recall.fresh_model("rnn", hidden_size=2), distance=1, seed=0),
        dict(model=[*NONSENSE["object"], fresh()], distance=BOUNDED, seed=SEED),
    ),
    losses.squared_error: (
        dict(logits=torch.ones(8, 5), answers=LETTERS),
        dict(logits=[*NANS_ALLOWED, torch.ones(1, 5), torch.ones(7, 5)],
             answers=[*FIVE, LETTERS[:1], LETTERS[:, None], torch.eye(8, 8).long()]),
    ),
    losses.one_sided_error: (
        dict(logits=torch.ones(8, 5), answers=LETTERS),
        dict(logits=[*NANS_ALLOWED, torch.ones(1, 5), torch.ones(7, 5)],
             answers=[*FIVE, LETTERS[:1], LETTERS[:, None]]),
    ),
    losses.cross_entropy: (
        dict(logits=torch.ones(8, 5), answers=LETTERS),
        dict(logits=[*NANS_ALLOWED, torch.ones(1, 5), torch.ones(7, 5)],
             answers=[*FIVE, LETTERS[:1], LETTERS[:, None]]),
    ),
    losses.epochs_needed: (
        dict(objective="cross-entropy", learning_rate=0.1, seed=0, text="ab", most=1),
        dict(objective=NONSENSE["word"], learning_rate=POSITIVE, seed=SEED,
             text=[*TEXT, "a" * 10**6], most=BOUNDED),
    ),
    bptt_cost.saved_tensor_bytes: (
        dict(model=fresh(), letters=LETTERS, steps=None),
        dict(model=MODEL, letters=[*FIVE, LETTERS[:1]], steps=OPTIONAL_WHOLE),
    ),
    bptt_cost.seconds_per_epoch: (
        dict(model=fresh(), letters=LETTERS, steps=2, batch=1),
        dict(model=MODEL, letters=[*FIVE, LETTERS[:1]], steps=ONE_UP, batch=[*BOUNDED, 0, 5]),
    ),
    probes.counting_text: (
        dict(lines=2, most=3, seed=0), dict(lines=BOUNDED, most=[*BOUNDED, 0], seed=SEED),
    ),
    probes.remaining_b: (dict(text="aabb\n"), dict(text=TEXT)),
    probes.inside_quotes: (dict(text='a "b"'), dict(text=TEXT)),
    probes.since_space: (dict(text="a b"), dict(text=TEXT)),
    probes.hidden_states: (dict(model=fresh(), letters=LETTERS), dict(model=MODEL, letters=FIVE)),
    probes.held: (
        dict(model=fresh("lstm"), unit=1, level=0.5),
        dict(model=[*MODEL, fresh()], unit=[*BOUNDED, 3], level=[*NONSENSE["real"], 2, -1.5]),
    ),
    probes.correlations: (
        dict(states=STATES, values=torch.arange(4)),
        dict(states=[*ROWS, STATES[:3]],
             values=[*NONSENSE["row"], torch.ones(3), torch.ones(1), STATES]),
    ),
    probes.principal_components: (
        dict(states=STATES), dict(states=[*ROWS, torch.ones(4, 3), STATES[:1]]),
    ),
    probes.reconstruct: (
        dict(states=STATES, count=2), dict(states=[*ROWS, torch.ones(4, 3)], count=[*BOUNDED, 4]),
    ),
    probes.saliency: (
        dict(scores_of=lambda rows: rows * 2, rows=STATES, answers=torch.tensor([0, 1, 2, 0])),
        dict(scores_of=[*(bad for bad in NONSENSE["object"] if not callable(bad)),
                        *(lambda rows, bad=bad: bad for bad in ROWS),
                        lambda rows: rows.detach() * 2, lambda rows: rows[:2],
                        lambda rows: rows.sum()],
             rows=[*ROWS, torch.ones(4, 3).long()],
             answers=[*FIVE, [0, 1, 1.9, 0], [0, 1], [0, 1, 2, 3], [0, 1, 2, -1], (0, 1, "a", 2)]),
    ),
    hangul.is_syllable: (dict(letter="한"), dict(letter=TEXT)),
    hangul.is_jamo: (dict(letter="ㅎ"), dict(letter=TEXT)),
    hangul.parts: (
        dict(syllable="한"), dict(syllable=[*TEXT, "", "ab", "\u1112\u1161", "가" * 10**6]),
    ),
    hangul.syllable: (
        dict(lead="ㅎ", vowel="ㅏ", tail="ㄴ"),
        dict(lead=[*TEXT, "", " ", "ㅏ", "ㄱㄴ", "ㄱ" * 10**6], vowel=[*TEXT, "", " ", "ㄱ"],
             tail=[*TEXT, " ", "ㅃ", "ㅏ"]),
    ),
    hangul.to_jamo: (dict(text="한글"), dict(text=TEXT)),
    hangul.from_jamo: (dict(text="ㅎㅏㄴ"), dict(text=TEXT)),
    hangul.lone_jamo: (dict(text="ㅎ"), dict(text=TEXT)),
    hangul.encode_as: (
        dict(text="한", spelling="jamo"), dict(text=TEXT, spelling=NONSENSE["word"]),
    ),
    hangul.decode_from: (
        dict(text="한", spelling="jamo"), dict(text=TEXT, spelling=NONSENSE["word"]),
    ),
    hangul.bits_per_character: (
        dict(loss=1.0, read=2, characters=2),
        dict(loss=[*NONSENSE["real"], -1], read=[*NOUGHT_UP, 10**30], characters=ONE_UP),
    ),
}  # fmt: skip
# What calls them has looked at their arguments.
HELPERS = {
    training.History, checkpoint.CheckpointError, checkpoint.restore, corpus.of_letters,
    model.checked_sizes, model.count_weights, model.check_letters,
    model.check_state, losses.checked_answers, gates.check_layer, gates.check_step,
    hangul.checked_spelling, hangul.checked_bytes, probes.checked_states, probes.checked_question,
    probes.checked_scores, checkpoint.no_run,
}  # fmt: skip
# Two arguments that do not fit each other: either may be named.
EITHER = {
    (model.CharModel, "vocab_size"): ("vocab_size", "hidden_size"),
    (gates.lstm_step, "x"): ("x", "h", "c"),
    (gates.gru_step, "x"): ("x", "h"),
    (losses.squared_error, "logits"): ("logits", "answers"),
    (losses.one_sided_error, "logits"): ("logits", "answers"),
    (losses.cross_entropy, "logits"): ("logits", "answers"),
    (probes.correlations, "states"): ("states", "values"),
    (probes.saliency, "rows"): ("rows", "scores_of"),
}
PAIRS = [
    pytest.param(entry, name, id=f"{entry.__module__.split('.')[-1]}.{entry.__qualname__}-{name}")
    for entry, (_, wrong) in ENTRIES.items()
    for name in wrong
]


def right_call(entry):
    """Settings of a call that is right, with models of its own."""
    right = ENTRIES[entry][0]
    if right is None:  # checkpoint.save and load
        ours = fresh()
        right = dict(model=ours, optimizer=torch.optim.Adam(ours.parameters()),
                     settings={"validation": None}, path="run.ckpt")  # fmt: skip
        if entry is checkpoint.read:
            return {"path": "run.ckpt"}
        if entry is checkpoint.save:
            right["curves"] = {"training": [], "validation": []}
    right = dict(right)
    if isinstance(right.get("model"), CharModel):
        right["model"] = copy.deepcopy(right["model"])
    if "optimizer" in right:
        right["optimizer"] = torch.optim.Adam(right["model"].parameters())
    return right


def test_the_table_holds_every_public_entry_and_argument():
    public = set()
    for module in MODULES:
        for name, thing in vars(module).items():
            made_here = getattr(thing, "__module__", None) == module.__name__
            if isinstance(thing, type | types.FunctionType) and made_here and name[0] != "_":
                public.add(thing)
    assert public - HELPERS == set(ENTRIES) - {model.CharModel.forward}
    for entry, (_, wrong) in ENTRIES.items():
        assert set(inspect.signature(entry).parameters) - {"self"} == set(wrong), entry


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(("entry", "name"), PAIRS)
def test_each_argument_is_refused_by_name(entry, name):
    right = right_call(entry)
    for bad in ENTRIES[entry][1][name]:
        refused(EITHER.get((entry, name), name), entry, **{**right, name: bad})


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e.__module__[8:]}.{e.__qualname__}")
def test_right_calls_pass_on_one_thread_and_give_the_threads_back(entry, monkeypatch):
    """No thread is started by what the chapters call, not even for a reader without settings."""
    if entry in (checkpoint.load, checkpoint.read):
        checkpoint.save(
            **{**right_call(checkpoint.load), "curves": {"training": [], "validation": []}}
        )
    threads, seen = torch.get_num_threads(), []
    torch.set_num_threads(2)
    real = CharModel.forward

    def forward(self, *rest, **more):
        seen.append(torch.get_num_threads())
        return real(self, *rest, **more)

    monkeypatch.setattr(CharModel, "forward", forward)
    try:
        entry(**right_call(entry))
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(threads)
    if entry in KEEPS_ONE and entry not in (probes.hidden_states, probes.saliency):
        assert set(seen) == {1}


KEEPS_ONE = {
    layers.evaluate, layers.train_epoch, layers.train, sampling.generate, probes.hidden_states,
    probes.saliency, bptt_cost.saved_tensor_bytes, bptt_cost.seconds_per_epoch,
    recall.recall_accuracy,
}  # fmt: skip


@pytest.mark.parametrize("entry", [probes.hidden_states, probes.saliency])
def test_looking_inside_keeps_to_one_thread(entry, monkeypatch):
    threads, seen = torch.get_num_threads(), []
    torch.set_num_threads(2)
    try:
        if entry is probes.saliency:
            entry(
                lambda rows: seen.append(torch.get_num_threads()) or rows * 2, STATES, [0, 1, 2, 0]
            )
        else:
            ours = fresh()
            ours.recurrent.register_forward_pre_hook(
                lambda *_: seen.append(torch.get_num_threads())
            )
            entry(ours, LETTERS)
        assert seen == [1]
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(threads)


@pytest.mark.parametrize("entry", sorted(KEEPS_ONE, key=str), ids=lambda e: e.__qualname__)
def test_threads_are_given_back_after_an_error_too(entry):
    threads = torch.get_num_threads()
    torch.set_num_threads(2)
    name = list(ENTRIES[entry][1])[-1]
    try:
        refused(name, entry, **{**right_call(entry), name: object()})
        assert torch.get_num_threads() == 2
    finally:
        torch.set_num_threads(threads)


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda e: f"{e.__module__[8:]}.{e.__qualname__}")
@given(data=st.data())
@settings(max_examples=12)
def test_several_slips_at_once_are_still_a_clear_refusal(entry, data):
    wrong = ENTRIES[entry][1]
    if not wrong:
        return
    names = data.draw(st.sets(st.sampled_from(sorted(wrong)), min_size=1))
    slips = {name: data.draw(st.sampled_from(wrong[name])) for name in sorted(names)}
    try:  # two slips may fit each other, such as one row of scores and one answer
        entry(**{**right_call(entry), **slips})
    except (ValueError, TypeError) as error:
        check_clear(tuple(wrong), error)


whole_numbers = st.one_of(
    st.integers(-3, 12), st.sampled_from([10**9, -(10**9), 2**63, 10**30]), st.booleans(),
    st.none(), st.floats(), st.text(max_size=3),
)  # fmt: skip
tensors = st.builds(
    lambda shape, kind, seed: torch.randint(
        -1, 7, shape, generator=torch.Generator().manual_seed(seed)
    ).to(kind),
    st.lists(st.integers(0, 5), max_size=3),
    st.sampled_from([torch.int64, torch.int32, torch.uint8, torch.float32, torch.float64,
                     torch.bool, torch.complex64, torch.float16, torch.bfloat16]),
    st.integers(0, 99),
)  # fmt: skip
anything = whole_numbers | tensors | st.binary(max_size=3) | st.lists(st.integers(), max_size=3)
CHEAP = [
    entry
    for entry in ENTRIES
    if entry not in (layers.train, checkpoint.save, checkpoint.load, checkpoint.read)
]


@pytest.mark.parametrize("entry", CHEAP, ids=lambda e: f"{e.__module__[8:]}.{e.__qualname__}")
@given(data=st.data())
@settings(max_examples=30)
def test_whatever_is_handed_over_comes_to_a_value_or_a_clear_refusal(entry, data):
    wrong = ENTRIES[entry][1]
    if not wrong:
        return
    right, name = right_call(entry), data.draw(st.sampled_from(sorted(wrong)))
    try:
        value = entry(**{**right, name: data.draw(anything)})
    except (ValueError, TypeError, DivergenceError) as error:
        check_clear((*wrong, "text", "letter"), error)  # of a vocabulary
        return
    # No entry makes nan of what is finite.
    for part in value if isinstance(value, tuple) else (value,):
        if isinstance(part, torch.Tensor):
            assert part.isfinite().all()
        if isinstance(part, float):
            assert math.isfinite(part)


def test_the_python_generator_is_left_alone():
    random.seed(3)
    before = random.getstate()
    probes.counting_text(5)
    assert random.getstate() == before
