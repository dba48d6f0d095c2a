"""Every picture can be read on a phone: letters of 11 CSS pixels, none over another.

What the chapters' own numbers make of them, `tests/site/test_pictures.py` measures in the pages.
"""

import itertools
import re

import pytest
from every_picture import FALL, PICTURES, SMALLEST, both_languages, drawn, sizes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text

from charrnn import pictures, set_language
from charrnn.pictures import picture
from charrnn.pictures.diagrams import canvas, label

# A glyph no font has would be one of these warnings.
pytestmark = pytest.mark.filterwarnings("error")

every_picture = pytest.mark.parametrize("name", PICTURES)


def letters(text, box):
    """Bottom and top of what a reader sees in a text's box: the sign of a space lies low in it."""
    return box.y0, box.y0 + (0.4 if text == "␣" else 1) * box.height


def overlaps(made):
    """Pairs of texts that stand one over another."""
    with picture.in_style():
        drawing = FigureCanvasAgg(made.figure)
        drawing.draw()
        shown = [
            (text.get_text(), text.get_window_extent(drawing.get_renderer()))
            for text in made.figure.findobj(Text)
            if text.get_visible() and text.get_text().strip()
        ]
    found = []
    for (a, first), (b, second) in itertools.combinations(shown, 2):
        across = min(first.x1, second.x1) - max(first.x0, second.x0)
        (low, high), (bottom, top) = letters(a, first), letters(b, second)
        down = min(high, top) - max(low, bottom)
        # In pixels of 1/100 inch. Boxes below one another share what no letter reaches.
        if across > 0.7 and down > 3.5:
            found.append((a, b))
    return found


@both_languages
@every_picture
def test_no_letter_is_too_small_on_a_phone(name, language):
    assert min(sizes(drawn(name)[1])) >= SMALLEST


@both_languages
@every_picture
def test_a_picture_is_no_wider_than_a_phones_column_has_room_for(name, language):
    width = re.search(r'viewBox="0 0 ([\d.]+)', drawn(name)[1])[1]
    assert float(width) <= 72 * picture.WIDTH + 1


@both_languages
@every_picture
def test_no_letters_stand_over_one_another(name, language):
    assert overlaps(PICTURES[name]()) == []


def test_a_letter_too_small_or_a_picture_too_wide_would_be_seen():
    set_language("en")
    with picture.in_style():
        made, axes = canvas(10, 2)
        label(axes, 2, 1, "small", picture.SMALL - 2)
        label(axes, 5, 1, "10⁻³")
        label(axes, 5.2, 1, "over it")
    assert min(sizes(made._repr_html_())) < SMALLEST
    assert overlaps(made) == [("10⁻³", "over it")]
    wide = pictures.loss_curve(FALL)
    assert min(sizes(wide._repr_html_())) >= SMALLEST
    wide.figure.set_figwidth(7)
    assert min(sizes(wide._repr_html_())) < SMALLEST
