"""The checks of arguments: what passes comes back plain, what does not is named."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from charrnn.arguments import flag, indices, one_of, quoted, real, string, tensor, whole

NO_NUMBERS = [None, "3", b"3", [3], {}, True, 1 + 2j, torch.ones(2), np.ones(2), object()]


@pytest.mark.parametrize("three", [3, np.int64(3), np.array(3), torch.tensor(3), torch.tensor([3])])
def test_a_whole_number_comes_back_as_an_int(three):
    assert whole("epochs", three) == 3
    assert type(whole("epochs", three)) is int


@pytest.mark.parametrize("bad", [*NO_NUMBERS, 3.0, 1e3, math.nan, np.float32(3)])
def test_what_is_no_whole_number_is_named(bad):
    with pytest.raises(TypeError, match="epochs must be a whole number from 1 to 9, got"):
        whole("epochs", bad, least=1, most=9)


@pytest.mark.parametrize("bad", [0, 10, -1, 10**400])
def test_a_whole_number_out_of_range_is_named(bad):
    with pytest.raises(
        ValueError, match="epochs must be a whole number from 1 to 9, got"
    ) as caught:
        whole("epochs", bad, least=1, most=9)
    assert len(str(caught.value)) < 200
    assert whole("epochs", 1, least=1, most=9) == 1
    assert whole("epochs", 9, least=1, most=9) == 9


@pytest.mark.parametrize("half", [0.5, np.float32(0.5), np.array(0.5), torch.tensor(0.5)])
def test_a_real_number_comes_back_as_a_float(half):
    assert real("rate", half) == 0.5
    assert type(real("rate", half)) is float
    assert type(real("rate", 2)) is float


@pytest.mark.parametrize("bad", NO_NUMBERS)
def test_what_is_no_number_is_named(bad):
    with pytest.raises(TypeError, match="rate must be a number above 0, got"):
        real("rate", bad, above=0)


@pytest.mark.parametrize("bad", [0, -0.0, -1, math.nan, math.inf, -math.inf, 10**400])
def test_a_number_out_of_range_is_named(bad):
    with pytest.raises(ValueError, match="rate must be a number above 0 and of at most 1, got"):
        real("rate", bad, above=0, most=1)
    with pytest.raises(ValueError, match="rate must be a number of at least 1 and below 2, got"):
        real("rate", bad, least=1, below=2)
    assert real("rate", 1, above=0, most=1) == 1
    assert real("rate", 1, least=1, below=2) == 1


def test_ends_that_are_not_allowed_are_refused():
    for bad in (0, 1):
        with pytest.raises(ValueError, match="above 0 and below 1"):
            real("rate", bad, above=0, below=1)


@pytest.mark.parametrize("bad", [None, 1, ["raw"], "RAW", "r" * 1000])
def test_a_word_that_is_no_choice_is_named(bad):
    assert one_of("feed", "raw", ("raw", "argmax")) == "raw"
    with pytest.raises(ValueError, match="feed must be one of 'raw', 'argmax', got") as caught:
        one_of("feed", bad, ("raw", "argmax"))
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("bad", [None, 5, b"text", ["text"]])
def test_what_is_no_string_is_named(bad):
    assert string("prompt", "text") == "text"
    with pytest.raises(TypeError, match="prompt must be a string, got"):
        string("prompt", bad)


@pytest.mark.parametrize("bad", [None, [[0.0]], np.zeros((2, 35)), torch.ones(2, 35) > 0])
def test_what_is_no_tensor_of_numbers_is_named(bad):
    with pytest.raises(TypeError, match=r"rows must be a tensor of numbers \(T, 35\), got"):
        tensor("rows", bad, ("T", 35))


@pytest.mark.parametrize("shape", [(35,), (2, 34), (0, 35), (1, 2, 35)])
def test_another_shape_is_named(shape):
    assert tensor("rows", torch.zeros(2, 35), ("T", 35)).shape == (2, 35)
    with pytest.raises(ValueError, match=r"rows must have the shape \(T, 35\), got \("):
        tensor("rows", torch.zeros(shape), ("T", 35))


@pytest.mark.parametrize("bad", [math.nan, math.inf])
def test_nan_and_inf_are_refused_unless_allowed(bad):
    values = torch.tensor([0.0, bad])
    with pytest.raises(ValueError, match="logits holds nan or inf"):
        tensor("logits", values, ("V",))
    assert tensor("logits", values, ("V",), finite=False) is values


@given(st.lists(st.integers(0, 34), min_size=1), st.sampled_from([torch.int32, torch.int64]))
def test_letters_come_back_as_int64(numbers, dtype):
    letters = indices("letters", torch.tensor(numbers, dtype=dtype), 35)
    assert letters.dtype == torch.int64
    assert letters.tolist() == numbers


@pytest.mark.parametrize("bad", [35, -1])
def test_letters_outside_the_vocabulary_are_named(bad):
    with pytest.raises(ValueError, match=f"letters must be numbers from 0 to 34.*got {bad}"):
        indices("letters", torch.tensor([0, bad, 1]), 35)


def test_letters_that_are_no_whole_numbers_are_named():
    with pytest.raises(TypeError, match=r"letters must be whole numbers, as Vocabulary\.encode"):
        indices("letters", torch.zeros(3), 35)
    with pytest.raises(ValueError, match=r"shape \(N,\), got \(1, 3\)"):
        indices("letters", torch.zeros(1, 3, dtype=torch.int64), 35)


@given(st.one_of(st.text(), st.binary(), st.integers(), st.floats(), st.lists(st.integers())))
def test_a_quote_stays_short(value):
    assert len(quoted(value)) <= 61
    assert len(quoted("a" * 10**6)) <= 61


@pytest.mark.parametrize("value", [True, np.True_, False, np.False_])
def test_a_flag_comes_back_as_a_bool(value):
    assert flag("carry", value) is bool(value)


@pytest.mark.parametrize("bad", [None, 0, 1, "True", "", [], torch.tensor(True), np.array(True)])
def test_what_is_no_flag_is_named(bad):
    with pytest.raises(TypeError, match="carry must be True or False, got"):
        flag("carry", bad)
