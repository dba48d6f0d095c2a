"""The picture of truncated backpropagation, held by the segments that training cuts."""

import pytest
from every_picture import both_languages
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.colors import to_hex
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch
from nonsense import NEGATIVE, NONSENSE, ZERO, nonsense, refused

from charrnn import layers, pictures
from charrnn.pictures.picture import BLUE, VERMILION
from charrnn.text import corpus

pytestmark = pytest.mark.filterwarnings("error")
TEXT = "a long text is read in small segments."


def boxes_of(axes):
    return [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch)]


def boxes(axes):
    """Left end, right end and middle height of each box, row by row from above."""
    found = boxes_of(axes)
    sides = [(b.get_x(), b.get_x() + b.get_width(), b.get_y() + b.get_height() / 2) for b in found]
    rounded = [tuple(round(place, 6) for place in side) for side in sides]
    return sorted(rounded, key=lambda side: (-side[2], side[0]))


def arrows(axes, colour):
    """Start and end of each arrow of a colour, from left to right."""
    found = [patch for patch in axes.patches if isinstance(patch, FancyArrowPatch)]
    return sorted(
        tuple((round(x, 6), round(y, 6)) for x, y in patch._posA_posB)
        for patch in found
        if to_hex(patch.get_edgecolor()) == colour.lower()
    )


@pytest.mark.parametrize(("batch", "steps"), [(1, 12), (2, 6), (2, 9), (3, 3), (3, 6)])
def test_the_boxes_hold_the_letters_that_training_reads(batch, steps):
    alphabet = corpus.alphabet(TEXT)
    rows = layers.batchify(alphabet.encode(TEXT, marks=False), batch)
    read = [[alphabet.decode(piece[i, :-1]) for piece in layers.segments(rows, steps)]
            for i in range(batch)]  # fmt: skip
    made = pictures.truncated_bptt(TEXT, batch, steps)
    axes = made.figure.axes[0]
    inside = [
        text.get_text()
        for left, right, y in boxes(axes)
        for text in axes.texts
        if left < text.get_position()[0] < right
        and text.get_position()[1] == pytest.approx(y)
        and text.get_text()
    ]
    shown = [[piece.replace(" ", "␣") for piece in row] for row in read]
    assert [text.replace("\n", "") for text in inside] == [piece for row in shown for piece in row]
    assert "; ".join(" | ".join(row) for row in shown) in made.alt
    assert f"{batch} row" in made.alt
    assert f"{len(read[0])} segments" in made.alt


@pytest.mark.parametrize(("batch", "steps"), [(1, 12), (2, 6), (3, 3), (3, 6)])
def test_the_state_goes_into_every_box_and_the_gradient_ends_at_its_first_letter(batch, steps):
    axes = pictures.truncated_bptt(TEXT, batch, steps).figure.axes[0]
    ends = {}
    for left, right, y in boxes(axes):
        ends.setdefault(y, []).append((left, right))
    carried, back = arrows(axes, VERMILION), arrows(axes, BLUE)
    deep = boxes_of(axes)[0].get_height() / 2 + 0.7  # from a box's middle to below its gradient
    for y, row in ends.items():
        # From zeros into the first box, and from each box into the next one.
        into = [(start, end) for start, end in carried if start[1] == end[1] == y]
        assert [end[0] for _, end in into] == [left for left, _ in row]
        assert [start[0] for start, _ in into[1:]] == [right for _, right in row[:-1]]
        assert into[0][0][0] < row[0][0]
        below = [(start, end) for start, end in back if y - deep < start[1] == end[1] < y]
        assert [(end[0], start[0]) for start, end in below] == row
        stops = [line.get_xdata()[0] for line in axes.lines
                 if y - deep < min(line.get_ydata()) < max(line.get_ydata()) < y]  # fmt: skip
        assert sorted(stops) == pytest.approx([left for left, _ in row])
    assert len(carried) == len(back) == sum(map(len, ends.values())) + 1  # one in the legend


@both_languages
def test_its_words_are_in_the_pages_language(language):
    made = pictures.truncated_bptt(TEXT, 2, 6)
    shown = [text.get_text() for text in made.figure.axes[0].texts]
    words = {
        "ko": ["토막 1", "토막 3", "상태: 이어 줌", "기울기: 여기서 끝"],
        "en": ["segment 1", "segment 3", "state: carried on", "gradient: ends here"],
    }
    assert set(words[language]) <= set(shown)
    assert ("은닉 상태" in made.alt) == (language == "ko")


@given(nonsense("string"))
def test_the_text_is_a_string(bad):
    refused("text", pictures.truncated_bptt, bad, 2, 6)


@pytest.mark.parametrize("bad", [*NONSENSE["whole"], *NEGATIVE, *ZERO])
def test_batch_and_steps_are_whole_numbers_from_1_on(bad):
    refused("batch", pictures.truncated_bptt, TEXT, bad, 6)
    refused("steps", pictures.truncated_bptt, TEXT, 2, bad)


@given(st.text(max_size=30), st.integers(1, 3), st.integers(1, 40))
def test_it_is_drawn_or_refused(text, batch, steps):
    count = -(-(len(text) // batch - 1) // steps)
    if steps <= 12 and 2 <= count <= 4:
        assert f"{count} segments" in pictures.truncated_bptt(text, batch, steps).alt
    else:
        refused("text", pictures.truncated_bptt, text, batch, steps)
    refused("batch", pictures.truncated_bptt, text, 4, steps)
