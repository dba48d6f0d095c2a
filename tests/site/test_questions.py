"""Every question of the book: answered right, in each wrong way foreseen, and with nonsense."""

import json

import pytest
from bs4 import BeautifulSoup
from built_book import HTML, built_pages
from waiting import until

from charrnn.exercises.question import opened

VIEW = "application/vnd.jupyter.widget-view+json"
STATE = "application/vnd.jupyter.widget-state+json"
RIGHT = {"ko": "맞았습니다.", "en": "Right."}
WRONG = {"ko": "아직 아닙니다.", "en": "Not yet."}
CHECK = {"ko": "확인", "en": "Check"}
SHOW = {"ko": "답 보기", "en": "Show the answer"}
NONSENSE = {"number": "what?", "shape": "what?", "text": "¿?"}


def questions(name):
    """The questions of a page as its widgets hold them, in order, with what is sealed."""
    page = BeautifulSoup((HTML / name).read_text("utf-8"), "html.parser")
    stored = page.find("script", type=STATE)
    states = json.loads(stored.string)["state"] if stored else {}
    views = [json.loads(view.string)["model_id"] for view in page.find_all("script", type=VIEW)]
    asked = [states[view]["state"] for view in views]
    return [(q, opened(q["sealed"])) for q in asked if q["name"] == "question"]


ASKING = {name: found for name in built_pages() if (found := questions(name))}
every_page = pytest.mark.parametrize("name", ASKING)


def language_of(name):
    return name.split("/")[1]


def give(box, kind, value, language):
    """Answer a question as a reader would; what it says then."""
    if kind == "choice":
        labels = box.locator("label")
        wanted = value.replace("`", "")
        texts = [text.strip() for text in labels.all_inner_texts()]
        labels.nth(texts.index(wanted)).click()
    elif kind == "order":
        put_in_order(box, [item.replace("`", "") for item in value])
    else:
        box.locator("input").fill(typed(kind, value))
    box.get_by_role("button", name=CHECK[language], exact=True).click()
    return box.locator(".question-reply").inner_text()


def typed(kind, value):
    if kind == "shape":
        return f"({', '.join(value)})"
    return value.replace(" ", "␣") if kind == "text" else repr(value)


def put_in_order(box, wanted):
    for place, item in enumerate(wanted):
        while True:
            now = [text.strip() for text in box.locator("li > span").all_inner_texts()]
            if now.index(item) == place:
                break
            box.locator("li").nth(now.index(item)).locator("button").first.click()


def plain(text):
    return " ".join(text.replace("`", "").split())


@every_page
@pytest.mark.parametrize("width", [390, 1280])
def test_each_question_answers_back(open_page, name, width):
    language = language_of(name)
    page = open_page(name, viewport={"width": width, "height": 900})
    count = len(ASKING[name])
    until(page, f"document.querySelectorAll('.lab-question').length === {count}")
    for i, (question, secret) in enumerate(ASKING[name]):
        box, kind = page.locator(".lab-question").nth(i), question["kind"]
        for wrong, reply, _ in secret["replies"]:
            said = give(box, kind, wrong, language)
            assert said == plain(f"✗ {WRONG[language]} {reply}")
        if kind in NONSENSE:
            box.locator("input").fill(NONSENSE[kind])
            box.get_by_role("button", name=CHECK[language], exact=True).click()
            said = box.locator(".question-reply").inner_text()
            assert said and RIGHT[language] not in said
        said = give(box, kind, secret["answer"], language)
        assert said == plain(f"✓ {RIGHT[language]} {secret['why']}")
        assert not box.get_by_role("button", name=SHOW[language]).is_visible()
    mark = page.locator(".chapters a[aria-current] .answered")
    assert mark.text_content() == "✓"
    assert str(count) in mark.get_attribute("aria-label")


@every_page
def test_no_answer_is_in_plain_sight_but_in_the_fold_without_scripts(name):
    page = BeautifulSoup((HTML / name).read_text("utf-8"), "html.parser")
    page.find("script", type=STATE).decompose()
    for box in page.select(".question-folded"):
        assert len(box.select("details strong")) == 1
        box.details.decompose()
    assert "ask(" not in page.get_text()


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_key_leads_to_every_question_in_the_order_of_the_pages(language):
    folder = f"chapters/{language}/"
    anchors = []
    for name in sorted(name for name in ASKING if name.startswith(folder)):
        page = BeautifulSoup((HTML / name).read_text("utf-8"), "html.parser")
        boxes = [box["id"] for box in page.select(".living-question")]
        assert len(boxes) == len(ASKING[name]) == len(set(boxes))
        anchors += [f"{name.removeprefix(folder)}#{anchor}" for anchor in boxes]
    page = BeautifulSoup((HTML / folder / "93_teaching.html").read_text("utf-8"), "html.parser")
    assert [link["href"] for link in page.select(".answer-key li > p > a")] == anchors
    exercises = page.select('.answer-key h3:has(a[href$="#exercises"]) + ol > li > p:first-child')
    assert len(exercises) > 30 and all(entry.strong for entry in exercises)


def test_the_marks_are_those_of_both_languages_and_are_forgotten_at_a_press(open_page):
    name = "chapters/ko/01_one_hot.html"
    page = open_page(name)
    question, secret = ASKING[name][0]
    until(page, "document.querySelectorAll('.lab-question').length > 0")
    assert not page.locator(".forget").is_visible()
    give(page.locator(".lab-question").first, question["kind"], secret["answer"], "ko")
    total = len(ASKING[name])
    assert page.locator(".answered").text_content() == f"1/{total}"
    page.goto(page.url.replace("/ko/01_one_hot", "/en/02_rnn_cell"))
    mark = page.locator(".chapters .answered")
    assert mark.count() == 1
    assert mark.get_attribute("aria-label") == f"1 of {total} questions answered"
    page.goto(page.url.replace("02_rnn_cell", "01_one_hot"))
    until(page, "document.querySelectorAll('.question-before').length === 1")
    page.get_by_role("button", name="Forget my answers").click()
    assert page.locator(".answered, .question-before").count() == 0
    assert not page.locator(".forget").is_visible()
    assert page.evaluate("localStorage.getItem('answered')") is None


@pytest.mark.parametrize("kept", ["", "null", "3", "[]", '{"01_one_hot": 3}', '{"01_one_hot": {}}'])
def test_what_is_kept_and_broken_costs_nothing(open_page, kept):
    page = open_page("chapters/en/01_one_hot.html")
    page.evaluate("kept => localStorage.setItem('answered', kept)", kept)
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.reload()
    until(page, "document.querySelectorAll('.lab-question').length > 0")
    question, secret = ASKING["chapters/en/01_one_hot.html"][0]
    give(page.locator(".lab-question").first, question["kind"], secret["answer"], "en")
    assert page.locator(".answered").count() == 1
    assert errors == []
