"""Every living figure: both languages, light and dark, phone, keyboard, axe, and without scripts.

An example call of each stands in FIGURES.
"""

import re

import pytest
import torch
from axe import findings

from charrnn import SENTENCE, lab, train
from charrnn.lab.figure import HERE, script


def young_cells():
    return {epochs: train("hello", hidden_size=8, epochs=epochs)[0] for epochs in (0, 5, 60)}


def waves(text, size=7):
    """Values that might be hidden states, (T, size)."""
    t = torch.arange(len(text))[:, None]
    return torch.sin(t * torch.linspace(0.1, 1.5, size)) * torch.linspace(1, 0.4, size)


LOGITS = [3 - 0.24 * (7 * i % 31) for i in range(31)]
FIGURES = {
    "hangul": lambda: lab.hangul("한글은 값"),
    "inside": lambda: lab.inside(SENTENCE, waves(SENTENCE)),
    "one_hot": lambda: lab.one_hot("hello"),
    "cell": lambda: lab.cell(young_cells()[60], "hello"),
    "generation": lambda: lab.generation(young_cells()),
    "softmax": lambda: lab.softmax({"l": 2.0, "p": 1.0, " ": 0.0, "d": -3.0}, "l"),
    "gate": lambda: lab.gate("hello"),
    "spikes": lambda: lab.spikes("hello", hidden_size=8, epochs=30),
    "sampling": lambda: lab.sampling(
        LOGITS, "abcdefghijklmnopqrstuvwxyz ?!.\n", top_k=12, top_p=0.9
    ),
    "training": lambda: lab.training("hello", hidden_size=8, epochs=30),
}
LANGUAGES = ("ko", "en")
HANGUL = re.compile("[가-힣]")

every_figure = pytest.mark.parametrize("name", FIGURES)
both_languages = pytest.mark.parametrize("language", LANGUAGES)


def test_every_figure_has_an_example():
    public = {name for name in lab.__all__ if name[0].islower()}
    assert set(FIGURES) == public


def test_every_figure_speaks_both_languages(call):
    for name in (*FIGURES, "kit"):
        words = call("return lab[data.name].words", name=name)
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
    for source in ('import x from "./kit.js";', 'import "./kit.js";', "export default 1;"):
        for path in HERE.glob("*.js"):
            (tmp_path / path.name).write_text(path.read_text("utf-8"), "utf-8")
        (tmp_path / "odd.js").write_text(source + "\n", "utf-8")
        monkeypatch.setattr("charrnn.lab.figure.HERE", tmp_path)
        with pytest.raises(ValueError, match=r"odd\.js"):
            script("odd")


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


@every_figure
@pytest.mark.parametrize(("language", "width"), [("ko", 390), ("en", 1280)])
@pytest.mark.parametrize(
    ("styled", "colours"), [(True, "light"), (True, "dark"), (False, "light")],
    ids=["light book", "dark book", "plain page"],
)  # fmt: skip
def test_axe_finds_nothing(open_figures, name, language, width, styled, colours):
    window = {"viewport": {"width": width, "height": 900}, "color_scheme": colours}
    page = open_figures(FIGURES[name], language, styled=styled, **window)
    assert findings(page) == []
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not page.evaluate(wide)


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
def test_a_figure_taken_away_leaves_nothing_behind(open_figures, name):
    page = open_figures(FIGURES[name])
    page.evaluate("document.querySelector('.living-figure').remove()")
    page.wait_for_timeout(100)
    assert page.locator("#prose").is_visible()


@every_figure
@pytest.mark.parametrize("nonsense", ["&x=1", "&text=" + "a" * 3000])
def test_a_link_with_nonsense_says_so_and_opens_the_default(open_figures, name, nonsense):
    plain = open_figures(FIGURES[name]).locator(".lab .lab-body").inner_text()
    page = open_figures(FIGURES[name], address=f"#lab={name}{nonsense}")
    assert "could not be understood" in page.locator(".lab > .lab-said").inner_text()
    assert page.locator(".lab .lab-body").inner_text() == plain
