"""Every picture, in both languages: sound SVG at home on any page, words, and what is drawn."""

import ast
import inspect
import itertools
import pkgutil
import re
from functools import cache
from importlib import import_module
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import torch
from pictures import FALL, PICTURES, RUNS, a_cell, states, written

import charrnn
from charrnn import (
    History,
    LinearCell,
    NewStateCell,
    PostCell,
    charts,
    diagrams,
    letter_charts,
    picture,
    plots,
    set_language,
    words,
)

# A glyph no font has would be one of these warnings.
pytestmark = pytest.mark.filterwarnings("error")

HANGUL = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ]")
SVG = "{http://www.w3.org/2000/svg}"
LOW = [1.0, *[1e-5] * 30]  # a start, and more than 25 epochs in the valley


@pytest.fixture(autouse=True)
def language(request):
    chosen = getattr(request, "param", "en")
    set_language(chosen)
    yield chosen
    set_language("en")


both_languages = pytest.mark.parametrize("language", words.LANGUAGES, indirect=True)
every_picture = pytest.mark.parametrize("name", PICTURES)


def drawn(name):
    """The picture and its SVG in the language in force, drawn once."""
    return _drawn(name, words.get_language())


@cache
def _drawn(name, language):
    made = PICTURES[name]()
    return made, made._repr_html_()


def texts(svg):
    return ["".join(t.itertext()) for t in ElementTree.fromstring(svg).iter(f"{SVG}text")]


def test_no_picture_is_left_out():
    modules = [
        import_module(f"charrnn.{found.name}") for found in pkgutil.iter_modules(charrnn.__path__)
    ]
    functions = {
        name
        for module in modules
        for name, thing in vars(module).items()
        if inspect.isfunction(thing)
        and not name.startswith("_")
        and thing.__annotations__.get("return") is picture.Picture
        and thing.__module__ == module.__name__
    }
    assert len(functions) >= 7
    assert functions == {name.split()[0] for name in PICTURES}


@both_languages
@every_picture
def test_a_picture_is_sound_svg_with_an_alt_text(name, language):
    made, svg = drawn(name)
    root = ElementTree.fromstring(svg)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert root.get("aria-label") == made.alt
    assert len(made.alt) > 20
    assert repr(made) == made.alt
    assert svg.startswith("<svg ")
    assert not {e.tag for e in root.iter()} & {f"{SVG}script", f"{SVG}metadata"}


@both_languages
@every_picture
def test_a_picture_speaks_the_pages_language(name, language):
    made, svg = drawn(name)
    shown = " ".join(texts(svg))
    if language == "ko":
        assert HANGUL.search(made.alt)
    elif "hangul" not in name:
        assert not HANGUL.search(made.alt)
        assert not HANGUL.search(shown)


@pytest.mark.parametrize(
    ("name", "ko", "en"),
    [("one_hot_matrix", "어휘의 글자", "letter of the vocabulary"),
     ("one_hot_matrix", "시작", "start"),
     ("hidden_states", "은닉 유닛", "hidden unit"), ("loss_curve", "에포크", "epoch"),
     ("output_scores", "고른 글자", "chosen letter"), ("book_map 1", "학습", "training"),
     ("cell_diagram", "선형", "linear"), ("unrolled", "셀", "cell")],
)  # fmt: skip
def test_labels_change_with_the_language_and_stay_text(name, ko, en):
    for language, here, gone in (("ko", ko, en), ("en", en, ko)):
        set_language(language)
        shown = " ".join(texts(drawn(name)[1]))
        assert here in shown
        assert gone not in shown


@every_picture
def test_ink_is_the_pages_own_and_every_colour_is_seen_on_light_and_dark(name):
    svg = drawn(name)[1]
    assert "currentColor" in svg
    palette = {picture.BLUE, picture.VERMILION, picture.GREEN, picture.PURPLE}
    styles = " ".join(
        f"{e.get('style', '')};{e.get('fill', '')};{e.get('stroke', '')}"
        for e in ElementTree.fromstring(svg).iter()
    )
    assert set(re.findall(r"#[0-9a-fA-F]{3,8}\b", re.sub(r"url\(#[^)]*\)", "", styles))) <= palette
    assert not re.search(r"\b(black|white|rgb)\b", styles)
    assert set(re.findall(r"font-family: ([^;]*)", styles)) <= {"inherit"}
    # Text that names no fill is black.
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        parts = [text] if text.get("style") else list(text)
        assert all("fill: currentColor" in part.get("style") for part in parts)


@every_picture
def test_a_picture_fits_a_narrow_page(name):
    svg = drawn(name)[1]
    root = ElementTree.fromstring(svg)
    assert "max-width:100%" in root.get("style")
    assert root.get("viewBox")
    assert len(svg) < 120_000


def test_pictures_on_one_page_share_no_id_and_find_their_own():
    seen = {}
    for language in words.LANGUAGES:
        set_language(language)
        for name in PICTURES:
            svg = drawn(name)[1]
            ids = [e.get("id") for e in ElementTree.fromstring(svg).iter() if e.get("id")]
            assert len(ids) == len(set(ids))
            for i in ids:
                assert i not in seen, (name, language, seen[i])
                seen[i] = name, language
            assert set(re.findall(r'(?:url\(|href=")#([^)"]+)', svg)) <= set(ids)
    assert len(seen) > 500


def test_the_same_picture_twice_is_the_same_file():
    assert PICTURES["loss_curve"]()._repr_html_() == PICTURES["loss_curve"]()._repr_html_()


def test_text_is_text_and_never_markup():
    made, svg = drawn("one_hot_matrix of markup")
    assert "'<&\">'$\\'" in made.alt
    shown = texts(svg)
    for letter in "<&\"'>$\\":
        assert shown.count(letter) == 2  # on the row and on the column
    assert '<&"' not in svg
    legend = texts(drawn("loss_curve of two")[1])
    assert {"a <b>", "c & d", "0 < x"} <= set(legend)


@both_languages
def test_hangul_is_drawn(language):
    assert {"안", "녕", "한", "␣"} <= set(texts(drawn("one_hot_matrix of hangul")[1]))


def test_a_picture_still_makes_a_file(tmp_path):
    made, _ = drawn("unrolled")
    made.figure.savefig(tmp_path / "unrolled.png")
    assert (tmp_path / "unrolled.png").stat().st_size > 1000


# --- what is drawn --------------------------------------------------------------------------------


def test_one_square_per_row_in_its_letters_column():
    (axes,) = plots.one_hot_matrix("ab a").figure.axes
    (squares,) = axes.collections[-1:]
    assert squares.get_offsets().tolist() == [[33, 0], [0, 1], [1, 2], [26, 3], [0, 4], [34, 5]]
    assert len(axes.get_xticklabels()) == 35
    assert [t.get_text() for t in axes.get_yticklabels()] == ["start", "a", "b", "␣", "a", "end"]


def test_signed_colours_tell_sign_by_hue_and_size_by_strength():
    blue, orange = picture.BLUE, picture.VERMILION
    colours = plots.signed_colours(np.array([-2.0, -1.0, 0.0, 0.5, 1.0]))
    assert colours[:, 3].tolist() == pytest.approx([1, 1, 0, 0.5**0.8, 1])
    assert hexes(colours) == [blue, blue, orange, orange, orange]
    assert plots.signed_colours(np.array([1.0]), limit=4)[0, 3] == pytest.approx(0.25**0.8)


def hexes(colours):
    return ["#" + "".join(f"{round(255 * c):02x}" for c in rgba[:3]) for rgba in colours]


def test_hidden_states_are_one_column_per_letter():
    values = states()
    image = plots.hidden_states(values, "0hello1").figure.axes[0].images[0].get_array()
    assert image.shape == (9, 7, 4)
    limit = values.abs().max().item()
    np.testing.assert_allclose(
        image, plots.signed_colours(values.T.detach().numpy(), limit), atol=1e-6
    )


@pytest.mark.parametrize("letters", ["hello", "0hello12", ""])
def test_hidden_states_need_a_letter_each(letters):
    with pytest.raises(ValueError, match=rf"7 states.*{len(letters)}"):
        plots.hidden_states(states(), letters)
    with pytest.raises(ValueError, match="0 states"):
        plots.hidden_states(torch.zeros(0, 3), "")


def test_the_curve_is_the_losses_on_a_log_scale_with_rings_on_the_spikes():
    (axes,) = plots.loss_curve(FALL).figure.axes
    assert axes.get_yscale() == "log"
    curve, rings = axes.lines
    assert list(curve.get_ydata()) == FALL.losses
    assert list(rings.get_xdata()) == [32]
    (axes,) = plots.loss_curve(FALL, mark_spikes=False).figure.axes
    assert len(axes.lines) == 1


def test_what_the_curves_alt_text_says_is_so():
    alt = plots.loss_curve({"mine": FALL}, {"silence": 32 / 35}).alt
    for part in ("mine: ", "starts at 1.2", "1.0e-06 at its lowest", "35 epochs", "spikes 1 time"):
        assert part in alt
    assert "silence 0.914" in alt


@pytest.mark.parametrize("count", [0, 5])
def test_the_curve_refuses_more_runs_than_it_has_colours(count):
    with pytest.raises(ValueError, match=f"1 to 4 runs, got {count}"):
        plots.loss_curve({str(n): FALL for n in range(count)})
    colours = {line.get_color() for line in plots.loss_curve(
        {str(n): FALL for n in range(4)}, mark_spikes=False).figure.axes[0].lines}  # fmt: skip
    assert len(colours) == 4


def test_a_run_without_an_epoch_has_no_curve():
    with pytest.raises(ValueError, match="epochs=1"):
        plots.loss_curve(History("a", 1, 0.1, 0))


@pytest.mark.parametrize(
    ("losses", "expected"),
    [
        ([], []),
        ([1.0], []),
        ([1.0, 0.1, 0.01], []),
        ([1e-4, 1e-2, 1e-4], []),  # a hundredfold is not over a hundredfold
        ([1e-4, 1.1e-2, 1e-4], [1]),
        ([*LOW, 1e-2, 2e-2, 5e-3, 1e-5], [32]),  # only the top of a jump
        ([*LOW, 1e-2, 1e-2, 1e-5], [31]),  # of equal tops the first
        ([*LOW, 1e-2, *[1e-5] * 25, 5e-3, 1e-5], [31, 57]),
        ([*LOW, 1e-2, *[1e-5] * 24, 5e-3, 1e-5], [31]),  # within 25 of a higher one
        ([*LOW, 5e-3, *[1e-5] * 25, 1e-2, 1e-5], [31, 57]),
        ([*LOW, 5e-3, *[1e-5] * 24, 1e-2, 1e-5], [56]),
        ([1.0, 1e-5, 1e-2, 1e-5], []),  # the start itself is higher and near
        ([1e-5, 1.0], [1]),
    ],
)
def test_spikes_of_series_made_by_hand(losses, expected):
    assert plots.spikes(losses) == expected


def test_the_scores_ring_the_letters_that_were_chosen():
    text = written(length=6)
    (axes,) = plots.output_scores(text).figure.axes
    (rings,) = axes.lines
    assert rings.get_xdata().tolist() == list(range(6))
    assert list(rings.get_ydata()) == text.outputs.argmax(dim=1).tolist()
    assert axes.images[0].get_array().shape == (35, 6, 4)


def test_scores_of_nothing_are_refused():
    with pytest.raises(ValueError, match="Nothing was generated"):
        plots.output_scores(written(length=0))


@pytest.mark.parametrize(("size", "hidden"), [(35, 35), (4, 7)])
def test_the_cell_is_drawn_from_its_real_shapes(size, hidden):
    made = diagrams.cell_diagram(a_cell(size=size, hidden=hidden))
    shown = " ".join(texts(made._repr_html_()))
    for shape in (f"(1, {size})", f"(1, {hidden})", f"(1, {size + hidden})"):
        assert shape in shown
        assert shape in made.alt


def test_the_wirings_are_told_apart():
    alts, shown = zip(*(
        (made.alt, " ".join(texts(made._repr_html_())))
        for made in (diagrams.cell_diagram(a_cell(w)) for w in (PostCell, LinearCell, NewStateCell))
    ), strict=True)  # fmt: skip
    assert ["tanh" in s for s in shown] == [True, False, True]
    assert ["the new state" in a.split(";")[1] for a in alts] == [False, False, True]


@pytest.mark.parametrize("chapter", [0, 11, "1"])
def test_the_map_has_ten_chapters(chapter):
    with pytest.raises(ValueError, match=str(chapter)):
        diagrams.book_map(chapter)


@pytest.mark.parametrize("text", ["a", "abcdefg", ""])
def test_unrolled_draws_two_to_six_letters(text):
    with pytest.raises(ValueError, match=f"got {len(text)}"):
        diagrams.unrolled(text)


def test_lines_draw_the_median_and_the_spread():
    (axes,) = charts.lines([1, 2, 8], {"a": RUNS}, "epoch", "loss").figure.axes
    assert axes.lines[0].get_ydata().tolist() == [4, 1.5, 0.375]
    box = axes.collections[0].get_paths()[0].get_extents()
    assert (box.y0, box.y1) == (0.25, 5)
    assert [t.get_text() for t in axes.get_xticklabels()] == ["1", "2", "8"]
    alt = charts.lines([1, 2, 8], {"a": RUNS}, "epoch", "loss", level=("silence", 0.9)).alt
    assert "a: 4 (3–5) → 0.375 (0.25–0.5); silence: 0.9." in alt


def test_a_chart_refuses_what_it_cannot_draw():
    with pytest.raises(ValueError, match=r"a: .*do not fit 2 places"):
        charts.lines([1, 2], {"a": RUNS}, "epoch", "loss")
    with pytest.raises(ValueError, match="1 to 4 named series, got 0"):
        charts.lines([1, 2], {}, "epoch", "loss")
    with pytest.raises(ValueError, match="1 to 8 named series, got 9"):
        charts.dots({str(n): [1] for n in range(9)}, "loss")
    with pytest.raises(ValueError, match="2 names"):
        charts.heat(RUNS, "ab", ["1", "2"], "letter", "loss")
    with pytest.raises(ValueError, match="two, got 3"):
        charts.heat(RUNS, "abc", ["1", "2", "3"], "letter", "loss")


def test_chances_stand_in_order_with_what_they_were_before():
    fig = letter_charts.chances("abc", [0.2, 0.5, 0.3], [0, 0.7, 0.3]).figure
    assert [bar.get_height() for bar in fig.axes[0].patches] == [0.7, 0.3, 0]
    assert [label.get_text() for label in fig.axes[0].get_xticklabels()] == ["b", "c", "a"]
    for wrong in ([], [0.5, 0.5]):
        with pytest.raises(ValueError, match="two probabilities"):
            letter_charts.chances("abc"[: len(wrong) // 2], wrong, wrong)


def test_a_tinted_text_wraps_and_begins_a_line_where_one_ends():
    text = "a" * 45 + "\nb"
    letters = letter_charts.tinted(text, np.linspace(-1, 1, 47), "3").figure.axes[0].texts
    assert [letters[i].get_position() for i in (0, 39, 40, 45, 46)] == [
        (0, 0), (39, 0), (0, 1), (5, 1), (0, 2),
    ]  # fmt: skip
    assert len(letter_charts.tinted("\n" * 20, np.zeros(20), "3").figure.axes[0].texts) == 8
    for wrong in ("", "a"):
        with pytest.raises(ValueError, match="a value each"):
            letter_charts.tinted(wrong, [], "3")


def test_dots_are_one_per_seed_and_the_median_is_marked():
    made = charts.dots({"a": [1, 2, 9], "b": [4, 4, 4]}, "loss")
    a, middle, *_ = made.figure.axes[0].lines
    assert list(a.get_xdata()) == [1, 2, 9]
    assert list(middle.get_xdata()) == [2]
    assert "a 2 (1–9); b 4." in made.alt


def test_heat_is_coloured_by_its_own_largest_number():
    made = charts.heat(RUNS, "ab ", ["x", "y"], "letter", "loss")
    image = made.figure.axes[0].images[0].get_array()
    np.testing.assert_allclose(image, plots.signed_colours(RUNS, 5))
    assert "row 'y', column 'a'" in made.alt


# --- words and colours ----------------------------------------------------------------------------


def test_every_word_stands_in_both_languages_and_every_word_asked_for_is_there():
    for ko, en in words._WORDS.values():
        assert HANGUL.search(ko)
        assert not HANGUL.search(en)
    asked = set()
    for file in Path(words.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "word":
                asked |= {a.value for a in node.args if isinstance(a, ast.Constant)}
    assert len(asked) > 8
    assert asked <= set(words._WORDS)


def test_another_language_is_refused():
    with pytest.raises(ValueError, match="'fr'"):
        set_language("fr")
    assert words.get_language() == "en"


def linear(colour):
    value = np.array([int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)])
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


PALETTE = ("BLUE", "VERMILION", "GREEN", "PURPLE")


@pytest.mark.parametrize("name", PALETTE)
@pytest.mark.parametrize("page", ["#ffffff", "#14181e"])
def test_colours_stand_out_on_light_and_dark(name, page):
    """WCAG 2.2, success criterion 1.4.11: graphics need 3:1."""
    luminances = [linear(c) @ (0.2126, 0.7152, 0.0722) for c in (getattr(picture, name), page)]
    assert (max(luminances) + 0.05) / (min(luminances) + 0.05) >= 3


# Machado, Oliveira and Fernandes (2009), full severity, on linear RGB.
BLINDNESS = {
    "none": np.eye(3),
    "protan": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
               [-0.003882, -0.048116, 1.051998]],
    "deutan": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
               [-0.011820, 0.042940, 0.968881]],
    "tritan": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
               [0.004733, 0.691367, 0.303900]],
}  # fmt: skip


def lab(rgb):
    xyz = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
    x, y, z = np.cbrt(np.maximum(xyz @ rgb / (0.9505, 1, 1.089), 0.008856))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


@pytest.mark.parametrize("kind", BLINDNESS)
def test_colours_stay_apart_for_colour_blind_readers(kind):
    """A difference (CIE 1976) of 2 can just be seen; 15 is plain."""
    seen = [
        lab(np.clip(np.array(BLINDNESS[kind]) @ linear(getattr(picture, n)), 0, 1)) for n in PALETTE
    ]
    for a, b in itertools.combinations(seen, 2):
        assert np.linalg.norm(a - b) > 15
