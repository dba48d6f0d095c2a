"""Every argument of what the first six chapters call is refused in words that name it."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from nonsense import HUGE, NEGATIVE, NONSENSE, ODD_TEXT, ZERO, nonsense, refused

from charrnn import (
    SENTENCE,
    History,
    LinearCell,
    NewStateCell,
    PostCell,
    Vocabulary,
    VocabularyError,
    count_parameters,
    generate,
    one_hot,
    probabilities,
    run,
    sequence_loss,
    set_language,
    show_source,
    table,
    train,
    translations,
)
from charrnn.experiments import gradient_check, gradient_flow, speed, stability, toy_tasks
from charrnn.scratch import bptt, nn_rnn

VOCABULARY = Vocabulary()
ROWS = VOCABULARY.one_hot("ab")  # (T + 1, V)
CELL = PostCell(35, 3)
DOUBLE = PostCell(35, 2).double()


def with_gradients(cell):
    for p in cell.parameters():
        p.grad = torch.zeros_like(p)
    return cell


def an_adam(cell=CELL):
    adam = torch.optim.Adam(cell.parameters())
    with_gradients(cell)
    adam.step()
    return adam


ADAM = an_adam()
BEYOND = [*NEGATIVE, *HUGE]  # of a whole number from 0 on
BAD_SEEDS = [*NONSENSE["whole"], *NEGATIVE, 2**32, *HUGE[1:]]
NOT_ABOVE_0 = [*NEGATIVE, *ZERO, 0.0, -0.0, -1e-300]
# Rows that this cell of 35 letters and float32 cannot read; the last one cannot be told from
# good ones where any dtype will do.
MISFITS = [torch.eye(34), torch.eye(36)[:2], torch.zeros(0, 35), torch.zeros(35)]
OTHER_TYPES = [ROWS.double(), ROWS.half(), ROWS.long()]
NO_FIT = [*MISFITS, *OTHER_TYPES]

# A name, its argument of which kind or which values, and the call.
ENTRIES = {
    "Vocabulary letters": ("letters", "string", Vocabulary),
    "Vocabulary few": ("letters", ["", "a", "ab", "e\u0301a"], Vocabulary),
    "Vocabulary many": ("letters", ["".join(map(chr, range(0x4E00, 0x4E00 + 12_001)))], Vocabulary),
    "normalise": ("text", "string", VOCABULARY.normalise),
    "encode": ("text", "string", VOCABULARY.encode),
    "encode marks": ("marks", "flag", lambda bad: VOCABULARY.encode("a", bad)),
    "Vocabulary.one_hot": ("text", "string", VOCABULARY.one_hot),
    "Vocabulary.one_hot marks": ("marks", "flag", lambda bad: VOCABULARY.one_hot("a", bad)),
    "decode": ("rows", [*NONSENSE["object"][:-4], torch.zeros(3, dtype=torch.complex64),
                        torch.zeros(3, 35, dtype=torch.complex64), torch.zeros(3, 35) > 1, 10**400,
                        [10**400], [[1], [2, 3]], np.array(["a"]), torch.zeros(3, 35, 1),
                        torch.zeros(3, 34)], VOCABULARY.decode),
    "one_hot": ("indices", "letters", lambda bad: one_hot(bad, 3)),
    "one_hot square": ("indices", [torch.zeros(3, 3).long()], lambda bad: one_hot(bad, 3)),
    "one_hot size": ("size", "whole", lambda bad: one_hot(torch.tensor([0]), bad)),
    "one_hot size out of range": ("size", [*BEYOND, 0],
                                  lambda bad: one_hot(torch.tensor([0]), bad)),
    "one_hot too many": ("indices", [torch.zeros(30_000).long()],
                         lambda bad: one_hot(bad, 12_000)),
    "PostCell vocab_size": ("vocab_size", "whole", lambda bad: PostCell(bad, 2)),
    "PostCell hidden_size": ("hidden_size", "whole", lambda bad: PostCell(2, bad)),
    "NewStateCell vocab_size": ("vocab_size", [*BEYOND, 0], lambda bad: NewStateCell(bad, 2)),
    "LinearCell hidden_size": ("hidden_size", [*BEYOND, 0], lambda bad: LinearCell(2, bad)),
    "run cell": ("cell", "object", lambda bad: run(bad, ROWS)),
    "run rows": ("rows", "rows", lambda bad: run(CELL, bad)),
    "run rows that do not fit": ("rows", NO_FIT, lambda bad: run(CELL, bad)),
    "count_parameters": ("cell", "object", count_parameters),
    "loss_and_gradients cell": ("cell", "object", lambda bad: bptt.loss_and_gradients(bad, ROWS)),
    "loss_and_gradients wiring": (
        "cell", [with_gradients(LinearCell(35, 3)), with_gradients(NewStateCell(35, 3))],
        lambda bad: bptt.loss_and_gradients(bad, ROWS)),
    "loss_and_gradients state of cell": (
        "cell", [PostCell(35, 3), with_gradients(PostCell(35, 3).half()),
                 with_gradients(PostCell(35, 3).bfloat16()),
                 with_gradients(PostCell(35, 3).to("meta"))],
        lambda bad: bptt.loss_and_gradients(bad, ROWS)),
    "loss_and_gradients rows": (
        "rows", [*MISFITS, ROWS[:1], *NONSENSE["object"][:-1], ROWS > 1],
        lambda bad: bptt.loss_and_gradients(with_gradients(CELL), bad)),
    "sequence_loss cell": ("cell", "object", lambda bad: sequence_loss(bad, ROWS)),
    "sequence_loss rows": ("rows", "rows", lambda bad: sequence_loss(CELL, bad)),
    "sequence_loss rows that do not fit": (
        "rows", [*NO_FIT, ROWS[:1]], lambda bad: sequence_loss(CELL, bad)),
    "generate cell": ("cell", "object", generate),
    "generate vocabulary": ("vocabulary", [b for b in NONSENSE["object"] if b is not None],
                            lambda bad: generate(CELL, vocabulary=bad)),
    "generate vocabulary that does not fit": (
        "vocabulary", [Vocabulary("ab01"), Vocabulary(VOCABULARY.letters + "X")],
        lambda bad: generate(CELL, vocabulary=bad)),
    "generate length": ("length", "whole", lambda bad: generate(CELL, length=bad)),
    "generate length out of range": ("length", BEYOND, lambda bad: generate(CELL, length=bad)),
    "generate feed": ("feed", "word", lambda bad: generate(CELL, feed=bad)),
    "generate temperature": ("temperature", "real", lambda bad: generate(CELL, temperature=bad)),
    "generate temperature out of range": (
        "temperature", NOT_ABOVE_0, lambda bad: generate(CELL, temperature=bad)),
    "generate noise": ("noise", "real", lambda bad: generate(CELL, noise=bad)),
    "generate noise out of range": ("noise", NEGATIVE, lambda bad: generate(CELL, noise=bad)),
    "generate seed": ("seed", "whole", lambda bad: generate(CELL, seed=bad)),
    "generate seed out of range": ("seed", BAD_SEEDS, lambda bad: generate(CELL, seed=bad)),
    "probabilities output": ("output", "row", probabilities),
    "probabilities of rows": ("output", [torch.ones(3, 35)], probabilities),
    "probabilities temperature": (
        "temperature", "real", lambda bad: probabilities(torch.ones(2), bad)),
    "rnn_weights": ("cell", "object", nn_rnn.rnn_weights),
    "rnn_weights wiring": ("cell", [LinearCell(3, 2)], nn_rnn.rnn_weights),
    "run_built_in cell": ("cell", "object", lambda bad: nn_rnn.run_nn_rnn(bad, ROWS)),
    "run_built_in wiring": ("cell", [LinearCell(35, 3), NewStateCell(35, 3)],
                            lambda bad: nn_rnn.run_nn_rnn(bad, ROWS)),
    "run_built_in rows": ("rows", [*NO_FIT, *NONSENSE["rows"]],
                          lambda bad: nn_rnn.run_nn_rnn(CELL, bad)),
    "finite_differences cell": (
        "cell", [*NONSENSE["object"], PostCell(35, 70).double()],
        lambda bad: gradient_check.finite_differences(bad, ROWS.double())),
    "finite_differences rows": (
        ("rows", "cell"), [*MISFITS, *OTHER_TYPES[1:], ROWS[:1].double()],
        lambda bad: gradient_check.finite_differences(DOUBLE, bad)),
    "finite_differences in float32": (
        ("cell", "rows"), [ROWS], lambda bad: gradient_check.finite_differences(CELL, bad)),
    "finite_differences step": (
        "step", "real", lambda bad: gradient_check.finite_differences(DOUBLE, ROWS.double(), bad)),
    "finite_differences step out of range": (
        "step", [0.0, 1e-300, -1e-5, 1.0, 1e300],
        lambda bad: gradient_check.finite_differences(DOUBLE, ROWS.double(), bad)),
    "relative_difference a": (
        "a", [*NONSENSE["object"][:-1], torch.ones(2).long(), torch.empty(0),
              torch.tensor([math.nan, 1]), torch.tensor([1, math.inf]), torch.ones(2) > 0],
        lambda bad: gradient_check.relative_difference(bad, torch.ones(2))),
    "relative_difference b": (
        "b", [*NONSENSE["object"][:-1], torch.tensor(1.0), torch.ones(1), torch.ones(1, 2),
              torch.ones(3)], lambda bad: gradient_check.relative_difference(torch.ones(2), bad)),
    "draw task": ("task", "word", lambda bad: toy_tasks.sample_batch(bad, 2, 0)),
    "draw letters": ("letters", [*NONSENSE["whole"], *BEYOND, 1],
                     lambda bad: toy_tasks.sample_batch("echo", bad, 0)),
    "draw seed": ("seed", BAD_SEEDS, lambda bad: toy_tasks.sample_batch("echo", 2, bad)),
    "draw count": ("count", [*NONSENSE["whole"], *BEYOND, 0],
                   lambda bad: toy_tasks.sample_batch("echo", 2, 0, bad)),
    "draw steps": ("steps", [*NONSENSE["whole"], *BEYOND, 2],
                   lambda bad: toy_tasks.sample_batch("echo", 2, 0, 3, bad)),
    "answer cell": ("cell", "object",
                    lambda bad: toy_tasks.run_batch(bad, torch.zeros(2, 3).long())),
    "answer letters": (
        "letters", [*NONSENSE["rows"], torch.zeros(3).long(), torch.full((2, 2), -1),
                    torch.full((2, 2), 35), torch.zeros(2, 2)],
        lambda bad: toy_tasks.run_batch(CELL, bad)),
    "practise wiring": ("wiring", [*NONSENSE["object"], torch.nn.Linear, PostCell(2, 2)],
                        lambda bad: toy_tasks.train_and_score(bad, "echo")),
    "practise task": ("task", "word", lambda bad: toy_tasks.train_and_score(PostCell, bad)),
    "practise letters": ("letters", [*NONSENSE["whole"], *BEYOND, 1],
                         lambda bad: toy_tasks.train_and_score(PostCell, "echo", bad)),
    "practise hidden_size": ("hidden_size", [*NONSENSE["whole"], *BEYOND, 0],
                             lambda bad: toy_tasks.train_and_score(
                                 PostCell, "echo", hidden_size=bad)),
    "practise seed": ("seed", BAD_SEEDS,
                      lambda bad: toy_tasks.train_and_score(PostCell, "echo", seed=bad)),
    "practise epochs": ("epochs", [*NONSENSE["whole"], *BEYOND],
                        lambda bad: toy_tasks.train_and_score(PostCell, "echo", epochs=bad)),
    "climb rows": ("rows", [*NONSENSE["rows"], ROWS[:1], *OTHER_TYPES], speed.compare),
    "climb epochs": ("epochs", [*NONSENSE["whole"], *BEYOND, 0],
                     lambda bad: speed.compare(ROWS, epochs=bad)),
    "climb repeats": ("repeats", [*NONSENSE["whole"], *BEYOND, 0],
                      lambda bad: speed.compare(ROWS, repeats=bad)),
    "climb seed": ("seed", BAD_SEEDS, lambda bad: speed.compare(ROWS, seed=bad)),
    "reach cell": ("cell", "object", lambda bad: gradient_flow.gradient_norms(bad, ROWS)),
    "reach rows": ("rows", [*NONSENSE["rows"], *NO_FIT, ROWS[:1]],
                   lambda bad: gradient_flow.gradient_norms(CELL, bad)),
    "with_memory_scaled cell": (
        "cell", "object", lambda bad: gradient_flow.scale_recurrent_weights(bad, 2)),
    "with_memory_scaled factor": (
        "factor", [*NONSENSE["real"], 1e7, -1e300],
        lambda bad: gradient_flow.scale_recurrent_weights(CELL, bad)),
    "steepness_limit learning_rate": (
        "learning_rate", [*NONSENSE["real"], *NOT_ABOVE_0, 1e-320], stability.stability_threshold),
    "steepness_limit beta1": (
        "beta1", [*NONSENSE["real"], -0.1, 1, 1.5],
        lambda bad: stability.stability_threshold(0.1, bad)),
    "steepness cell": ("cell", [*NONSENSE["object"], LinearCell(35, 3), NewStateCell(35, 3)],
                       lambda bad: stability.sharpness(bad, ADAM, ROWS)),
    "steepness adam": (
        "adam", [*NONSENSE["object"], torch.optim.SGD(CELL.parameters(), 0.1),
                 torch.optim.Adam(CELL.parameters()), torch.optim.Adam(DOUBLE.parameters()),
                 torch.optim.Adam([{"params": [p]} for p in CELL.parameters()])],
        lambda bad: stability.sharpness(CELL, bad, ROWS)),
    "steepness rows": ("rows", [*NONSENSE["rows"], *MISFITS, ROWS[:1]],
                       lambda bad: stability.sharpness(CELL, ADAM, bad)),
    "steepness start": (
        "start", [*NONSENSE["row"][1:], torch.zeros(2), torch.zeros(1482)],
        lambda bad: stability.sharpness(CELL, ADAM, ROWS, bad)),
    "steepness rounds": ("rounds", [*NONSENSE["whole"], *BEYOND, 0],
                         lambda bad: stability.sharpness(CELL, ADAM, ROWS, rounds=bad)),
    "first_below": ("limit", "real", History([1.0]).first_below),
    "set_language": ("language", "word", set_language),
    "translated": ("text", "string", translations.translated),
    "word": ("key", "word", translations.word),
    "show_source": (
        "thing", [*NONSENSE["object"], math, SENTENCE, lambda: 3, print, dict, math.sin,
                  PostCell.__init__.__code__, 10**400, "x" * 10**6], show_source),
    "table": ("columns", [*NONSENSE["object"], {"a": None},
                          {"a": torch.tensor(1.0)}, {"a": np.array(1)}, {1: 2.5},
                          {"a": [1, 2], "b": [1]}, {"a": [torch.ones(2)]}, {"a": [np.ones(2)]},
                          {"a": iter(int, 1)}, {"a": range(10**9)}], table),
}  # fmt: skip

KINDS = [entry for entry, (_, kind, _) in ENTRIES.items() if isinstance(kind, str)]
TRAIN = {
    "hidden_size": [*NONSENSE["whole"], *BEYOND, 0, 35.0],
    "learning_rate": [*NONSENSE["real"], *NOT_ABOVE_0, 1e31],
    "epochs": [*NONSENSE["whole"], *BEYOND],
    "epsilon": [*NONSENSE["real"], *NEGATIVE, 0, 1e-50, 1e9],
    "beta2": [*NONSENSE["real"], -0.1, 1, 1.5],
    "clip": [*[b for b in NONSENSE["real"] if b is not None], *NOT_ABOVE_0],
    "decay": [*NONSENSE["real"], *NOT_ABOVE_0, 1.1],
    "seed": BAD_SEEDS,
    "stop_below": [*[b for b in NONSENSE["real"] if b is not None], *NEGATIVE],
    "vocabulary": [b for b in NONSENSE["object"] if b is not None],
    "progress": NONSENSE["flag"],
    "watch": [1, "abc", b"3", {}, [print], torch.ones(2), 0.5],
    "text": [*NONSENSE["string"], ""],
}


def every(kind):
    return NONSENSE[kind] if isinstance(kind, str) else kind


@pytest.mark.parametrize("entry", ENTRIES)
def test_nonsense_is_refused_by_name(entry):
    name, kind, call = ENTRIES[entry]
    for bad in every(kind):
        refused(name, call, bad)


@pytest.mark.parametrize("entry", KINDS)
@settings(max_examples=15)
@given(data=st.data())
def test_made_up_nonsense_is_refused_by_name(entry, data):
    name, kind, call = ENTRIES[entry]
    refused(name, call, data.draw(nonsense(kind)))


@pytest.mark.parametrize("name", TRAIN)
def test_training_refuses_each_bad_setting_by_name(name):
    for bad in TRAIN[name]:
        refused(name, train, **{"epochs": 1, "progress": False, name: bad})


@settings(max_examples=25)
@given(st.sampled_from(sorted(TRAIN)), st.data())
def test_training_refuses_made_up_settings(name, data):
    kind = {"text": "string", "progress": "flag"}.get(name)
    if name in ("hidden_size", "epochs", "seed"):
        kind = "whole"
    bad = data.draw(nonsense(kind or "real"))
    if kind is None and (name in ("vocabulary", "watch") or bad is None):
        return
    refused(name, train, **{"epochs": 1, "progress": False, name: bad})


@pytest.mark.parametrize("text", ODD_TEXT[:-1], ids=ascii)
def test_odd_texts_are_refused_by_their_letter(text):
    for call in (VOCABULARY.encode, VOCABULARY.one_hot, train):
        refused(("text", "letter"), call, text)


def test_a_text_of_a_million_letters_is_encoded_in_a_blink_or_said_to_be_too_long():
    assert VOCABULARY.encode(ODD_TEXT[-1]).shape == (10**6 + 2,)
    assert "charrnn.layers.training" in refused("text", train, ODD_TEXT[-1])


@given(st.text(max_size=20))
def test_any_text_at_all_is_encoded_or_refused(text):
    try:
        assert VOCABULARY.decode(VOCABULARY.encode(text)) == VOCABULARY.normalise(text)
    except VocabularyError:
        refused(("text", "letter"), VOCABULARY.encode, text)


@given(st.text(max_size=12))
def test_any_letters_at_all_make_a_vocabulary_or_are_refused(letters):
    try:
        made = Vocabulary(letters)
    except VocabularyError:
        refused(("letters", "letter"), Vocabulary, letters)
    else:
        assert made.decode(made.encode(made.letters[:-2])) == made.letters[:-2]


NUMBERS = st.integers() | st.floats() | st.sampled_from([np.float32(0.9), torch.tensor(0.01)])


@settings(max_examples=60)
@given(
    name=st.sampled_from(["learning_rate", "epsilon", "beta2", "clip", "decay", "stop_below"]),
    value=NUMBERS,
)
def test_any_number_trains_to_finite_losses_or_is_refused(name, value):
    options = {"hidden_size": 2, "epochs": 3, "progress": False, name: value}
    try:
        _, history = train("ab", **options)
    except (TypeError, ValueError):
        refused(name, train, "ab", **options)
    except ArithmeticError as diverged:
        assert name == "learning_rate" and value > 1e3, diverged
    else:
        assert all(map(math.isfinite, history.losses))
        stops = name == "stop_below" and value > history.losses[0]
        assert history.epochs == (1 if stops else 3)


@settings(max_examples=40)
@given(
    length=st.integers(-2, 4), temperature=NUMBERS, noise=NUMBERS,
    feed=st.sampled_from(["raw", "argmax", "sample"]),
)  # fmt: skip
def test_any_setting_writes_or_is_refused(length, temperature, noise, feed):
    options = {"length": length, "temperature": temperature, "noise": noise, "feed": feed}
    try:
        written = generate(CELL, **options)
    except (TypeError, ValueError):
        refused(("length", "temperature", "noise", "output"), generate, CELL, **options)
    else:
        assert len(written.steps) <= length
        assert torch.isfinite(written.outputs).all()


@given(
    st.lists(st.floats(width=32), min_size=1, max_size=5),
    NUMBERS,
)
def test_any_scores_have_probabilities_or_are_refused(scores, temperature):
    try:
        p = probabilities(torch.tensor(scores), temperature)
    except (TypeError, ValueError):
        refused(("output", "temperature"), probabilities, torch.tensor(scores), temperature)
    else:
        assert p.sum().item() == pytest.approx(1)
        assert (p >= 0).all()


ANY_CELL = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary()


@given(st.dictionaries(ANY_CELL, st.lists(ANY_CELL, max_size=3), max_size=3))
def test_any_columns_make_a_table_of_as_many_rows_or_are_refused(columns):
    try:
        shown = table(columns).data
    except (TypeError, ValueError):
        refused("columns", table, columns)
    else:
        assert len(shown.split("\n")) == 2 + len(next(iter(columns.values())))
        assert "\r" not in shown


@pytest.mark.parametrize("rate", [0.01, np.float64(0.01), np.float32(0.01), torch.tensor(0.01)])
def test_numpys_and_torchs_numbers_do_as_pythons(rate):
    _, history = train("ab", learning_rate=rate, epochs=np.int64(4), seed=torch.tensor(3),
                       hidden_size=np.int32(5), beta2=np.float32(0.9), progress=False)  # fmt: skip
    _, plain = train("ab", learning_rate=float(rate), epochs=4, seed=3, hidden_size=5,
                     beta2=float(np.float32(0.9)), progress=False)  # fmt: skip
    assert history == plain
    kept = [history.settings[name] for name in ("seed", "hidden_size", "learning_rate")]
    assert [type(value) for value in kept] == [int, int, float]


def test_a_diverged_cell_has_no_reach_and_no_steepness():
    cell = PostCell(35, 3)
    adam = an_adam(cell)
    with torch.no_grad():
        cell.input_to_output.weight[0, 36] = math.nan
    refused("cell", gradient_flow.gradient_norms, cell, ROWS)
    refused("cell", stability.sharpness, cell, adam, ROWS)


def test_a_cell_that_ignores_its_state_has_no_reach():
    cell = PostCell(35, 3)
    with torch.no_grad():
        cell.input_to_output.weight[:, 35:] = 0
    refused("cell", gradient_flow.gradient_norms, cell, ROWS)
