"""What the editions are made with, without a browser; tests/editions reads the results."""

import subprocess
from datetime import date
from types import SimpleNamespace
from xml.etree import ElementTree

import pytest
from book.edition import edition
from bs4 import BeautifulSoup
from editions import chapter, document, ebook, gathering, handouts, printing
from editions.words import WORDS
from notebooks import FOLDS, Published

PAGE = """<html><head><link rel="canonical" href="https://x.org/b/chapters/en/04_generation.html">
</head><body><article><p class="chapter-number">Chapter 4</p><section id="id1">
<h1>Write<a class="headerlink">#</a></h1><ul class="page-tools"></ul>
<section id="one"><h2>One</h2><p><a class="internal" href="03_training.html#loss">loss</a>
<a href="#one">here</a> <a href="../../index.html">door</a> <a href="https://y.org/">other</a></p>
<svg id="s"><path clip-path="url(#c)"></path><clippath id="c"></clippath></svg>
<p><strong>Two.</strong> Do it.</p>
<div class="cell"><details><summary><span class="collapsed">Show the solution</span></summary>
<pre>x = 1</pre></details></div>
<div class="question-folded"><p>How many?</p><details><summary>Show the answer</summary><p>9</p>
</details></div></section></section></article>
<footer class="foot"><span class="edition">1.2.3 · 2026-01-02 · abcdef0</span></footer>
</body></html>"""


@pytest.fixture
def read():
    return chapter.chapter_of("04_generation", PAGE)


def test_a_chapter_keeps_its_text_and_where_its_links_lead(read):
    assert (read.title, read.label) == ("Write", "Chapter 4")
    assert read.edition == "1.2.3 · 2026-01-02 · abcdef0"
    assert [a["href"] for a in read.body.select("p a")] == [
        "#03_training--loss", "#04_generation--one", "https://x.org/b/index.html", "https://y.org/",
    ]  # fmt: skip
    assert read.body.select_one("path")["clip-path"] == "url(#04_generation--c)"
    ids = {tag["id"] for tag in read.body.find_all(id=True)} | {read.body["id"]}
    assert ids == {"04_generation", *(f"04_generation--{x}" for x in ("one", "s", "c"))}
    assert not read.body.select(".headerlink, .page-tools")


def test_a_page_of_an_older_theme_is_told(tmp_path):
    with pytest.raises(SystemExit, match=r"lacks \.foot \.edition"):
        chapter.chapter_of("04_generation", PAGE.replace("edition", "other"))
    with pytest.raises(SystemExit, match="make book"):
        chapter.read(tmp_path)


def test_folds_leave_a_link_there_and_one_back(read):
    solution, answer = gathering.gather(read, "4", WORDS["en"], "en")
    assert (solution.part, solution.label) == ("solutions", "Two")
    assert (answer.part, answer.label) == ("answers", "4.1")
    assert "x = 1" in solution.content.get_text() and "9" in answer.content.get_text()
    for item in (solution, answer):
        place = read.body.find(id=item.place)
        assert place.a["href"] == f"#{item.anchor}"
        assert place.select_one(".page-of")["data-to"] == item.anchor
        assert f'href="#{item.place}"' in document.item_of(item)
    text = read.body.get_text()
    assert "x = 1" not in text and "9" not in text and "Question 4.1" in text


def test_a_fold_of_no_known_kind_stops():
    page = PAGE.replace("Show the solution", "Show more")
    with pytest.raises(SystemExit, match="Show more"):
        list(gathering.gather(chapter.chapter_of("04_x", page), "4", WORDS["en"], "en"))


@pytest.mark.parametrize("boxes", [0, 1, 2])
def test_a_sheet_has_the_exercises_up_to_the_last_box_and_all_where_there_is_none(boxes):
    box = '<div class="cell"><details><p>solution</p></details><p>box</p></div>'
    page = PAGE.replace(
        '<section id="one">',
        '<section id="exercises"><h2>Exercises</h2><p>Count.</p>'
        f'{box * boxes}<p>Now the next chapter.</p></section><section id="one">',
    )
    made = handouts.handouts([chapter.chapter_of("04_generation", page)], "en", "R & N")
    assert "Count." in made and "solution" not in made and made.count("<p>box</p>") == boxes
    assert ("next chapter" in made) == (boxes == 0)


def test_every_kind_of_fold_has_a_place_at_the_back():
    assert {*FOLDS, "answer"} - {"question"} == set(gathering.PART_OF)
    assert set(gathering.PART_OF.values()) == set(gathering.PARTS)


@pytest.mark.parametrize(
    ("pages", "blanks", "needed"),
    [
        ({"a": 3, "b": 6, "c": 9}, [], ["b", "c"]),  # the blank before b moves c to a left page
        ({"a": 3, "b": 7, "c": 11}, ["b", "c"], ["b", "c"]),
        ({"a": 4, "b": 9}, [], ["a", "b"]),
        ({"a": 3, "b": 5}, [], []),
    ],
)
def test_blank_pages_bring_every_part_to_a_right_hand_page(pages, blanks, needed):
    assert printing.to_the_right(pages, list(pages), blanks) == needed


def test_a_package_says_what_each_file_is_and_of_which_day(monkeypatch):
    files = {"cover.png": b"", "a.xhtml": b'<math display="inline">', "LICENSE.txt": b"<svg >"}

    def read(edition):
        opf = ebook.package(files, "R & N", "en", "https://x.org/b/", edition)
        return [(x.tag.split("}")[1], x) for x in ElementTree.fromstring(opf).iter()]

    found = read("1.2.3 · 2026-01-02 · abcdef0")
    assert [x.text for name, x in found if name in ("title", "date")] == ["R & N", "2026-01-02"]
    items = [(x.get("href"), x.get("properties")) for name, x in found if name == "item"]
    assert items == [("cover.png", "cover-image"), ("a.xhtml", "mathml"), ("LICENSE.txt", None)]
    assert [x.get("idref") for name, x in found if name == "itemref"] == ["of-a.xhtml"]
    today = SimpleNamespace(today=lambda: date(2027, 3, 4))
    monkeypatch.setattr(ebook, "date", today)  # whatever day begins while this runs
    assert [x.text for name, x in read("1.2.3") if name == "date"] == ["2027-03-04"]


def test_package_and_navigation_take_whatever_signs_their_words_have(monkeypatch):
    signs = 'A & B < C > "D"'
    monkeypatch.setitem(WORDS, "en", dict.fromkeys(WORDS["en"], signs))
    address = "https://x.org/b/?a=1&b=2"
    opf = ElementTree.fromstring(ebook.package({}, signs, "en", address, "1.2.3 · 2026-01-02"))
    said = {
        x.get("property") or x.tag.split("}")[1]: x.text
        for x in opf[0]
        if x.text in (signs, address)
    }
    assert said.pop("source") == address
    names = {"title", "creator", "description", "rights", "schema:accessibilitySummary"}
    assert said == dict.fromkeys(names, signs)
    page = ebook.PAGE.format(
        language="en", title="", body=ebook.navigation("<ol/>", "a", WORDS["en"])
    )
    assert [x.text for x in ElementTree.fromstring(page).iter() if x.text == signs] == 3 * [signs]


def test_words_are_the_same_in_every_language():
    assert WORDS["ko"].keys() == WORDS["en"].keys()
    svg = BeautifulSoup(document.qr("https://x.org/"), "html.parser").svg
    assert svg["aria-hidden"] == "true" and svg.path["d"]


def test_an_edition_is_version_day_and_commit(tmp_path):
    def git(*arguments):
        who = ["-c", "user.name=x", "-c", "user.email=x@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=tmp_path, check=True, capture_output=True)

    fresh = edition.__wrapped__
    assert fresh(tmp_path) == ""
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1.2.3"\n')
    assert fresh(tmp_path) == "1.2.3"
    git("init")
    git("add", ".")
    git("commit", "-m", "x", "--date", "2026-01-02T03:04:05Z")
    version, day, commit = fresh(tmp_path).split(" · ")
    assert version == "1.2.3" and len(day) == 10 and commit.isalnum() and len(commit) >= 7
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1.2.4"\n')
    assert fresh(tmp_path) == f"1.2.4 · {day} · {commit}*"


@pytest.mark.parametrize("language", WORDS)
def test_a_carried_notebook_asks_no_network(language):
    origin = Published("https://github.com/me/mine", "char-rnn-book", "1.2.3")
    carried = origin.setup(language, "../wheels")
    line = '%pip install --quiet --no-index --find-links ../wheels "char-rnn-book==1.2.3"'
    assert line in carried and origin.wheel not in carried
    # All but where from, and what is said if it fails, is the same.
    ours = [x for x in origin.setup(language).splitlines() if not x.startswith("            ")]
    theirs = [x for x in carried.splitlines() if not x.startswith("            ")]
    assert [a for a, b in zip(ours, theirs, strict=True) if a != b] == [
        f'    %pip install --quiet "char-rnn-book @ {origin.wheel}"'
    ]
