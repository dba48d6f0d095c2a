"""The place of a figure is kept before it is alive, so that the page does not move.

`UPDATE=1 pytest tests/lab/test_places.py` writes the heights again, after a figure has changed.
"""

import json
import os
import re
from importlib import import_module
from pathlib import Path

import pytest

from charrnn import lab

THEME = Path(__file__).resolve().parents[2] / "_ext" / "bilingual" / "theme" / "static"
SHEET = THEME / "figures.css"
# Box widths up to which a height holds, and a window in which the box is about so wide.
BANDS = (
    (300, 320),
    (340, 360),
    (375, 390),
    (420, 430),
    (470, 480),
    (530, 540),
    (600, 600),
    (0, 1280),
)
LANGUAGES = ("ko", "en")
HEIGHT = "document.querySelector('.living-figure').getBoundingClientRect().height"
ROOM = 40  # pixels that may stay empty below a figure


# As the chapters show them; what was learned is not seen in a height.
EXAMPLES = {
    name: import_module(f"charrnn.lab.figures.{name}").example
    for name in lab.__all__
    if name[0].islower()
}


def heights_of(open_figures, name, language, windows):
    page = open_figures(EXAMPLES[name], language)
    found = []
    for width in windows:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(50)
        found.append(page.evaluate(HEIGHT))
    return found


def sheet(heights):
    """The style sheet with these heights, (name, language) to one for each band."""
    rules = [
        "/* The place of each living figure, kept before it is alive so that nothing moves.",
        "   Written, and held to the real heights, by tests/lab/test_places.py. */",
        "@media screen {",
        "  .cell_output:has(> .living) { container-type: inline-size; }",
        f"  html.scripted .living:not(.still) {{ min-height: var(--h{len(BANDS)}); }}",
        *(
            f"  @container (max-width: {most}px) {{ html.scripted .living:not(.still) "
            f"{{ min-height: var(--h{i}); }} }}"
            for i, (most, _) in reversed([*enumerate(BANDS[:-1], 1)])
        ),
        "}",
    ]
    for (name, language), found in heights.items():
        values = "; ".join(f"--h{i}: {height:.0f}px" for i, height in enumerate(found, 1))
        rules.append(f".living-{name}:lang({language}) {{ {values}; }}")
    return "\n".join(rules) + "\n"


@pytest.mark.skipif("UPDATE" not in os.environ, reason="writes the style sheet")
def test_write_the_heights(open_figures):
    windows = [window for _, window in BANDS]
    SHEET.write_text(
        sheet(
            {
                (name, language): [
                    height + 6 for height in heights_of(open_figures, name, language, windows)
                ]
                for name in EXAMPLES
                for language in LANGUAGES
            }
        )
    )


def test_the_figures_tried_are_those_of_the_chapters():
    called = {
        name
        for path in (THEME.parents[3] / "chapters").glob("*.md")
        for name in re.findall(r"^lab\.(\w+)\(", path.read_text("utf-8"), re.M)
    }
    assert called == set(EXAMPLES)


@pytest.mark.parametrize("name", EXAMPLES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_figure_stands_in_the_place_that_was_kept(open_figures, name, language):
    page = open_figures(EXAMPLES[name], language)
    for width in (390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(50)
        real = page.evaluate(HEIGHT)
        kept = page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('.living')).minHeight)"
        )
        assert 0 <= kept - real <= ROOM, f"{width} wide: {kept} kept, {real} needed"
        before = page.evaluate(
            "(box => { box.classList.remove('alive');"
            " const all = document.querySelector('.living-picture').getBoundingClientRect().height;"
            " box.classList.add('alive'); return all })(document.querySelector('.living'))"
        )
        assert before <= kept


def test_a_link_to_a_heading_below_a_figure_stays_there(open_figures):
    page = open_figures(EXAMPLES["cell"], address="#after", viewport={"width": 390, "height": 300})
    page.wait_for_function(
        "(e => e.top < 100 || Math.abs(e.bottom - innerHeight) < 80)"
        "(document.querySelector('#after').getBoundingClientRect())"
    )


JUMPS = """
window.jumps = [];
const jump = Element.prototype.scrollIntoView;
Element.prototype.scrollIntoView = function (...given) {
  jumps.push(this.id);
  jump.apply(this, given);
};
const event = %s;
const listen = window.addEventListener;
// The event comes as soon as it can be heard: while the figures are not alive yet.
window.addEventListener = function (type, ...rest) {
  listen.call(this, type, ...rest);
  if (type === event) dispatchEvent(new Event(event));
};
"""


@pytest.mark.parametrize("moved", ["", "wheel", "touchmove", "keydown", "pointerdown"])
def test_the_jump_is_made_again_unless_the_reader_has_moved(open_figures, origin, moved):
    """Without a kept place, as in an old browser."""
    page = open_figures(EXAMPLES["training"], styled=False).context.new_page()
    page.add_init_script(JUMPS % json.dumps(moved))
    page.goto(f"{origin}/figures#after")
    page.wait_for_selector(".living.alive")
    page.wait_for_timeout(100)
    assert page.evaluate("jumps") == ([] if moved else ["after"])
    if not moved:
        assert page.evaluate("scrollY") > 0
        assert page.evaluate("document.querySelector('#after').getBoundingClientRect().top") < 900


def test_nothing_moves_when_a_figure_comes_alive(browser, origin, open_figures):
    page = open_figures(EXAMPLES["sampling"], "ko")
    context = page.context
    seen = context.new_page()
    seen.add_init_script(
        "window.moved = 0; new PerformanceObserver(list => list.getEntries().forEach("
        "e => { moved += e.value })).observe({ type: 'layout-shift', buffered: true })"
    )
    seen.goto(f"{origin}/figures")
    seen.wait_for_selector(".living.alive")
    seen.wait_for_timeout(200)
    assert seen.evaluate("moved") < 0.005
