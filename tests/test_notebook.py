"""What a chapter shows besides pictures: source without docstrings, and tables."""

import ast
import inspect
import textwrap

import numpy as np
import pytest
import torch
from IPython.display import Markdown
from markdown_it import MarkdownIt

import charrnn
from charrnn import history, runtime, show_source, table
from charrnn.scratch import bptt, generation
from charrnn.text.vocabulary import Vocabulary

SHOWN = [
    charrnn.PostCell,
    charrnn.PostCell.forward,
    charrnn.PostCell.init_hidden,
    charrnn.LinearCell,
    charrnn.NewStateCell.forward,
    charrnn.run,
    charrnn.one_hot,
    charrnn.Vocabulary,
    charrnn.Vocabulary.encode,
    charrnn.VocabularyError,
    charrnn.sequence_loss,
    charrnn.train,
    charrnn.generate,
    charrnn.probabilities,
    generation.Step,
    history.History,
    runtime.one_thread,
    bptt.loss_and_gradients,
    charrnn.experiments.toy_tasks.train_and_score,
    charrnn.experiments.gradient_check.finite_differences,
    charrnn.pictures.charts.loss_curve,
]


def code_of(shown):
    first, place, *lines, last = shown.data.split("\n")
    assert (first, last) == ("```python", "```")
    assert place.startswith("# charrnn/")
    return "\n".join(lines)


def undocumented(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            node.body = node.body[1:] or node.body
        if isinstance(node, ast.FunctionDef):
            node.decorator_list = [
                mark for mark in node.decorator_list if ast.unparse(mark) != "one_thread()"
            ]
    return ast.dump(tree)


@pytest.mark.parametrize("thing", SHOWN, ids=lambda t: t.__qualname__)
def test_shown_source_is_the_code_less_its_docstrings(thing):
    shown = show_source(thing)
    assert isinstance(shown, Markdown)
    code = code_of(shown)
    original = ast.parse(textwrap.dedent(inspect.getsource(thing)))
    assert ast.dump(ast.parse(code)) == undocumented(original)
    assert '"""' not in code


def test_comments_and_shapes_stay():
    assert "# (1, V + H)" in code_of(show_source(charrnn.PostCell.forward))


def test_a_class_begins_without_an_empty_line():
    assert code_of(show_source(charrnn.PostCell)).split("\n")[1].startswith("    def __init__")


def test_the_first_line_says_where_the_code_stands():
    assert "# charrnn/scratch/bptt.py\n" in show_source(bptt.loss_and_gradients).data


class Bare:
    """Nothing but a docstring."""


def outer():
    """Gone."""

    def inner():
        """Gone too."""

        return "kept"

    return inner


@pytest.mark.parametrize("thing", [Bare, outer])
def test_odd_shapes_still_compile(thing):
    code = show_source(thing).data.removesuffix("\n```").split("\n", 1)[1]
    tree = ast.parse(code)
    assert ast.dump(tree) == undocumented(ast.parse(inspect.getsource(thing)))
    assert "Gone" not in code


@pytest.mark.parametrize("thing", [3, len, "text"])
def test_what_has_no_source_is_refused(thing):
    with pytest.raises(TypeError, match=r"^thing must be a function"):
        show_source(thing)


# --- tables ---------------------------------------------------------------------------------------


def cells(shown):
    """The table as a Markdown reader sees it: rows of text, the head first."""
    rows, row = [], None
    for token in MarkdownIt("gfm-like", {"linkify": False}).parse(shown.data):
        if token.type == "tr_open":
            rows.append(row := [])
        elif token.type == "inline":
            row.append("".join(c.content for c in token.children))
    return rows


def test_a_table_has_a_head_and_its_rows():
    assert cells(table({"letter": ["a", "b"], "index": [0, 1]})) == [
        ["letter", "index"], ["a", "0"], ["b", "1"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (1.23456, "1.235"),
        (8.83951e-07, "8.84e−07"),
        (1e-8, "1e−08"),
        (12345.678, "1.235e+04"),
        (0.1 + 0.2, "0.3"),
        (2.0, "2"),
        (-0.0, "0"),
        (float("nan"), "nan"),
        (np.float32(0.1), "0.1"),
        (np.float64(1 / 3), "0.3333"),
        (torch.tensor(0.25), "0.25"),
        (np.int64(7), "7"),
        (4970, "4970"),
        (True, "True"),
        (None, "None"),
        ((33, 35), "(33, 35)"),
        ("가나", "가나"),
        ("a|b", "a|b"),
        ("||", "||"),
        ("two\nlines", "two lines"),
        ("`a|b`", "a|b"),
    ],
)
def test_values_are_written_so_that_a_reader_gets_them(value, written):
    assert cells(table({"x": [value], "y": ["next"]}))[1] == [written, "next"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("a\rb", "a b"),
        ("a\r\nb", "a b"),
        ("a\\|b", "a\\|b"),
        ("a\\\\|b", "a\\\\|b"),
        ("|\\|", "|\\|"),
        ("end\\", "end\\"),
        (-5, "−5"),
        (np.int64(-5), "−5"),
        (torch.tensor([-5]), "−5"),
        (-0.5, "−0.5"),
        (["|", "\n"], "['|', '\\n']"),
    ],
)
def test_what_could_break_a_row_does_not(value, written):
    shown = table({"x": [value], "y": ["next"]})
    assert "\r" not in shown.data
    assert cells(shown)[1] == [written, "next"]


def test_a_head_may_hold_a_bar():
    assert cells(table({"a|b": [1], "c": [2]})) == [["a|b", "c"], ["1", "2"]]


def test_columns_may_be_any_iterable():
    assert cells(
        table({"x": range(2), "y": (c for c in "ab"), "z": Vocabulary("ab01").letters[:2]})
    )[2] == ["1", "b", "b"]


def test_columns_of_different_lengths_are_refused():
    with pytest.raises(ValueError, match="equally long, got 'x': 2, 'y': 1"):
        table({"x": [1, 2], "y": [1]})


@pytest.mark.parametrize("language", ["ko", "en"], indirect=True)
def test_heads_and_texts_are_in_the_pages_language(language):
    shown = cells(table({"seed": ["noise", "noises", 3], "가": ["yes", "no", "`no`"]}))
    assert (
        shown
        == {
            "ko": [["시드", "가"], ["잡음", "예"], ["noises", "아니요"], ["3", "no"]],
            "en": [["seed", "가"], ["noise", "yes"], ["noises", "no"], ["3", "no"]],
        }[language]
    )
