"""Every picture, in both languages: sound SVG at home on any page, text that is text."""

import inspect
import pkgutil
import re
from importlib import import_module
from xml.etree import ElementTree

import pytest
from every_picture import (
    HANGUL,
    PICTURES,
    SVG,
    both_languages,
    drawn,
    texts,
)

import charrnn
from charrnn import set_language, translations
from charrnn.pictures import picture

# A glyph no font has would be one of these warnings.
pytestmark = pytest.mark.filterwarnings("error")


every_picture = pytest.mark.parametrize("name", PICTURES)


def test_no_picture_is_left_out():
    modules = [
        import_module(found.name) for found in pkgutil.walk_packages(charrnn.__path__, "charrnn.")
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
     ("cell_diagram", "선형", "linear"), ("unrolled", "셀", "cell"),
     ("letter_by_letter", "기억", "memory")],
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
    palette = {
        getattr(picture, name) for name in ("BLUE", "VERMILION", "GREEN", "PURPLE", "VIOLET")
    }
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
    for language in translations.LANGUAGES:
        seen = {}  # a page is of one language
        set_language(language)
        for name in PICTURES:
            svg = drawn(name)[1]
            ids = [e.get("id") for e in ElementTree.fromstring(svg).iter() if e.get("id")]
            assert len(ids) == len(set(ids))
            for i in ids:
                assert i not in seen, (name, language, seen[i])
                seen[i] = name
            assert set(re.findall(r'(?:url\(|href=")#([^)"]+)', svg)) <= set(ids)
        assert len(seen) > 250


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
