"""Every living figure: both languages, light and dark, phone, keyboard, axe, and without scripts.

Each is tried as its `example()` makes it, which stands beside its function.
"""

import re
import shutil
from importlib import import_module
from itertools import pairwise

import pytest
from axe import findings
from using import gone

from charrnn import lab
from charrnn.lab.bundle import bundle
from charrnn.lab.widget import HERE, script


def example_of(name):
    return import_module(f"charrnn.lab.figures.{name}").example


FIGURES = {name: example_of(name) for name in lab.__all__ if name[0].islower()}
# States that an example does not begin in.
STATES = {
    "letters cut off": lambda: lab.sampling(
        [3 - 0.24 * (7 * i % 31) for i in range(31)],
        "abcdefghijklmnopqrstuvwxyz ?!.\n", top_k=12, top_p=0.9,
    ),
    "jamo put together": lambda: lab.hangul("한글은 값"),
}  # fmt: skip
LANGUAGES = ("ko", "en")
HANGUL = re.compile("[가-힣]")

every_figure = pytest.mark.parametrize("name", FIGURES)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def test_every_module_is_a_figure_with_its_drawing_beside_it():
    for name in FIGURES:
        assert isinstance(example_of(name)(), lab.Figure)
        assert (HERE / "figures" / f"{name}.js").is_file()
    drawn = {path.stem for path in (HERE / "figures").glob("*.js")}
    assert drawn == set(FIGURES)


def test_every_figure_speaks_both_languages(call):
    for where in (*(f"figures.{name}" for name in FIGURES), "kit"):
        words = call(f"return lab.{where}.words")
        assert set(words) == set(LANGUAGES)
        assert set(words["ko"]) == set(words["en"])
        for key in words["ko"]:
            blanks = [sorted(re.findall(r"\{\w+\}", words[language][key])) for language in words]
            assert blanks[0] == blanks[1], key
            if words["ko"][key] != words["en"][key]:
                assert HANGUL.search(words["ko"][key]), key
            assert not HANGUL.search(words["en"][key]), key


@every_figure
def test_modules_are_joined_without_a_trace(name):
    joined = script(name)
    assert not re.search(r"^(import|export (?!default))", joined, re.M)
    assert joined.count("export default") == 1
    assert "</script" not in joined and "<!--" not in joined


def test_an_import_that_cannot_be_joined_is_named(tmp_path, monkeypatch):
    for source in (
        'import x from "../kit/frame.js";',
        'import "../kit/frame.js";',
        "export default 1;",
    ):
        shutil.copytree(HERE, tmp_path, dirs_exist_ok=True)
        (tmp_path / "figures" / "odd.js").write_text(source + "\n", "utf-8")
        monkeypatch.setattr("charrnn.lab.widget.HERE", tmp_path)
        with pytest.raises(ValueError, match=r"odd\.js"):
            script("odd")


@pytest.mark.parametrize("circle", ["aa", "aba", "bcdb"])
def test_modules_that_import_each_other_are_named(tmp_path, circle):
    """None of them could run first. What several modules import is no circle."""
    imports = 'import * as z from "./z.js";\n'
    (tmp_path / "z.js").write_text("export const z = 1;\n", "utf-8")
    for name, other in ["ab", *pairwise(circle)]:
        also = f'import * as other from "./{other}.js";\n'
        (tmp_path / f"{name}.js").write_text(also + imports, "utf-8")
    said = " imports ".join(f"{name}.js" for name in circle)
    with pytest.raises(ValueError, match=f"^{re.escape(said)}: a circle\\.$"):
        bundle(tmp_path / "a.js")
    (tmp_path / f"{circle[-2]}.js").write_text(imports, "utf-8")
    assert bundle(tmp_path / "a.js").count("const z = 1;") == 1


@every_figure
@both_languages
def test_figure_is_alive_and_speaks_its_language(open_figures, name, language):
    page = open_figures(FIGURES[name], language)
    figure = page.locator(".lab")
    assert figure.get_attribute("lang") == language
    title = figure.get_attribute("aria-label")
    assert bool(HANGUL.search(title)) == (language == "ko")
    labels = page.locator(".lab button, .lab label").all_inner_texts()
    assert any(labels)
    if language == "en":
        assert not [label for label in labels if HANGUL.search(label)]
    assert not page.locator(".living-picture").is_visible()


@every_figure
def test_without_scripts_and_on_paper_its_picture_stands_there(open_figures, name):
    page = open_figures(FIGURES[name], "ko", alive=False, java_script_enabled=False)
    picture = page.locator(".living-picture svg")
    assert picture.is_visible()
    assert len(picture.get_attribute("aria-label")) > 10
    page = open_figures(FIGURES[name])
    page.emulate_media(media="print")
    assert page.locator(".living-picture").is_visible()
    assert not page.locator(".lab").is_visible()


@pytest.mark.parametrize("name", [*FIGURES, *STATES])
@pytest.mark.parametrize(
    ("language", "width", "styled", "colours"),
    [("ko", 390, True, "dark"), ("en", 1280, True, "light"), ("en", 390, False, "light")],
    ids=["dark book", "light book", "plain page"],
)
def test_axe_finds_nothing(open_figures, name, language, width, styled, colours):
    window = {"viewport": {"width": width, "height": 900}, "color_scheme": colours}
    page = open_figures({**FIGURES, **STATES}[name], language, styled=styled, **window)
    assert findings(page) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)


def test_forced_colours_leave_squares_and_bars_what_they_tell(open_figures):
    page = open_figures(FIGURES["cell"], forced_colors="active")
    adjust = "e => getComputedStyle(e).forcedColorAdjust"
    assert page.locator(".lab-square").first.evaluate(adjust) == "none"
    page = open_figures(FIGURES["sampling"], forced_colors="active")
    assert page.locator(".lab-bar").first.evaluate(adjust) == "none"
    border = "e => getComputedStyle(e).borderTopStyle"
    assert page.locator(".lab-bar-room").first.evaluate(border) == "solid"


@every_figure
def test_every_control_is_reached_and_seen_by_keyboard(open_figures, name):
    page = open_figures(FIGURES[name])
    # Of a strip of squares one is on the way, the arrow keys lead to the others.
    controls = ":is(button, input, select, textarea, [tabindex='0'])"
    free = ":not(:disabled):not([tabindex='-1']):visible"
    wanted = page.locator(f".lab {controls}{free}").count()
    assert wanted
    for _ in range(wanted + 2):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.closest('.lab') !== null"):
            page.evaluate("document.activeElement.dataset.reached = ''")
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) != "none"
    assert page.locator("[data-reached]").count() == wanted


@every_figure
def test_two_on_a_page_keep_apart(open_figures, name):
    page = open_figures(lambda: [FIGURES[name](), FIGURES[name]()])
    first, second = page.locator(".lab").nth(0), page.locator(".lab").nth(1)
    before = second.inner_text()
    usable = "button:not(:disabled):not([aria-disabled=true]):visible"
    for turn in range(6):
        buttons = first.locator(usable)  # a click can make others unusable
        buttons.nth(turn % buttons.count()).click(timeout=2000)
    assert second.inner_text() == before


@every_figure
@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_name_of_a_bar_stands_in_its_column(open_figures, name, language):
    page = open_figures(FIGURES[name], language)
    wide = (
        "[...document.querySelectorAll('.lab-bar-name')].filter(e => e.scrollWidth > e.clientWidth)"
    )
    assert page.evaluate(f"{wide}.map(e => e.textContent)") == []


# What a reader might have done: each slider moved, each button pressed, playing begun.
USED = """
for (const input of el.querySelectorAll("input[type=range]")) {
  input.value = input.max;
  input.dispatchEvent(new Event("input", { bubbles: true }));
}
for (const button of [...el.querySelectorAll("button:not([data-link])")].slice(0, 40)) {
  if (button.isConnected) button.click();
}
el.querySelector(".lab-main")?.click();
"""


@every_figure
def test_a_figure_taken_away_leaves_nothing_behind(call, name):
    """No listener on the model, the window or the document, no timer and no frame."""
    gone(call, FIGURES[name](), USED, waits=False)


@every_figure
@pytest.mark.parametrize("nonsense", ["&x=1", "&text=" + "a" * 3000])
def test_a_link_with_nonsense_says_so_and_opens_the_default(open_figures, name, nonsense):
    plain = open_figures(FIGURES[name]).locator(".lab .lab-body").inner_text()
    page = open_figures(FIGURES[name], address=f"#lab={name}{nonsense}")
    assert "could not be understood" in page.locator(".lab > .lab-said").inner_text()
    assert page.locator(".lab .lab-body").inner_text() == plain
