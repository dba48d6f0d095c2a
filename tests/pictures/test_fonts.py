"""The fonts of pictures: the shipped ones, on every machine, and a box for a letter they lack."""

import os
import re
import shutil
import subprocess
import sys
import warnings
from pathlib import Path
from xml.etree import ElementTree

import matplotlib as mpl
import pytest
from every_picture import FALL, SVG
from fontTools.ttLib import TTFont
from matplotlib import font_manager
from matplotlib.mathtext import MathTextParser

from charrnn import Vocabulary, pictures
from charrnn.pictures import picture

BUNDLED = Path(mpl.get_data_path(), "fonts", "ttf")
RARE = Vocabulary("가뷁漢😀 01")  # 가 alone is in the shipped font

# Draws the first picture of each kind. "hidden" is a machine without fonts whose list of them
# Matplotlib wrote while not even its own were there.
DRAW = """
import sys, warnings
import matplotlib as mpl
from matplotlib import font_manager
if sys.argv[2] == "hidden":
    font_manager.fontManager.ttflist.clear()
else:
    assert sum("hostile" in f.fname for f in font_manager.fontManager.ttflist) == 3
    mpl.rcParams.update({"font.family": "DejaVu Serif", "font.size": 20, "lines.linewidth": 9,
                         "axes.grid": True, "svg.fonttype": "path"})
warnings.simplefilter("error")
from every_picture import PICTURES
firsts = {name.split()[0]: draw for name, draw in reversed(PICTURES.items())}
with open(sys.argv[1], "w", encoding="utf-8") as file:
    for name, draw in firsts.items():
        file.write(name + chr(10) + draw()._repr_html_() + chr(10))
"""


def hostile(folder):
    """Fonts with the names of the shipped ones and every letter twice as wide."""
    folder.mkdir(parents=True)
    families = ("charrnn Hangul", "DejaVu Sans", "STIXGeneral")
    for number, family in enumerate(families):
        font = TTFont(BUNDLED / "DejaVuSans.ttf")
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = family
        widths = font["hmtx"].metrics
        font["hmtx"].metrics = {name: (2 * w, left) for name, (w, left) in widths.items()}
        font.save(folder / f"hostile-{number}.ttf")


def without_fonts(command):
    """The command with the machine's fonts hidden for real, where this machine allows it."""
    hide = ["unshare", "-m", "sh", "-c", 'mount -t tmpfs none /usr/share/fonts && exec "$@"', "sh"]
    can = shutil.which("unshare") and os.path.isdir("/usr/share/fonts")
    can = can and not subprocess.run([*hide, "true"], capture_output=True).returncode
    return [*hide, *command] if can else command


def drawn_by_another_machine(folder, fonts):
    """All first pictures, drawn by a new Python that looks for its fonts anew."""
    folder.mkdir()
    out, home = folder / "pictures.txt", folder / "home"
    home.mkdir()
    if fonts == "hostile":
        hostile(folder / "data" / "fonts")
    tests = Path(__file__).parents[1]
    environment = dict(
        os.environ, HOME=str(home), XDG_DATA_HOME=str(folder / "data"),
        MPLCONFIGDIR=str(folder / "matplotlib"), TZ="Asia/Seoul" if fonts == "hidden" else "UTC",
        SOURCE_DATE_EPOCH="0" if fonts == "hidden" else "1700000000", PYTHONHASHSEED="random",
        PYTHONPATH=os.pathsep.join([str(tests.parent / "src"), str(tests)]),
    )  # fmt: skip
    command = [sys.executable, "-c", DRAW, str(out), fonts]
    if fonts == "hidden":
        command = without_fonts(command)
    done = subprocess.run(command, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "findfont" not in done.stderr
    return out.read_text(encoding="utf-8").splitlines()


def test_a_picture_is_the_same_on_every_machine(tmp_path):
    """With no fonts but the shipped ones, with others of their very names, and on another day."""
    bare = drawn_by_another_machine(tmp_path / "bare", "hidden")
    other = drawn_by_another_machine(tmp_path / "other", "hostile")
    assert len(bare) > 1000
    for line, (mine, theirs) in enumerate(zip(bare, other, strict=True)):
        assert mine == theirs, f"line {line}"


def advance(letter):
    """How far a letter reaches, in ems, by the tables of the first shipped font that has it."""
    for file in (picture.FONT, BUNDLED / "DejaVuSans.ttf"):
        font = TTFont(file)
        glyph = font.getBestCmap().get(ord(letter))
        if glyph:
            return font["hmtx"][glyph][0] / font["head"].unitsPerEm
    raise AssertionError(letter)


@pytest.mark.parametrize("language", ["ko", "en"], indirect=True)
def test_a_text_is_as_wide_as_it_was_measured_whatever_font_the_page_has(language):
    svg = pictures.strip_plot({"a <larger> rate of 학습": [1, 2], "b": [3]}, "loss")._repr_html_()
    told = {}
    for text in ElementTree.fromstring(svg).iter(f"{SVG}text"):
        size = float(re.search(r"font(?:-size)?: ([\d.]+)px", text.get("style"))[1])
        told[text.text] = (size, text.get("textLength"), text.get("lengthAdjust"))
    assert told["b"][1:] == (None, None)
    assert len(told) > 4
    for words, (size, width, how) in told.items():
        if len(words) > 1:
            ems = sum(advance(letter) for letter in words)
            assert float(width) == pytest.approx(size * ems, rel=0.03)
            assert how == "spacingAndGlyphs"


def test_raised_digits_which_are_drawn_as_plain_ones_take_their_own_width():
    svg = pictures.loss_curve(FALL)._repr_html_()
    raised = [t for t in ElementTree.fromstring(svg).iter(f"{SVG}text") if len(t)]
    assert raised
    assert not any(text.get("textLength") for text in raised)


def test_the_shipped_font_has_a_name_of_its_own():
    font = TTFont(picture.FONT)
    names = {record.nameID: str(record) for record in font["name"].names}
    assert names[1] == names[4] == picture.FAMILIES[0]
    assert names[6] == font["CFF "].cff.fontNames[0]
    assert names[0].startswith("© 2014-2021 Adobe")  # the licence asks for it
    top = font["CFF "].cff.topDictIndex[0]
    for name in (names[3], names[6], top.FullName, top.FamilyName):
        assert "noto" not in name.lower()
    assert "NotoSans" not in picture.FONT.read_bytes().decode("latin-1")


def test_the_licence_of_the_shipped_font_lies_beside_it():
    (licence,) = picture.FONT.parent.glob("*.txt")
    text = licence.read_text(encoding="utf-8")
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert picture.FONT.name in text


def test_only_shipped_fonts_are_found_while_drawing_and_all_are_back_afterwards():
    before = font_manager.fontManager.ttflist
    settings = dict(mpl.rcParams)
    with picture.in_style():
        found = font_manager.fontManager._find_fonts_by_props(font_manager.FontProperties())
        shipped = [picture.FONT, BUNDLED / "DejaVuSans.ttf"]
        assert [Path(file).resolve() for file in found] == [file.resolve() for file in shipped]
        with pytest.raises(ValueError, match="Liberation"):
            font_manager.findfont("Liberation Serif", fallback_to_default=False)
        MathTextParser("path").parse(r"$x_{t-1} \odot \sum$")
    assert font_manager.fontManager.ttflist is before
    with pytest.raises(ZeroDivisionError), picture.in_style():
        raise ZeroDivisionError
    assert font_manager.fontManager.ttflist is before
    assert dict(mpl.rcParams) == settings


def test_a_letter_without_a_glyph_is_a_box_in_silence_and_its_name_is_said():
    with warnings.catch_warnings(record=True) as said:
        warnings.resetwarnings()  # so that every warning would be said
        made = pictures.one_hot_matrix("뷁漢😀", RARE)
        svg = made._repr_html_()
    assert not said
    assert "뷁漢😀" in made.alt
    for letter in "뷁漢😀":
        assert svg.count(f">{letter}<") == 2


def test_the_box_is_there_to_be_seen():
    glyphs = font_manager.get_font(str(picture.FONT))
    glyphs.load_glyph(0)
    assert len(glyphs.get_path()[0]) >= 8
    assert font_manager.get_font(str(picture.FONT)).get_char_index(ord("뷁")) == 0


def test_the_build_can_make_an_error_of_a_missing_glyph():
    """`make run` asks for it, so that no chapter's own picture has a box."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", "Glyph", UserWarning)
        with pytest.raises(UserWarning, match="Glyph 48577"):
            pictures.unrolled("뷁가")._repr_html_()
        pictures.unrolled("한글")._repr_html_()
