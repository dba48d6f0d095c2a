"""What the drawings of cells and the map of the book show."""

import re

import pytest
from every_picture import a_cell, texts

from charrnn import LinearCell, NewStateCell, PostCell, pictures

# A glyph no font has would be one of these warnings.
pytestmark = pytest.mark.filterwarnings("error")


@pytest.mark.parametrize(("size", "hidden"), [(35, 35), (4, 7)])
def test_the_cell_is_drawn_from_its_real_shapes(size, hidden):
    made = pictures.cell_diagram(a_cell(size=size, hidden=hidden))
    shown = " ".join(texts(made._repr_html_()))
    for shape in (f"(1, {size})", f"(1, {hidden})", f"(1, {size + hidden})"):
        assert shape in shown
        assert shape in made.alt


def test_the_wirings_are_told_apart():
    alts, shown = zip(*(
        (made.alt, " ".join(texts(made._repr_html_())))
        for made in (pictures.cell_diagram(a_cell(w)) for w in (PostCell, LinearCell, NewStateCell))
    ), strict=True)  # fmt: skip
    assert ["tanh" in s for s in shown] == [True, False, True]
    assert ["the new state" in a.split(";")[1] for a in alts] == [False, False, True]


@pytest.mark.parametrize("chapter", [0, 15, "1", 1.5])
def test_the_map_has_fourteen_chapters(chapter):
    with pytest.raises((TypeError, ValueError), match=f"1 to 14, got {chapter!r}"):
        pictures.book_map(chapter)


@pytest.mark.parametrize("text", ["a", "abcdefg", ""])
@pytest.mark.parametrize("draw", [pictures.unrolled, pictures.letter_by_letter])
def test_a_chain_of_cells_has_two_to_six_letters(draw, text):
    with pytest.raises(ValueError, match=f"got {len(text)}"):
        draw(text)


def test_a_formula_of_a_picture_says_what_it_is():
    """The book lights its symbols by this."""
    svg = pictures.cell_diagram(PostCell(4, 3))._repr_html_()
    said = re.findall(r'<g data-symbol="([^"]*)"', svg)
    assert said == ["x_t", "h_{t-1}", "[x_t, h_{t-1}]", "h_t", "y_t"]
    assert "<!--" not in svg
