"""The helper of the tests with bad input: what it takes for a clear refusal, and what not."""

import pytest
import torch
from nonsense import NONSENSE, refused

from charrnn import arguments, runtime


def test_a_refusal_in_words_is_clear():
    assert "epochs" in refused("epochs", arguments.whole, "epochs", "three")
    assert "epochs" in refused(("steps", "epochs"), arguments.whole, "epochs", "three")

    @runtime.one_thread()
    def decorated():
        return arguments.whole("epochs", None)

    refused("epochs", decorated)


@pytest.mark.parametrize(
    ("why", "call"),
    [
        ("not named", lambda: arguments.whole("epoch", None)),
        ("outside", lambda: int("three epochs")),
        ("instead", lambda: torch.zeros(2) @ torch.zeros(3, 4)),
        ("not refused", lambda: 3),
        ("instead", lambda: {}["epochs"]),
        ("outside", lambda: runtime.hide_bar()),
        ("what it calls", lambda: arguments.one_of("epochs", "a", None)),
        ("letters of message", lambda: arguments.string("epochs" * 200, 3)),
    ],
)
def test_what_is_no_clear_refusal(why, call):
    with pytest.raises((AssertionError, pytest.fail.Exception), match=why):
        refused("epochs", call)


def test_every_kind_holds_nothing_right():
    for bad in NONSENSE["whole"]:
        refused("n", arguments.whole, "n", bad)
    for bad in NONSENSE["real"]:
        refused("x", arguments.real, "x", bad)
    for bad in NONSENSE["string"]:
        refused("text", arguments.string, "text", bad)
    for bad in NONSENSE["word"]:
        refused("kind", arguments.one_of, "kind", bad, ("rnn", "gru"))
    for bad in NONSENSE["flag"]:
        refused("carry", arguments.flag, "carry", bad)
    for bad in NONSENSE["letters"]:
        refused("letters", arguments.indices, "letters", bad, 35)
    for bad in NONSENSE["rows"]:
        refused("rows", arguments.tensor, "rows", bad, ("T", "H"))
    for bad in NONSENSE["row"]:
        refused("row", arguments.tensor, "row", bad, ("V",))
