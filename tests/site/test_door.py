"""The root page in a browser: a network learns there, and the course is listed."""

import gzip

import epub
import pdf
import pytest
import torch
from book.numbers import counted
from built_book import HTML, built_pages
from waiting import until

from charrnn import SENTENCE, generate, train

ENDED = "!!document.querySelector('.writing-status').textContent"
HEAVIEST = 60_000  # bytes, gzipped


def first_right(seed):
    """The epoch, in steps of three, after which the package's own network writes it right."""
    found = []

    def watch(epoch, cell, outputs):
        if not found and (epoch + 1) % 3 == 0 and generate(cell, feed="argmax").text == SENTENCE:
            found.append(epoch + 1)

    with torch.no_grad():
        train(SENTENCE, epochs=90, seed=seed, watch=watch)
    return found[0]


@pytest.fixture
def still(open_page):
    """The page of a reader who wants nothing to move: it shows the end at once."""
    return open_page("index.html", reduced_motion="reduce")


def test_it_learns_as_the_package_does(still):
    for seed in range(3):
        until(still, ENDED)
        assert still.locator(".writing-line").inner_text() == SENTENCE.replace(" ", "␣") + "⊣"
        assert int(still.locator(".writing-epoch").inner_text()) == first_right(seed)
        assert still.locator(".writing-line span:not(.right)").count() == 0
        still.get_by_role("button", name="Another seed").click()


def test_it_writes_letter_by_letter_and_stops_when_told(open_page):
    page = open_page("index.html")
    until(page, "document.querySelector('.writing-line').children.length > 3")
    page.get_by_role("button", name="Pause").click()
    there = page.locator(".writing-line").inner_text()
    page.wait_for_timeout(400)
    assert page.locator(".writing-line").inner_text() == there
    page.get_by_role("button", name="Play").click()
    until(page, f"document.querySelector('.writing-line').innerText !== {there!r}")
    assert page.locator(".writing-status").inner_text() == ""


def test_nothing_shifts_when_it_comes_alive(open_page):
    with_scripts = open_page("index.html", reduced_motion="reduce")
    until(with_scripts, ENDED)
    without = open_page("index.html", java_script_enabled=False)
    places = [page.locator(".door").bounding_box()["y"] for page in (with_scripts, without)]
    assert abs(places[0] - places[1]) < 8
    assert without.locator(".door-picture").is_visible()
    assert not without.locator(".writing-live").is_visible()


@pytest.mark.parametrize("code", ["ko", "en"])
def test_the_course_lists_every_chapter_with_its_minutes(still, code):
    course = still.locator(f".course[lang={code}] li")
    chapters = [p for p in built_pages() if p.startswith(f"chapters/{code}/")]
    numbered = [p for p in chapters if counted(p)]
    links = [a.get_attribute("href") for a in course.locator("a").all()]
    offered = still.locator(f".course[lang={code}] .editions a")
    names = [a.get_attribute("href").split("/editions/")[1] for a in offered.all()]
    files = [pdf.NAMES[0].format(code), epub.NAME.format(code), "char-rnn-book.zip"]
    assert names == files
    assert links == numbered
    said = course.locator(".minutes").all_inner_texts()
    assert all(any(sign.isdigit() for sign in text) for text in said)
    assert len(said) == len(numbered)


def test_it_stays_light(open_page):
    page = open_page("about:blank", base="")
    sizes = []
    page.on("response", lambda r: sizes.append(len(gzip.compress(r.body()))))
    page.goto((HTML / "index.html").as_uri())
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) < HEAVIEST


def test_it_offers_to_go_on_where_a_reader_stopped(open_page):
    page = open_page("index.html")
    assert page.locator(".continue").count() == 0
    page.goto(page.url.replace("index.html", "chapters/ko/03_training.html"))
    parts = page.eval_on_selector_all("main section section[id]", "all => all.map(s => s.id)")
    page.evaluate("id => document.getElementById(id).scrollIntoView()", parts[2])
    until(page, "localStorage.getItem('places')?.includes('03_training')")
    page.goto(page.url.split("chapters")[0] + "index.html")
    line = page.locator(".continue a")
    assert line.count() == 1
    assert line.text_content().startswith("이어서 읽기: 학습")
    line.click()
    page.wait_for_url(f"**/chapters/ko/03_training.html#{parts[2]}")


@pytest.mark.parametrize(
    "kept", ["", "null", "3", "{", '{"ko": 3}', '{"ko": {"page": "../x", "name": "a"}}',
             '{"ko": {"page": "javascript:alert(1)", "name": "a"}}', '{"ko": {"page": "a.html"}}'],
)  # fmt: skip
def test_a_place_that_is_none_is_not_offered(open_page, kept):
    page = open_page("index.html")
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.evaluate("kept => localStorage.setItem('places', kept)", kept)
    page.reload()
    assert page.locator(".continue").count() == 0
    assert errors == []


def test_the_keyboard_keeps_its_place_when_the_pause_button_goes(open_page):
    page = open_page("index.html")
    page.clock.install()
    page.reload()
    page.locator("[data-writing] button").first.focus()
    page.clock.run_for(120_000)  # as long as it needs to write the sentence right
    assert page.locator(".writing-status").inner_text()  # it has ended
    assert page.evaluate("document.activeElement.textContent").endswith("Another seed")
