"""Syllables of Hangul taken apart."""

from charrnn.arguments import string
from charrnn.pictures.checks import code_point, sign
from charrnn.pictures.diagrams import arrow, box, canvas, label
from charrnn.pictures.picture import BLUE, SMALL, Picture
from charrnn.pictures.style import styled
from charrnn.text.hangul import LEADS, TAILS, VOWELS, is_syllable, parts
from charrnn.translations import choose, word


@styled
def syllables(text: str) -> Picture:
    """The first six letters of ``text``, each syllable above its jamo and their places.

    Raises:
        TypeError: no text.
        ValueError: an empty one.
    """
    if not string("text", text):
        raise ValueError("text must have a letter or more to be drawn by syllables.")
    shown = text[:6]
    picture, axes = canvas(10, 6.0)
    rows = {word("lead"): 3.3, word("vowel"): 2.4, word("tail"): 1.5}
    for name, y in rows.items():
        label(axes, 1.0, y, name, ha="right")
    gap = 8.9 / len(shown)
    crowded = len(shown) > 5 and max(map(ord, shown)) > 0xFFFF  # codes of five digits
    notes = []
    for i, letter in enumerate(shown):
        x, code = 1.1 + gap * (i + 0.5), code_point(letter)
        label(axes, x, 0.6 - 0.4 * (crowded and i % 2), code)
        if not is_syllable(letter):
            label(axes, x, 5.2, sign(letter), 22 if len(sign(letter)) == 1 else SMALL)
            notes.append(f"{sign(letter)} {code}" if sign(letter) != code else code)
            continue
        box(axes, x, 5.2, letter, 1.3, 1.3, BLUE, True, 22)
        arrow(axes, (x, 4.55), (x, 3.8))
        named = parts(letter)
        for jamo, places, y in zip(named, (LEADS, VOWELS, TAILS), rows.values(), strict=True):
            label(axes, x, y, f"{jamo}  {places.index(jamo)}" if jamo else "– 0", 13)
        notes.append(f"{letter} = {' + '.join(filter(None, named))} ({code})")
    alt = choose(
        "음절과 그 자모, 자모마다 그 자리에서 몇째인지: ",
        "Syllables, their jamo, and the place of each among those of its kind: ",
    )
    return Picture(picture.figure, f"{alt}{'; '.join(notes)}.")
