"""The page's host: what is wrong with one figure's stored state leaves the others alive."""

import json
import re

import numpy as np
import pytest
from bilingual import figures, parts
from opening import page_of

from charrnn import lab, train

STATE = re.compile(
    r'(<script type="application/vnd\.jupyter\.widget-state\+json">)(.*?)(</script>)', re.S
)


def opened(open_figures, change, language="en"):
    """A page of three figures whose stored states `change` has altered; what its console said."""
    page = open_figures(
        lambda: [lab.one_hot("one"), lab.training("two", hidden_size=4), lab.one_hot("three")],
        language,
    )
    changed, said = page.context.new_page(), []
    changed.on("console", lambda message: said.append(message.text))
    changed.on("pageerror", lambda error: said.append(str(error)))
    html = page.request.get(page.url).text()
    states = json.loads(STATE.search(html)[2])
    order = [json.loads(text)["model_id"] for text in page.locator(
        'script[type="application/vnd.jupyter.widget-view+json"]').all_text_contents()]  # fmt: skip
    text = change(states, order)
    html = STATE.sub(lambda match: match[1] + text.replace("</", r"<\/") + match[3], html)
    changed.route("**/figures", lambda route: route.fulfill(body=html, content_type="text/html"))
    changed.goto(page.url)
    changed.wait_for_function(
        "document.querySelectorAll('.living.alive, .living-still').length >= 3"
    )
    return changed, said


def kept(page):
    return page.evaluate(
        "[...document.querySelectorAll('.living')].map((e) => [e.classList.contains('alive'),"
        " e.querySelector('.lab textarea')?.value ?? null,"
        " e.querySelector('.living-still')?.textContent ?? '',"
        " getComputedStyle(e.querySelector('.living-picture')).display !== 'none'])"
    )


def throwing(states, order):
    states["state"][order[1]]["state"]["_esm"] = (
        "export default { render({ el }) { el.textContent = 'half'; throw new Error('broken') } }"
    )
    return json.dumps(states)


def no_script(states, order):
    states["state"][order[1]]["state"]["_esm"] = "this is no script"
    return json.dumps(states)


def missing(states, order):
    del states["state"][order[1]]
    return json.dumps(states)


def of_numbers_beyond_json(states, order):
    """As Python's json writes them; the words in texts stay words."""
    states["state"][order[1]]["state"]["learning_rate"] = float("nan")
    states["state"][order[0]]["state"]["text"] = 'NaN, "Infinity" -Infinity'
    states["state"][order[2]]["state"]["extra"] = [float("inf"), float("-inf")]
    return json.dumps(states)


def listening(states, order):
    states["state"][order[1]]["state"]["_esm"] = """
        export default { render({ model, el }) {
          const heard = [], one = () => heard.push("one"), two = () => heard.push("two");
          model.on("change:x", one);
          model.on("change:x", two);
          model.on("change:y", one);
          model.set("x", 1);
          model.set("x", 1);
          heard.push("|");
          model.off("change:x", one);
          model.set("x", 2);
          model.set("y", 2);
          heard.push("|");
          model.off("change:x");
          model.set("x", 3);
          el.textContent = [...heard, model.get("x")].join(" ");
        } }"""
    return json.dumps(states)


STILL = {
    "en": "This figure could not be brought to life, so its picture stands here.",
    "ko": "이 그림을 움직일 수 없어 멈춘 그림을 보여 줍니다.",
}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("change", [throwing, no_script, missing], ids=lambda f: f.__name__)
def test_one_figure_that_fails_leaves_the_others_and_says_so(open_figures, change, language):
    page, said = opened(open_figures, change, language)
    first, second, third = kept(page)
    assert first == [True, "one", "", False] and third == [True, "three", "", False]
    assert second == [False, None, STILL[language], True]
    assert page.locator("text=half").count() == 0  # no half of a figure
    assert len(said) == 1


def test_numbers_that_json_does_not_know_break_no_page(open_figures):
    page, said = opened(open_figures, of_numbers_beyond_json)
    assert [figure[:2] for figure in kept(page)] == [
        [True, 'NaN, "Infinity" -Infinity'], [True, "two"], [True, "three"],
    ]  # fmt: skip
    assert said == []


def test_a_model_tells_changes_to_those_who_listen_and_no_longer_to_others(open_figures):
    page, said = opened(open_figures, listening)
    heard = page.locator(".living-figure").nth(1).inner_text()
    assert heard == "one two | two one | 3"
    assert said == []


def test_a_state_that_cannot_be_read_is_said_of_each(open_figures):
    page, said = opened(open_figures, lambda states, order: "{ broken")
    assert kept(page) == [[False, None, STILL["en"], True]] * 3
    assert said


def test_an_address_that_is_none_is_no_error(open_figures):
    page = open_figures(lambda: lab.one_hot("one"), address="#100%")
    page.wait_for_timeout(200)  # what a console says comes later; open_figures asks at the end


def in_parts(open_figures, make, *, lost=()):
    """A page of figures in the form in which the book carries them; what its console said.

    Files in ``lost`` do not arrive.
    """
    page = open_figures(make)
    html = page.request.get(page.url).text()
    text, files = figures.shared(STATE.search(html)[2])
    tags = "".join(f'<script src="/parts/{file}.js" defer></script>' for file in files)
    html = STATE.sub(lambda match: match[1] + text + match[3], html)
    html = html.replace("</head>", tags + "</head>").replace(
        '<script src="/figures.js">', '<script src="/figures.js" defer>'
    )

    def part(route):
        file = route.request.url.rsplit("/", 1)[-1].removesuffix(".js")
        if file in lost:
            return route.abort()
        return route.fulfill(body=parts.text_of(file), content_type="text/javascript")

    shown, said = page.context.new_page(), []
    shown.on("console", lambda message: said.append(message.text))
    shown.on("pageerror", lambda error: said.append(str(error)))
    shown.route("**/figures", lambda route: route.fulfill(body=html, content_type="text/html"))
    shown.route("**/parts/*", part)
    shown.goto(page.url)
    shown.wait_for_function(
        "document.querySelectorAll('.living.alive, .living-still').length"
        " === document.querySelectorAll('.living').length"
    )
    return shown, said


def test_figures_live_of_parts_and_look_as_of_one_piece(open_figures):
    make = lambda: [lab.one_hot("one"), lab.training("two", hidden_size=4), lab.one_hot("three")]  # noqa: E731
    looks = (
        "[...document.querySelectorAll('.lab')].map((e) =>"
        " [e.outerHTML, getComputedStyle(e).border, e.getBoundingClientRect().height])"
    )
    whole = open_figures(make).evaluate(looks)
    page, said = in_parts(open_figures, make)
    assert page.evaluate(looks) == whole
    assert said == []


def test_a_file_that_does_not_arrive_costs_its_own_figures_only(open_figures):
    page, said = in_parts(
        open_figures,
        lambda: [lab.one_hot("one"), lab.training("two", hidden_size=4)],
        lost=["training"],
    )
    assert [figure[0] for figure in kept(page)] == [True, False]
    assert page.locator(".living-still").inner_text() == STILL["en"]
    # Parts are joined in their order, so the first that the lost file holds is missed first.
    missed = f"{next(iter(parts.files()['training']))} has not been loaded"
    for _ in range(100):  # what a console says comes later than what the page shows
        if any(missed in text for text in said):
            return
        page.wait_for_timeout(50)
    pytest.fail(f"the console said {said}")


def test_a_page_of_the_tests_holds_its_own_figures_only():
    """Every figure lives on in its process, and would come along into the pages of later tests."""
    other = lab.hangul("한글")
    html = page_of([lab.one_hot("one"), lab.training("two", hidden_size=4)], "en")
    states = json.loads(STATE.search(html)[2])["state"]
    names = [x["state"]["name"] for x in states.values() if x["model_name"] == "AnyModel"]
    assert sorted(names) == ["one_hot", "training"] and other.model_id not in states


def test_a_network_arrives_as_it_was_sent(open_figures):
    cell, _ = train("hello", epochs=30, progress=False)
    figure = lab.cell(cell)
    sent = np.frombuffer(figure.weights, "<f4")
    heard = """export default { render({ model, el }) {
      const view = model.get("weights");
      el.textContent = Array.from({ length: view.byteLength / 4 },
        (_, i) => view.getFloat32(4 * i, true)).join(" ");
    } }"""
    figure._esm = heard
    page, said = in_parts(open_figures, lambda: figure)
    numbers = np.array([float(n) for n in page.locator(".living-figure").inner_text().split()])
    assert len(numbers) == len(sent) and (numbers < 0).any()
    assert abs(numbers - sent).max() <= 2**-24
    assert said == []
