"""The PDFs: complete, on the sheet, set in fonts that they hold, with links that lead there."""

import re
from collections import defaultdict

import pikepdf
import pypdfium2
import pytest
from book.languages import LANGUAGES
from book.numbers import is_appendix
from bs4 import BeautifulSoup
from built_book import HTML
from editions.words import WORDS
from reading import bookmarks, fonts, links, places, plain
from reading import texts as texts_of

POINTS = 72 / 25.4
MEGABYTES = 15
EDGE = 10 * POINTS  # of the margins of 18 mm and more; running heads stand 10 mm from the edge
PAPER = 250


@pytest.fixture(scope="session")
def titles(language):
    """The titles of the pages, with "Chapter 4" before them where the page has it."""
    found = []
    for path in sorted((HTML / LANGUAGES[language].folder).glob("*.html")):
        page = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        number = page.select_one("article > .chapter-number")
        for sign in page.select("h1 .headerlink"):
            sign.decompose()
        found.append((path.stem, number.get_text() if number else "", page.h1.get_text()))
    assert len(found) >= 15
    return found


def test_bookmarks_are_the_chapters_in_their_order(book, titles, language):
    first, second = bookmarks(book)
    words = WORDS[language]
    letters = iter("ABCD")
    expected = [words["contents"]]
    for slug, number, title in titles:
        named = words["appendix"].format(n=next(letters)) if is_appendix(slug) else number
        expected.append(f"{named} {title}".strip())
    expected += [words[name] for name in ("solutions", "answers", "code")]
    assert [plain(title) for title, _ in first] == [plain(title) for title in expected]
    assert second > 100
    pages = [page for _, page in first]
    assert pages == sorted(set(pages))


def test_every_part_begins_on_a_right_hand_page_that_holds_its_title(book, titles, texts):
    where = places(book)
    for slug, _, title in titles:
        # Counted from 0: the first page is a right-hand one.
        assert where[slug] % 2 == 0 and plain(title) in texts[where[slug]], slug


def test_every_font_is_embedded(book, exercises_path):
    used = [font for page in book.pages for font in fonts(page)]
    sheets = pikepdf.open(exercises_path)
    used += [font for page in sheets.pages for font in fonts(page)]
    assert len(used) > 100
    files = {"/FontFile", "/FontFile2", "/FontFile3"}
    outside = {
        name for name, kind, held in used if kind != "/Type3" and not files & set(held.keys())
    }
    assert outside == set()


def test_only_fonts_of_the_book_are_used(book):
    """A fallback of this machine means a letter that the book's fonts lack: tofu elsewhere."""
    names = {name for page in book.pages for name, _, _ in fonts(page)}
    names = {re.sub(r"^/(?:[A-Z]{6}\+)?", "", name) for name in names}
    ours = re.compile(r"NotoSansKR|SourceSerif4|D2Coding|STIXTwoMath|DejaVuSans(?!Mono)|^$")
    assert {name for name in names if not ours.match(name)} == set()


def test_nothing_leaves_the_sheet(book_path):
    """What is wider than the text is seen in the margin, before it is cut at the edge."""
    outside = []
    for number, page in enumerate(pypdfium2.PdfDocument(book_path), 1):
        drawn = page.render(scale=0.5).to_numpy()
        edge = round(EDGE * 0.5)
        bands = drawn[:, :edge], drawn[:, -edge:], drawn[:edge], drawn[-edge:]
        if any((band < PAPER).any() for band in bands):
            outside.append(number)
    assert outside == []


def test_the_contents_lead_to_the_page_that_they_print(book, titles, language, texts):
    where = places(book)
    start = texts.index(next(x for x in texts if x.startswith(plain(WORDS[language]["contents"]))))
    listed = range(start, where["00_start"])
    led_to = {target for number in listed for target in links(book.pages[number])}
    printed = "".join(texts[number] for number in listed)
    for slug, _, title in titles:
        assert slug in led_to
        assert f"{plain(title)}{where[slug] + 1}" in printed, slug


@pytest.mark.parametrize(("part", "least"), [("solutions", 40), ("answers", 90), ("code", 250)])
def test_what_was_folded_is_linked_both_ways(book, part, least):
    where = places(book)
    led_from = defaultdict(set)
    for number, page in enumerate(book.pages):
        for target in links(page):
            led_from[target].add(number)
    items = [name for name in where if re.search(rf"--{part}-\d+$", name)]
    assert len(items) >= least
    for item in items:
        back = item.replace(f"--{part}-", f"--at-{part}-")
        assert where[back] in led_from[item], f"nothing leads from {back} to {item}"
        assert where[item] in led_from[back], f"nothing leads from {item} back"
        assert where[item] > where[back]


def test_no_letter_and_no_page_number_is_missing(texts):
    whole = "".join(texts)
    assert "\x00" not in whole
    assert re.search(r"000쪽|p\.000|\D000\D{0,3}$", whole) is None


def test_screen_readers_are_told_language_title_and_structure(book, language):
    assert book.Root.Lang == language
    assert book.Root.MarkInfo.Marked and book.Root.StructTreeRoot.K
    assert book.Root.ViewerPreferences.DisplayDocTitle
    with book.open_metadata() as about:
        assert about["dc:title"] and about["dc:description"] == WORDS[language]["subject"]


def test_it_says_which_edition_it_is(texts):
    page = BeautifulSoup((HTML / "index.html").read_text("utf-8"), "html.parser")
    assert plain(page.select_one(".edition").get_text()) in texts[1]


def test_it_can_be_sent(book_path):
    assert book_path.stat().st_size < MEGABYTES * 1e6


def test_exercises_take_a_sheet_each_and_hold_no_answers(exercises_path, titles):
    pages = texts_of(pypdfium2.PdfDocument(exercises_path))
    chapters = [plain(f"{number}{title}") for _, number, title in titles if number]
    starts = [n for n, text in enumerate(pages) if any(title in text for title in chapters)]
    assert len(starts) == len(chapters) >= 13
    ends = [*starts[1:], len(pages)]
    assert [end - start for start, end in zip(starts, ends, strict=True) if end - start > 2] == []
    assert "assert" not in "".join(pages)
