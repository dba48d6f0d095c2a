"""Living figures in the built pages: no kernel, no other host, and nothing lost without scripts."""

import hashlib
import json

import pytest
from bs4 import BeautifulSoup
from built_book import HTML, built_pages
from waiting import until

from charrnn import SENTENCE
from charrnn.exercises.question import Question
from charrnn.lab.widget import HERE, script

CHAPTERS = (
    "01_one_hot",
    "02_rnn_cell",
    "03_training",
    "04_generation",
    "06_spikes",
    "07_surprise",
    "09_lstm_gru",
    "10_longer",
    "11_writing",
    "12_hangul",
    "13_inside",
    "14_bigger",
)
LANGUAGES = ("ko", "en")
STATE = "application/vnd.jupyter.widget-state+json"
SHEET = HERE / "lab.css"
WORDS = {
    "ko": {"text": "문장", "train": "학습", "next": "다음 글자", "play": "재생", "feed": "되먹임"},
    "en": {"text": "Sentence", "train": "Train", "next": "Next letter", "play": "Play",
           "feed": "Fed back"},
}  # fmt: skip
NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
LIVING = [
    name
    for name in built_pages()
    if BeautifulSoup((HTML / name).read_text("utf-8"), "html.parser").select_one(".living")
]

living_pages = pytest.mark.parametrize("living_page", LIVING)
both_languages = pytest.mark.parametrize("language", LANGUAGES)
both_ways = pytest.mark.parametrize("by", ["mouse", "keyboard"])


def states_of(name):
    """The states of a page's figures and questions."""
    soup = BeautifulSoup((HTML / name).read_text("utf-8"), "html.parser")
    stored = json.loads(soup.find("script", type=STATE).string)["state"].values()
    return [model["state"] for model in stored if "_esm" in model["state"]]


def all_alive(page):
    until(
        page,
        "document.querySelectorAll('.living').length ==="
        " document.querySelectorAll('.living.alive .lab').length",
    )


def press(page, figure, name, by):
    button = figure.get_by_role("button", name=name, exact=True)
    if by == "mouse":
        button.click()
    else:
        button.focus()
        page.keyboard.press("Enter")


def test_every_chapter_has_a_living_figure_in_each_language():
    expected = {f"chapters/{language}/{slug}.html" for slug in CHAPTERS for language in LANGUAGES}
    assert expected <= set(LIVING)


@living_pages
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_figures_live_in_the_language_and_width_of_the_page(open_page, living_page, width, colours):
    page = open_page(living_page, viewport={"width": width, "height": 844}, color_scheme=colours)
    all_alive(page)
    assert page.evaluate(NO_SIDEWAYS)
    language = living_page.split("/")[1]
    for figure in page.locator(".lab").all():
        assert figure.get_attribute("lang") == language
        ink, paper = (
            figure.evaluate(f"e => getComputedStyle(e).{part}") for part in ("color", "fontSize")
        )
        assert ink == page.evaluate("getComputedStyle(document.body).color") and paper
    assert not page.locator(".living-picture:visible").count()


@living_pages
def test_text_and_picture_are_there_before_the_script(browser, origin, living_page):
    context = browser.new_context()
    page = context.new_page()
    page.route("**/figures.js?*", lambda route: None)  # on its way for ever
    page.goto(origin + living_page, wait_until="commit")
    page.wait_for_selector(".living-picture :is(svg, .question-folded)")
    assert page.locator("article p:visible").count() > 1
    assert page.locator(".lab").count() == 0
    context.close()


@living_pages
def test_without_scripts_a_picture_stands_in_its_place(open_page, living_page):
    page = open_page(living_page, java_script_enabled=False)
    for box in page.locator(".living-question").all():
        assert box.locator(".question-folded > p").is_visible()
    for box in page.locator(".living:not(.living-question)").all():
        picture = box.locator("svg").first
        assert picture.is_visible()
        assert len(picture.get_attribute("aria-label")) > 10


@living_pages
def test_on_paper_a_picture_stands_in_its_place(open_page, living_page):
    page = open_page(living_page)
    all_alive(page)
    page.emulate_media(media="print")
    assert page.locator(".living-picture:visible").count() == page.locator(".living").count()
    assert page.locator(".lab:visible").count() == 0


@living_pages
def test_the_host_and_what_its_figures_are_made_of_is_all_that_a_living_page_loads_more(
    open_page, living_page
):
    page = open_page(living_page)
    loaded = page.eval_on_selector_all("script[src]", "all => all.map(s => s.src)")
    names = {address.rsplit("/_static/", 1)[-1].split("?")[0] for address in loaded}
    own = {"theme.js", "book.js", "place.js", "answered.js", "search.js", "marks.js", "cards.js"}
    own |= {"figures.js", "parts/of_every.js"}
    kinds = {state["name"] for state in states_of(living_page)}
    own |= {f"parts/{kind}.js" for kind in kinds}
    own |= {"parts/of_several.js"} if kinds != {"question"} else set()
    assert names == own


@living_pages
def test_a_page_names_what_its_figures_are_made_of_and_carries_none_of_it(living_page):
    """Letter for letter what the package gives a notebook; the address changes with the file."""
    soup = BeautifulSoup((HTML / living_page).read_text("utf-8"), "html.parser")
    loaded = {}
    for tag in soup.select("script[src*='/_static/parts/']"):
        assert tag.has_attr("defer")
        address, version = tag["src"].split("?v=")
        text = (HTML / living_page).parent.joinpath(address).read_text("utf-8")
        assert hashlib.sha256(text.encode()).hexdigest().startswith(version) and len(version) == 8
        loaded |= json.loads(text.partition("), ")[2].removesuffix(");\n"))
    for state in states_of(living_page):
        asks = state["name"] == "question"
        drawing, *sheets = (Question.drawing, SHEET, Question.style) if asks else (None, SHEET)
        whole = {
            "_esm": script(state["name"], drawing),
            "_css": "".join(sheet.read_text("utf-8") for sheet in sheets),
        }
        for key, text in whole.items():
            assert len(state[key]["own"]) < 500
            given = "".join(loaded[name] for name in state[key]["parts"]) + state[key]["own"]
            assert given == text


@living_pages
def test_every_id_stands_once(open_page, living_page):
    page = open_page(living_page)
    all_alive(page)
    ids = page.eval_on_selector_all("[id]", "all => all.map(one => one.id)")
    assert sorted(ids) == sorted(set(ids))


@living_pages
def test_figures_live_from_disk(open_page, living_page):
    page = open_page(living_page, base=HTML.as_uri() + "/")
    all_alive(page)


@both_languages
@both_ways
def test_one_hot_in_the_page(open_page, language, by):
    page = open_page(f"chapters/{language}/01_one_hot.html")
    all_alive(page)
    figure = page.locator(".lab-one_hot")
    field = figure.get_by_label(WORDS[language]["text"])
    if by == "mouse":
        field.click()
        field.fill("hi 안")
    else:
        field.focus()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("hi 안")
    assert figure.locator("tbody tr").count() == 6
    assert figure.locator("td.on").count() == 5
    assert figure.locator(".unknown").count() == 1


@both_languages
@both_ways
def test_the_cell_in_the_page(open_page, language, by):
    page = open_page(f"chapters/{language}/02_rnn_cell.html")
    all_alive(page)
    figure = page.locator(".lab-cell")
    before = figure.locator(".lab-strip").nth(2).locator("button").evaluate_all(
        "all => all.map(b => b.getAttribute('aria-label'))"
    )  # fmt: skip
    press(page, figure, WORDS[language]["next"], by)
    assert figure.locator(".lab-letters [aria-current]").inner_text() == "h"
    after = figure.locator(".lab-strip").nth(2).locator("button").evaluate_all(
        "all => all.map(b => b.getAttribute('aria-label'))"
    )  # fmt: skip
    assert before != after


@both_languages
@both_ways
def test_training_in_the_page(open_page, language, by):
    page = open_page(f"chapters/{language}/03_training.html")
    all_alive(page)
    figure = page.locator(".lab-training")
    press(page, figure, WORDS[language]["train"], by)
    until(
        page,
        "text => document.querySelector('.lab-training .lab-written').textContent === text"
        " && document.querySelector('.lab-training .lab-status').textContent.includes('100')",
        arg=SENTENCE,
    )


@both_languages
@both_ways
def test_generation_in_the_page(open_page, language, by):
    page = open_page(f"chapters/{language}/04_generation.html")
    all_alive(page)
    figure = page.locator(".lab-generation")
    assert figure.locator(".lab-stage").count() == 4
    for _ in range(4):
        press(page, figure, WORDS[language]["next"], by)
    written = figure.locator(".lab-written")
    assert written.last.inner_text() == SENTENCE[:5]
    assert written.first.inner_text() != SENTENCE[:5]


@both_languages
def test_a_link_leads_to_the_figure_in_its_state(open_page, language):
    page = open_page(f"chapters/{language}/03_training.html#lab=training&text=bye&seed=3")
    all_alive(page)
    figure = page.locator(".lab-training")
    assert figure.locator("textarea").input_value() == "bye"
    box = figure.bounding_box()
    assert -box["height"] < box["y"] < 900


# ---- the later chapters: what their figures say after one use

USES = {
    "06_spikes": {"ko": ["두 번 학습"], "en": ["Train both"]},
    "07_surprise": {"ko": ["기울기를 거슬러 한 걸음"], "en": ["One step against the gradient"]},
    "11_writing": {"ko": ["스무 글자 뽑기"], "en": ["Draw twenty letters"]},
    "12_hangul": {"ko": ["ㅎ", "ㅏ", "ㄴ"], "en": ["ㅎ", "ㅏ", "ㄴ"]},
}
TOLD = {
    "06_spikes": {"ko": "1000 에포크", "en": "Epoch 1000"},
    "11_writing": {"ko": "20개", "en": "20:"},
    "12_hangul": {"ko": "한", "en": "한"},
}


def opened(open_page, chapter, language):
    page = open_page(f"chapters/{language}/{chapter}.html")
    all_alive(page)
    return page, page.locator(".lab:not(.lab-question)").first


@both_languages
@both_ways
@pytest.mark.parametrize("chapter", USES)
def test_the_buttons_of_the_later_chapters(open_page, chapter, language, by):
    page, figure = opened(open_page, chapter, language)
    before = figure.inner_text()
    for name in USES[chapter][language]:
        press(page, figure, name, by)
    until(
        page,
        "([before, told]) => {"
        " const now = document.querySelector('.lab:not(.lab-question)').innerText;"
        " return now !== before && now.includes(told) }",
        arg=[before, TOLD.get(chapter, {}).get(language, "")],
        seconds=60,
    )


@both_languages
@both_ways
def test_the_gates_of_the_lstm(open_page, language, by):
    page, figure = opened(open_page, "09_lstm_gru", language)
    gate = figure.get_by_role("slider").first
    if by == "mouse":
        box = gate.bounding_box()
        gate.click(position={"x": 2, "y": box["height"] / 2})
    else:
        gate.focus()
        page.keyboard.press("Home")
    assert "c = 0 ×" in figure.locator(".lab-sum-text").inner_text()


@both_languages
@both_ways
def test_the_unit_that_tints(open_page, language, by):
    page, figure = opened(open_page, "13_inside", language)
    before = figure.inner_text()
    unit = figure.get_by_role("slider").first
    if by == "mouse":
        box = unit.bounding_box()
        unit.click(position={"x": box["width"] - 2, "y": box["height"] / 2})
    else:
        unit.focus()
        page.keyboard.press("ArrowRight")
    assert figure.inner_text() != before
