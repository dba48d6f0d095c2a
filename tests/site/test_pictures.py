"""The pictures in the built pages, on a phone: letters that can be read, none cut or covered.

`tests/pictures/test_legible.py` holds every drawing function to the same with numbers of its own.
"""

import pytest

SMALLEST = 11  # CSS pixels

# Of each picture its name and what is wrong with its letters. Folded cells are opened; a formula's
# parts and lines below one another may share a little of their boxes, which letters do not fill.
MEASURE = """smallest => {
  for (const fold of document.querySelectorAll("details")) fold.open = true;
  const found = { pictures: 0, small: [], cut: [], covered: [] };
  for (const svg of document.querySelectorAll("svg.charrnn-picture")) {
    const frame = svg.getBoundingClientRect();
    if (!frame.width) continue;
    found.pictures += 1;
    const scale = frame.width / svg.viewBox.baseVal.width;
    const name = svg.getAttribute("aria-label").slice(0, 40);
    const texts = [...svg.querySelectorAll("text")].map(text => {
      for (const part of [text, ...text.querySelectorAll("tspan")]) {
        const size = parseFloat(getComputedStyle(part).fontSize) * scale;
        if (part.textContent.trim() && size < smallest - 0.01)
          found.small.push(`${name}: ${part.textContent} ${size.toFixed(1)}`);
      }
      const place = text.getBoundingClientRect();
      const out = Math.max(frame.left - place.left, place.right - frame.right);
      if (out > 1) found.cut.push(`${name}: ${text.textContent} by ${out.toFixed(1)}`);
      const words = text.textContent.trim();
      const { left, right, bottom, height, width } = place;
      const low = words === "␣" ? 0.4 * height : height; // the sign of a space lies low in its box
      return { words, place: { left, right, top: bottom - low, bottom, height, width } };
    });
    texts.forEach((a, i) => texts.slice(i + 1).forEach(b => {
      const across = Math.min(a.place.right, b.place.right) - Math.max(a.place.left, b.place.left);
      const down = Math.min(a.place.bottom, b.place.bottom) - Math.max(a.place.top, b.place.top);
      const upright = [a, b].every(
        ({ words, place }) => words.length > 2 && place.height > 2 * place.width,
      );
      const [along, between] = upright ? [down, across] : [across, down];
      if (a.words && b.words && along > 1.5 && between > 5)
        found.covered.push(`${name}: ${a.words} / ${b.words}`);
    }));
  }
  return found;
}"""


@pytest.fixture(scope="session")
def measured(browser, origin):
    """Each chapter's pictures at 390 pixels, as they stand there without scripts: all of them."""
    known = {}

    def of(name):
        if name not in known:
            window = {"viewport": {"width": 390, "height": 844}, "java_script_enabled": False}
            context = browser.new_context(**window)
            page = context.new_page()
            page.goto(origin + name)
            known[name] = page.evaluate(MEASURE, SMALLEST)
            context.close()
        return known[name]

    return of


def test_the_letters_of_pictures_can_be_read_on_a_phone(measured, chapter_name):
    assert measured(chapter_name)["small"] == []


def test_no_letter_of_a_picture_is_cut(measured, chapter_name):
    assert measured(chapter_name)["cut"] == []


def test_no_letters_of_a_picture_stand_over_one_another(measured, chapter_name):
    assert measured(chapter_name)["covered"] == []


def test_pictures_were_measured(measured):
    assert measured("chapters/en/03_training.html")["pictures"] >= 4
