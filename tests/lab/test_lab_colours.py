"""The figures on a page like Colab's: its marks and colours, and nothing of the book's style."""

import pytest

from charrnn import lab

# What Colab sets on the page of an output; the book sets none of it.
PAGES = {"light": ("#ffffff", "#212121"), "dark": ("#383838", "#e3e3e3")}
MARK = """([theme, surface, ink]) => {
  const root = document.documentElement;
  if (theme === "dark") root.setAttribute("theme", "dark");
  root.style.setProperty("--colab-primary-surface-color", surface);
  root.style.setProperty("--colab-primary-text-color", ink);
  document.body.style.background = surface;
}"""
# A colour as the browser computes it, as red, green and blue from 0 to 255.
COLOUR = """(colour) => {
  const canvas = document.createElement("canvas").getContext("2d");
  canvas.fillStyle = colour;
  canvas.fillRect(0, 0, 1, 1);
  return Array.from(canvas.getImageData(0, 0, 1, 1).data).slice(0, 3);
}"""


def luminance(rgb):
    parts = [c / 255 for c in rgb]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one, other):
    """WCAG's contrast of two colours, 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", PAGES)
def test_ink_accent_and_headings_can_be_seen_in_colab(open_figures, theme):
    page = open_figures(lambda: lab.one_hot("hello"), styled=False)
    page.evaluate(MARK, [theme, *PAGES[theme]])

    def colour(selector, name):
        value = page.eval_on_selector(
            selector, "(node, name) => getComputedStyle(node).getPropertyValue(name).trim()", name
        )
        return page.evaluate(COLOUR, value)

    surface = page.evaluate(COLOUR, PAGES[theme][0])
    assert contrast(colour(".lab", "color"), surface) >= 4.5
    assert contrast(colour(".lab", "--lab-accent"), surface) >= 3
    # The headings of rows stay while the matrix scrolls below them: their ground is the page's.
    heading = ".lab-matrix [scope=row]"
    assert colour(heading, "background-color") == surface
    assert contrast(colour(heading, "color"), surface) >= 4.5
