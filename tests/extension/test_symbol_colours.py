"""A symbol has one colour: in formulas and code a shade of the one that pictures give it."""

import colorsys
import re
from pathlib import Path

import pytest
from book import symbols

from charrnn.pictures import picture

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "_ext/bilingual/theme/static"
CARDS, BOOK = ((STATIC / name).read_text("utf-8") for name in ("cards.css", "book.css"))
SHADES = {
    name: dict(zip(("light", "dark"), shades, strict=True))
    for name, *shades in re.findall(
        r"\.ink-(\w+) \{\s*color: light-dark\((#\w{6}), (#\w{6})\);", CARDS
    )
}
# Text stands on these, by their names in book.css.
GROUNDS = ("paper", "raised", "tint", "accent-tint")


def parts(colour):
    return [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]


def luminance(colour):
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts(colour)]
    return sum(a * b for a, b in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(a, b):
    low, high = sorted(map(luminance, (a, b)))
    return (high + 0.05) / (low + 0.05)


def grounds(mode):
    start = ":root {" if mode == "light" else ':root[data-theme="dark"] {'
    block = BOOK[BOOK.index(start) :].split("}")[0]
    return {name: re.search(rf"--{name}: (#\w{{6}});", block)[1] for name in GROUNDS}


def test_every_colour_of_a_symbol_has_its_shades():
    assert set(SHADES) == set(symbols.COLOURS)
    used = {symbol.colour for symbol in symbols.read(ROOT / "symbols.yml")} - {""}
    assert used == set(symbols.COLOURS)


@pytest.mark.parametrize("name", symbols.COLOURS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_shade_has_the_hue_of_the_pictures(name, mode):
    """As far as the eye goes: 12 of 360 degrees of hue."""
    pictured = getattr(picture, name.upper())
    hues = [360 * colorsys.rgb_to_hls(*parts(c))[0] for c in (pictured, SHADES[name][mode])]
    apart = abs(hues[0] - hues[1])
    assert min(apart, 360 - apart) < 12


@pytest.mark.parametrize("name", symbols.COLOURS)
@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_shade_can_be_read_as_text(name, mode):
    """WCAG 2.2, success criterion 1.4.3: text needs 4.5:1."""
    for ground in grounds(mode).values():
        assert contrast(SHADES[name][mode], ground) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_shades_stay_apart(mode):
    """No two symbols of different kinds in colours that a glance takes for one."""
    shades = [SHADES[name][mode] for name in symbols.COLOURS]
    for place, one in enumerate(shades):
        for other in shades[:place]:
            assert sum(abs(a - b) for a, b in zip(parts(one), parts(other), strict=True)) > 0.25
