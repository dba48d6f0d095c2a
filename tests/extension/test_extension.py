"""The Sphinx extension in _ext/bilingual, on a book of two pages a language."""

import json
import os
import re
import sys
from pathlib import Path
from typing import ClassVar

import pytest
from book import outputs
from docutils import nodes
from docutils.utils import new_document
from small_book import PAGES, build

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "_ext"))

from bilingual import (  # noqa: E402
    figures,
    glossary,
    head,
    languages,
    mathematics,
    navigation,
    page,
    plain,
    search,
)
from bilingual.interface import WORDS  # noqa: E402
from bilingual.policy import POLICY  # noqa: E402
from sphinx.errors import ExtensionError  # noqa: E402

THEME = ROOT / "_ext" / "bilingual" / "theme" / "static"


def html(app, name):
    return (app.outdir / f"{name}.html").read_text(encoding="utf-8")


def warnings(app):
    return app.warning.getvalue()


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return build(tmp_path_factory.mktemp("book"))


def test_builds_without_warnings(book):
    assert warnings(book) == ""


def test_every_language_has_every_word():
    keys = [set(words) for words in WORDS.values()]
    assert all(one == keys[0] for one in keys)
    assert set(WORDS) == set(languages.LANGUAGES)


def test_no_word_stands_for_two_things():
    for words in WORDS.values():
        said = [word for word in words.values() if isinstance(word, str)]
        assert len(set(said)) == len(said)


@pytest.mark.parametrize("name", WORDS["ko"])
def test_words_are_in_their_language(name):
    korean, english = (WORDS[code][name] for code in ("ko", "en"))
    texts = {"ko": korean, "en": english}
    if isinstance(korean, list):
        assert len(korean) == len(english)
        texts = {
            code: " ".join(words) for code, words in zip(texts, (korean, english), strict=True)
        }
    assert re.search("[가-힣]", texts["ko"])
    assert not re.search("[가-힣]", texts["en"])
    blank = re.compile(r"{\w+}")
    assert sorted(blank.findall(texts["ko"])) == sorted(blank.findall(texts["en"]))


def test_language_and_twin():
    assert languages.language_of("chapters/ko/01_cell") == "ko"
    assert languages.language_of("index") is None
    assert languages.twin_of("chapters/ko/01_cell", "en") == "chapters/en/01_cell"


def test_page_language(book):
    assert '<html lang="ko">' in html(book, "chapters/ko/00_start")
    assert '<html lang="en">' in html(book, "chapters/en/00_start")


def test_twins_share_section_ids(book):
    ids = re.compile(r'<section[^>]* id="([^"]*)"')
    korean, english = (ids.findall(html(book, f"chapters/{c}/00_start")) for c in ("ko", "en"))
    assert english[1:] == ["hidden-state", "inside"]
    assert korean[1:] == english[1:]


def test_sections_that_differ_are_reported(tmp_path):
    shorter = PAGES["chapters/ko/00_start.md"].split("###")[0]
    app = build(tmp_path, PAGES | {"chapters/ko/00_start.md": shorter})
    assert "has 1 sections but its twin chapters/en/00_start has 2" in warnings(app)


def test_missing_twin_is_reported(tmp_path):
    pages = {name: text for name, text in PAGES.items() if name != "chapters/en/01_cell.md"}
    app = build(tmp_path, pages)
    assert "no twin chapters/en/01_cell" in warnings(app)
    assert 'data-language="en"' not in html(app, "chapters/ko/01_cell")


def test_changed_twin_is_read_again(tmp_path):
    build(tmp_path)
    korean = tmp_path / "chapters/ko/00_start.md"
    written = korean.stat().st_mtime_ns
    changed = PAGES["chapters/en/00_start.md"].replace("Inside", "Deeper")
    app = build(tmp_path, PAGES | {"chapters/en/00_start.md": changed})
    assert korean.stat().st_mtime_ns == written
    assert 'id="deeper"' in html(app, "chapters/ko/00_start")
    assert 'id="inside"' not in html(app, "chapters/ko/00_start")


def test_note_is_named_in_the_page_language(book):
    assert '<p class="admonition-title">참고</p>' in html(book, "chapters/ko/01_cell")
    assert '<p class="admonition-title">Note</p>' in html(book, "chapters/en/01_cell")


def test_section_links_are_named_in_the_page_language(book):
    assert 'class="headerlink" href="#inside" aria-label="이 절의 주소"' in html(
        book, "chapters/ko/00_start"
    )


def test_formulas_are_mathml(book):
    text = html(book, "chapters/ko/00_start")
    assert "<math " in text
    assert '<mo stretchy="false">‖</mo>' in text
    assert "math.css" in text
    assert "math.css" not in html(book, "chapters/ko/01_cell")
    assert "mathjax" not in text.lower().replace("mathjax_ignore", "")


def test_a_particle_stays_with_its_formula(book):
    held = re.findall(
        r'<span class="unbroken"><math .*?</math>(.*?)</span>(.)',
        html(book, "chapters/ko/00_start"),
    )
    assert held == [("를", " ")]


def test_formula_that_cannot_be_made_is_reported(tmp_path):
    app = build(
        tmp_path,
        PAGES
        | {"chapters/en/01_cell.md": PAGES["chapters/en/01_cell.md"] + "\n$\\nosuchthing{x}$\n"},
    )
    assert "has a command that MathML lacks" in warnings(app)


def test_no_script_but_the_themes_own(book):
    scripts = re.findall(r'<script[^>]* src="[^"]*/([^"/]+)"', html(book, "chapters/ko/00_start"))
    parts = ["book", "place", "answered", "cards", "search", "marks"]
    assert scripts == ["theme.js", *(f"{part}.js" for part in parts)]
    assert not (book.outdir / "searchindex.js").exists()


def index_of(book, code):
    script = (book.outdir / "_static" / f"search-{code}.js").read_text(encoding="utf-8")
    return json.loads(re.search(r"window\.bookIndex = (.*);", script)[1])


def test_search_text_is_split_by_section(book):
    index = index_of(book, "ko")
    address, sections, _ = index["pages"][0]
    assert address == "chapters/ko/00_start.html"
    assert [s[:2] for s in sections] == [
        ["", "시작"],
        ["hidden-state", "은닉 상태"],
        ["inside", "안쪽"],
    ]
    assert sections[1][2][0].startswith("벡터를 셀에 넣습니다.")
    assert index["same"] == [["one-hot", "원-핫"]]
    assert all("chapters/ko/" in address for address, *_ in index["pages"])
    assert [kind for *_, kind in index["pages"]] == ["chapter", "chapter"]


def test_search_data_is_written_as_it_is_read(book):
    script = (book.outdir / "_static" / "search-ko.js").read_text(encoding="utf-8")
    data = script.split("window.bookIndex = ")[1]
    assert "은닉 상태" in data
    assert "\\u" not in data  # escapes would make Korean three times as large


def test_prose_code_and_output_are_blocks_of_their_own():
    section = nodes.section()
    section += nodes.paragraph("", "", nodes.Text("첫 "), nodes.strong("", "문단"))
    section += nodes.bullet_list("", *[nodes.list_item("", nodes.paragraph("", t)) for t in "가나"])
    section += nodes.literal_block("", "\nx = 1\ny = 2\n")
    output = nodes.container(nb_element="cell_code_output")
    output += nodes.literal_block("", "9" * 1000)
    bundle = nodes.container(nb_element="mime_bundle")
    for kind, text in (
        ("text/plain", "<Picture>"),
        ("text/html", '<svg aria-label="그림 말"></svg>'),
    ):
        bundle += nodes.container("", nodes.raw("", text, format="html"), mime_type=kind)
    output += bundle
    section += output
    assert plain.blocks_of(section) == [
        ("첫 문단", False), ("가", False), ("나", False), ("x = 1\ny = 2", True),
        ("9" * plain.OUTPUT_LENGTH, True), ("그림 말", False),
    ]  # fmt: skip
    assert plain.OUTPUT_LENGTH <= 400


def test_blocks_are_stored_by_what_they_are():
    decomposed = "\u1112\u1161\u11ab"  # 한, as macOS writes it
    blocks = [("글", False), ("x", True), (" ", False), (decomposed, False)]
    assert search.stored(blocks) == ["글", ["x"], "한"]


@pytest.mark.parametrize(
    ("docname", "kind"),
    [("chapters/ko/92_glossary", "terms"), ("chapters/ko/90_next", "after"),
     ("chapters/en/12_hangul", "chapter"), ("chapters/en/00_start", "chapter")],
)  # fmt: skip
def test_search_knows_chapters_from_what_comes_after(docname, kind):
    assert search.kind_of(docname) == kind


def test_words_that_share_a_spelling_are_one_group(tmp_path):
    class App:
        srcdir = tmp_path

        class config:
            bilingual_same_words: ClassVar = [
                ["one-hot", "원-핫"],
                ["vector", "벡터"],
                ["Colab", "코랩"],
            ]

    assert search.same_words(App) == App.config.bilingual_same_words
    (tmp_path / "glossary.yml").write_text(
        "- {en: one-hot encoding, ko: [원-핫 인코딩, 원-핫], avoid: [원핫, 원 핫],"
        " means: {ko: 줄., en: A row.}}\n- {en: letter, ko: 글자, means: {ko: 한 칸., en: One.}}\n"
        "- {en: character, ko: 글자, avoid: [캐릭터]}\n",
        encoding="utf-8",
    )
    assert search.same_words(App) == [
        ["vector", "벡터"], ["Colab", "코랩"],
        ["one-hot", "원-핫", "one-hot encoding", "원-핫 인코딩"],
        ["letter", "글자", "character", "캐릭터"],
    ]  # fmt: skip


def test_raw_text_keeps_alt_texts_and_drops_pictures():
    picture = '<svg role="img" aria-label="&#x27;h&#x27;의 손실"><text>0.1</text></svg><p>글</p>'
    assert plain.raw_text(picture) == "'h'의 손실 글"


def test_alternates(book):
    found = dict(head.alternates(book, "chapters/ko/01_cell"))
    assert found == {
        "ko": "https://example.org/book/chapters/ko/01_cell.html",
        "en": "https://example.org/book/chapters/en/01_cell.html",
        "x-default": "https://example.org/book/chapters/en/01_cell.html",
    }


@pytest.mark.parametrize(
    "words", ["word ", "a ", "verylongword ", "낱말 ", "one, two; ", "넷째의 "]
)
@pytest.mark.parametrize("start", range(7))
def test_long_description_is_cut_between_words(words, start):
    text = "x" * start + " " + words * 200
    cut = head.shorten(text)
    assert head.DESCRIPTION_LENGTH - 16 < len(cut) <= head.DESCRIPTION_LENGTH
    assert cut.endswith("…")
    assert cut[-2] not in " ,.;:"
    kept = cut[:-1]
    assert text.startswith(kept)
    assert not text[len(kept)].isalnum()  # no word is cut in two


def test_description_is_the_first_paragraphs(book):
    doctree = book.env.get_doctree("chapters/ko/00_start")
    assert head.description(doctree).startswith(
        "이 책은 글자 하나씩 읽는 신경망을 처음부터 만듭니다. 벡터를"
    )
    text = html(book, "chapters/ko/00_start")
    assert '<meta name="description" content="이 책은 글자 하나씩' in text
    assert '<meta property="og:description" content="이 책은 글자 하나씩' in text
    assert '<meta name="description" content="Door">' in html(book, "index")


def test_page_tells_the_web_about_itself(book):
    text = html(book, "chapters/ko/01_cell")
    own = "https://example.org/book/chapters/ko/01_cell.html"
    assert "<title>셀 – 책</title>" in text
    assert f'<link rel="canonical" href="{own}">' in text
    assert f'<meta property="og:url" content="{own}">' in text
    assert '<meta property="og:title" content="셀">' in text
    assert '<meta property="og:locale" content="ko_KR">' in text
    assert (
        '<meta property="og:image" content="https://example.org/book/_static/preview-ko.png">'
        in text
    )
    languages_of = re.findall('<link rel="alternate" hreflang="([^"]*)" href="([^"]*)">', text)
    assert languages_of == head.alternates(book, "chapters/ko/01_cell")
    # Firefox fetches what <link rel="next"> names ahead of time, which the page's policy refuses.
    assert '<a rel="prev" href="00_start.html">' in text
    assert '<link rel="prev"' not in text and 'rel="next"' not in text
    assert '<link rel="canonical" href="https://example.org/book/">' in html(book, "index")


def test_every_page_may_run_its_own_scripts_only(book):
    allowed = dict(part.split(" ", 1) for part in POLICY.split("; "))
    assert allowed["default-src"] == allowed["base-uri"] == allowed["form-action"] == "'none'"
    # WebAssembly may be compiled, a text may not be run as a script.
    assert allowed["script-src"] == "'self' blob: 'wasm-unsafe-eval'"
    assert "http" not in POLICY and "*" not in POLICY and "'unsafe-eval'" not in POLICY
    for name in (*[file.removesuffix(".md") for file in PAGES], "404"):
        text = html(book, name)
        before, after = text.split(
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        )
        assert "<script" not in before and "<link" not in before  # nothing comes before it
        inline = re.findall(r"<script(?![^>]* src=)[^>]*>", after)
        assert [tag for tag in inline if "type=" not in tag] == []
        assert not re.search(r"<[a-z]+[^>]* on[a-z]+=", after)


def test_keyboard_reaches_the_text_first(book):
    for name in ("chapters/ko/00_start", "chapters/en/00_start", "index"):
        text = html(book, name)
        first = re.search(r"<(?:a|button|input)\b[^>]*>", text)[0]
        assert first == '<a class="skip" href="#text">'
        assert '<main id="text" tabindex="-1">' in text


def test_switch_leads_to_the_twin_and_says_its_language(book):
    text = html(book, "chapters/ko/01_cell")
    link = '<a class="tool" href="../en/01_cell.html" lang="en" hreflang="en" data-language="en">'
    assert link in text
    assert "data-language" not in html(book, "index")


def test_search_field_takes_no_more_than_the_search(book):
    text = html(book, "chapters/ko/00_start")
    longest = re.search(r"LONGEST = (\d+);", (THEME / "find.js").read_text("utf-8"))[1]
    assert f'maxlength="{longest}"' in text
    examples = re.findall('<button data-example="([^"]*)">', text)
    assert examples == WORDS["ko"]["search_examples"]
    hints = text.split('class="search-chapters"')[1].split("</ol>")[0]
    assert re.findall('href="([^"]*)"', hints) == ["#", "01_cell.html"]


def test_address_that_leads_nowhere_gets_a_page_with_a_way_back(book):
    text = html(book, "404")
    links = re.findall('href="([^"]*)"', text)
    # It is shown at any address: nothing in it may be relative.
    assert all(link.startswith("/book/") for link in links)
    assert {"/book/chapters/ko/00_start.html", "/book/chapters/en/00_start.html"} <= set(links)


def test_folds_are_named_by_what_they_say():
    body = (
        '<h1>x</h1><summary aria-label="Toggle hidden content">'
        '<p class="collapsed admonition-title">풀이 보기</p>'
        '<p class="expanded admonition-title">풀이 접기</p></summary>'
    )
    made = page.body_of({"body": body}, new_document(""), WORDS["ko"])
    assert made.endswith(
        '<summary><span class="collapsed">풀이 보기</span>'
        '<span class="expanded">풀이 접기</span></summary>'
    )


FOLD = '<div class="cell {} x">\n<details>\n<summary>s</summary>{}</details>\n</div>\n'


def test_checks_next_to_one_another_are_one_fold():
    claim, solution = "tag_claim", "tag_solution"
    one, two, three = (FOLD.format(claim, f"<p>{n}</p>") for n in "123")
    other = FOLD.format(solution, "<p>4</p>")
    joined = FOLD.format(claim, "<p>1</p>\n<p>2</p>\n<p>3</p>")
    assert "".join(page.joined_claims(one + two + three).split()) == "".join(joined.split())
    apart = f"{one}<p>prose</p>{two}{other}{three}"
    assert page.joined_claims(apart) == apart


def test_a_figure_keeps_its_picture():
    document = new_document("")
    bundle = nodes.container(nb_element="mime_bundle")
    for kind, text in (
        ("text/html", "<svg>picture</svg>"),
        (figures.WIDGET, "view"),
        ("text/plain", "F"),
    ):
        one = nodes.container(mime_type=kind)
        one += nodes.raw("", text, format="html")
        bundle += one
    document += bundle
    figures.KeepPicture(document).run()
    assert [raw.astext() for raw in document.findall(nodes.raw)] == ["<svg>picture</svg>", "view"]
    classes = [c for box in document.findall(nodes.container) for c in box["classes"]]
    assert classes == ["living", "living-picture"]


def test_chapter_numbers():
    assert navigation.chapter_number("chapters/ko/01_cell") == "1"
    assert navigation.chapter_number("chapters/ko/12_cell") == "12"
    assert navigation.chapter_number("chapters/ko/00_start") == ""
    assert navigation.chapter_number("chapters/ko/92_cell") == ""
    assert navigation.chapter_number("index") == ""


def test_neighbours_at_both_ends():
    chapters = [{"current": False}, {"current": False}, {"current": True}]
    assert navigation.neighbours(chapters) == (chapters[1], None)
    assert navigation.neighbours(chapters[::-1]) == (None, chapters[1])
    assert navigation.neighbours([]) == (None, None)


def test_edit_leads_to_the_bilingual_source(book):
    assert navigation.source_of(book, "chapters/ko/01_cell") == "chapters/01_cell.md"
    assert navigation.source_of(book, "index") == "index.md"


def test_hash_changes_with_names_and_contents_only(tmp_path):
    (tmp_path / "a.py").write_text("1")
    first = outputs.hash_of(tmp_path)
    cached = tmp_path / "__pycache__"
    cached.mkdir()
    (cached / "a.pyc").write_text("x")
    (tmp_path / "a.egg-info").mkdir()
    (tmp_path / "a.egg-info" / "PKG-INFO").write_text("x")
    assert outputs.hash_of(tmp_path) == first
    (tmp_path / "a.py").write_text("2")
    second = outputs.hash_of(tmp_path)
    (tmp_path / "a.py").rename(tmp_path / "b.py")
    assert len({first, second, outputs.hash_of(tmp_path)}) == 3


def test_changed_package_changes_the_cache(tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", "")
    (tmp_path / "src").mkdir()
    caches = set()
    for text in ("1", "2"):
        (tmp_path / "src" / "a.py").write_text(text)
        caches.add(build(tmp_path).config.nb_execution_cache_path)
    assert len(caches) == 2
    assert str(tmp_path / "src") in os.environ["PYTHONPATH"]
    assert os.environ["TQDM_DISABLE"] == "1"


# ---- what a new Sphinx, MyST-NB or another extension may change must stop the build


def test_script_from_another_host_stops_the_build():
    with pytest.raises(ExtensionError, match="another host"):
        page.used_files(["book.js", "https://example.org/require.js"])


def test_missing_switch_of_sphinx_search_stops_the_build():
    class App:
        builder = object()

    with pytest.raises(ExtensionError, match=r"no switch `search`.*requirements\.txt"):
        page.on_builder(App())


def test_headings_without_links_stop_the_build(book):
    doctree = book.env.get_doctree("chapters/ko/00_start")
    with pytest.raises(ExtensionError, match="headerlink"):
        page.body_of({"body": "<h1>시작</h1>"}, doctree, WORDS["ko"])


@pytest.mark.parametrize(
    ("element", "name"), [("cell_code_source", "cell_input"), ("cell_code_output", "cell_output")]
)
def test_cells_without_their_classes_stop_the_build(element, name):
    doctree = new_document("")
    doctree += nodes.container(nb_element=element)
    body = f'<div class="{name} docutils container"></div>'
    assert page.body_of({"body": body}, doctree, WORDS["ko"]) == body
    with pytest.raises(ExtensionError, match=name):
        page.body_of({"body": "<div></div>"}, doctree, WORDS["ko"])


def test_missing_stemmer_stops_the_build(book, monkeypatch):
    monkeypatch.delattr(search.sphinx_english, "js_porter_stemmer")
    with pytest.raises(ExtensionError, match="stemmer"):
        search.on_finish(book, None)


def test_formula_converter_is_asked_for_display(monkeypatch):
    asked = []
    monkeypatch.setattr(
        mathematics, "convert", lambda latex, display: asked.append(display) or "<math></math>"
    )
    mathematics.mathml("x", "block", None)
    assert asked == ["block"]


# --- the glossary ---------------------------------------------------------------------------------

GLOSSARY = """\
- {en: network, ko: 신경망, means: {ko: 잇는 것., en: "Joins \\"things\\" <up>."}}
- {en: letter, ko: 글자, everyday: true, means: {ko: 한 칸., en: One place.}}
- {en: character, ko: 글자, everyday: true}
- {en: neural network, ko: [인공 신경망, ANN], means: {ko: 긴 것., en: Long.}}
"""
JOINS = "network · 신경망: Joins &quot;things&quot; &lt;up&gt;."
WITH_TERMS = PAGES | {
    "glossary.yml": GLOSSARY,
    "chapters/en/01_cell.md": "# A network\n\n`network` [network](00_start.md) one character;"
    " then neural networks, a network, a network.\n",
    "chapters/ko/01_cell.md": "# 신경망\n\n`신경망` [신경망](00_start.md) 글자에서"
    " ANN과 신경망을, 신경망.\n",
    "chapters/en/92_glossary.md": "# Words\n\nAll of them.\n\n"
    '- <a id="network"></a>**network** · <span lang="ko">신경망</span><br>What *joins*.\n'
    '- <a id="letter"></a>**letter** · <span lang="ko">글자</span><br>One place.\n',
    "chapters/ko/92_glossary.md": "# 말\n\n"
    '- <a id="network"></a>**신경망** · network<br>잇는 것.\n',
}


@pytest.fixture(scope="module")
def glossed(tmp_path_factory):
    (folder := tmp_path_factory.mktemp("glossed") / "book").mkdir()
    return build(folder, WITH_TERMS)


def term_links(app, name):
    found = re.findall(r'<a class="term[^"]*" href="([^"]*)" title="([^"]*)">(.*?)</a>',
                       html(app, name), flags=re.S)  # fmt: skip
    return [(href, title, " ".join(words.split())) for href, title, words in found]


def test_the_first_use_of_a_term_on_a_page_leads_to_the_glossary(glossed):
    assert term_links(glossed, "chapters/en/00_start") == [
        ("92_glossary.html#network", JOINS, "network"),
        ("92_glossary.html#letter", "letter · 글자: One place.", "letter"),
    ]
    # An everyday term on its first page only; not in a heading, in code or in a link.
    assert term_links(glossed, "chapters/en/01_cell") == [
        (
            "92_glossary.html#neural-network",
            "neural network · 인공 신경망: Long.",
            "neural networks",
        ),
        ("92_glossary.html#network", JOINS, "network"),
    ]
    assert term_links(glossed, "chapters/en/92_glossary") == []


def test_each_term_is_one_record_of_the_search(glossed):
    address, records, kind = index_of(glossed, "en")["pages"][-1]
    assert (address, kind) == ("chapters/en/92_glossary.html", "terms")
    assert records == [
        ["", "Words", ["All of them."]],
        ["network", "network · 신경망", ["What joins."]],
        ["letter", "letter · 글자", ["One place."]],
    ]
    assert ["network", "신경망"] in index_of(glossed, "ko")["same"]


def test_korean_terms_are_found_before_particles(glossed):
    assert term_links(glossed, "chapters/ko/00_start") == [
        ("92_glossary.html#letter", "글자 · letter: 한 칸.", "글자"),
        ("92_glossary.html#network", "신경망 · network: 잇는 것.", "신경망"),
    ]
    assert term_links(glossed, "chapters/ko/01_cell") == [
        ("92_glossary.html#neural-network", "인공 신경망 · neural network: 긴 것.", "ANN"),
        ("92_glossary.html#network", "신경망 · network: 잇는 것.", "신경망"),
    ]


@pytest.mark.parametrize(
    ("text", "linked"),
    [("셀은", True), ("셀을 본다", True), ("(셀)", True), ("셀 수 없다", False),
     ("엑셀", False), ("셀프", False), ("셀이라는", True), ("셀에서", True)],
)  # fmt: skip
def test_an_everyday_korean_word_is_told_from_words_that_only_begin_like_it(text, linked):
    assert bool(glossary.korean("셀", everyday=True).search(text)) is linked


def test_a_book_without_a_glossary_has_no_such_links(book):
    assert term_links(book, "chapters/en/00_start") == []
