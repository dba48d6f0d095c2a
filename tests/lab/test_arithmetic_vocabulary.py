"""Letters of the page: how they are shown, and how a text is read."""

import pytest


@pytest.mark.parametrize(
    ("letter", "shown"),
    [
        ("\u200b", "U+200B"), ("\u0301", "U+0301"), ("\ue000", "U+E000"), ("\t", "U+0009"),
        ("\u00a0", "U+00A0"), ("\u3000", "U+3000"), ("\u202e", "U+202E"), ("\ufe0f", "U+FE0F"),
        ("\U000e0001", "U+E0001"), ("\0", "U+0000"), (" ", "␣"), ("\n", "⏎"), ("a", "a"),
        ("가", "가"), ("<", "<"), ("😀", "😀"), ("0", "start"), ("1", "end"), ("ᄀ", "ᄀ"),
    ],
)  # fmt: skip
def test_letters_that_cannot_be_seen_are_shown_by_their_code_points(call, letter, shown):
    body = "return arithmetic.visible(data.letter, 'ab01', (word) => word)"
    assert call(body, letter=letter) == shown


def test_a_text_is_read_as_the_vocabulary_reads_it(call):
    read = call("return arithmetic.readText('a1b0xa😀x', 'ab01')")
    assert read["indices"] == [2, 0, -1, 1, -1, -1, 0, -1, -1, 3]
    assert [(p["letter"], p["position"], p["count"], p["kind"]) for p in read["problems"]] == [
        ("1", 1, 1, "mark"), ("0", 3, 1, "mark"), ("x", 4, 2, "unknown"), ("😀", 6, 1, "unknown"),
    ]  # fmt: skip
    assert call("return arithmetic.textOf([2, 0, 1, 3, 0], 'ab01')") == "aba"
    assert call("return arithmetic.withLetters('ab😀01', ['x', '가'])") == "ab😀x가01"
