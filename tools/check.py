"""The gate: both languages, the notebooks, the contents and the settings agree: `make check`.

Each rule is a function of the book below that yields its findings; RULES lists them. A finding is
printed as `file:line: rule: message`. Finding nothing to check is a failure too.
"""

import ast
import re
import sys
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import agreed
import code_cells as code
import glossary
import korean
import notebooks
import particles
import prose
import release
import repository
import strings
import twins
import wording
import yaml
from docutils.nodes import make_id
from notebooks import Cell
from source import SourceError

ROOT = Path(__file__).resolve().parents[1]
LANGUAGE_NAMES = {"ko": "Korean", "en": "English"}
LONGEST_CELL = 15
README = ("한국어", "English")
WIDEST_LINE = 79  # letters that a code box shows at desktop width


class Finding(NamedTuple):
    path: Path
    line: int
    rule: str
    message: str


class Chapter(NamedTuple):
    path: Path
    cells: list[Cell]

    def prose(self, *languages: str) -> list[tuple[Cell, prose.Prose]]:
        return [(c, prose.parse(c.node.source)) for c in self.cells if c.lang in languages]

    def pairs(self) -> list[tuple[Cell, Cell]]:
        """Korean cells with the English cell that follows each."""
        neighbours = zip(self.cells, self.cells[1:], strict=False)
        return [(a, b) for a, b in neighbours if (a.lang, b.lang) == ("ko", "en")]

    def code(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.node.cell_type == "code"]


class Book(NamedTuple):
    root: Path
    chapters: list[Chapter]
    terms: list[glossary.Term]
    unreadable: list[SourceError]


Findings = Iterator[Finding]


def read(root: Path) -> Book:
    book = Book(root, [], [], [])
    for path in notebooks.sources(root):
        try:
            book.chapters.append(Chapter(path, notebooks.read(path)))
        except SourceError as error:
            book.unreadable.append(error)
    try:
        book.terms.extend(glossary.read(root / "glossary.yml"))
        agreed.recorded_in(root)
    except SourceError as error:
        book.unreadable.append(error)
    return book


def readable(book: Book) -> Findings:
    """Every prose cell has a language, no code cell has; the glossary is as its head says."""
    rules = {".yml": "glossary", ".txt": "agreed"}
    for error in book.unreadable:
        rule = rules.get(error.path.suffix, "lang")
        yield Finding(error.path, error.line, rule, error.message)


def built(book: Book) -> Findings:
    """The notebooks are what the sources build."""
    if not book.unreadable:
        for path in notebooks.differing(book.root):
            yield Finding(path, 1, "built", "differs from its source, run `make notebooks`")


def read_together(book: Book) -> Findings:
    """No language of a pair has changed alone since both were read together: see agreed.py."""
    if book.unreadable:
        return
    chapters = {chapter.path: chapter.cells for chapter in book.chapters}
    pairs = agreed.pairs(book.root, chapters, book.terms)
    changed = agreed.one_sided(book.root, agreed.recorded_in(book.root), pairs)
    for pair, side in changed.items():
        place = f"{pair.path.relative_to(book.root)}:{pair.line}"
        what = "the prose around" if pair.code else "Korean" if side == "English" else "English"
        message = (
            f"{side} changed, {what} did not; if both still agree:"
            f" `.venv/bin/python tools/notebooks.py --agreed {place}`"
        )
        yield Finding(pair.path, pair.line, "agreed", message)


def pairing(book: Book) -> Findings:
    """Prose comes in pairs, Korean directly followed by English."""
    for path, cells in book.chapters:
        previous = None
        for cell, following in zip_longest(cells, cells[1:]):
            if cell.lang == "ko" and (following is None or following.lang != "en"):
                yield Finding(path, cell.line, "twins", "Korean without its English right below")
            if cell.lang == "en" and previous != "ko":
                yield Finding(path, cell.line, "twins", "English without its Korean right above")
            previous = cell.lang


def agreement(book: Book) -> Findings:
    """Twins agree in all that can be compared without knowing either language: see twins.py."""
    for chapter in book.chapters:
        for ko, en in chapter.pairs():
            ours, theirs = prose.parse(ko.node.source), prose.parse(en.node.source)
            for found in twins.differences(ours, theirs):
                there = f"English at line {en.line + found.en_line} {found.english}"
                message = f"Korean has {found.korean}, {there}"
                yield Finding(chapter.path, ko.line + found.ko_line, found.rule, message)


def alternative_text(book: Book) -> Findings:
    """Every image says in words what it shows."""
    for chapter in book.chapters:
        for cell, parts in chapter.prose("ko", "en"):
            for source, words in parts.images:
                if not words.strip():
                    yield Finding(chapter.path, cell.line, "alt", f"{source} has no words")


def targets(book: Book) -> Findings:
    """Every relative link leads to a page of the built book, every Colab link to a notebook."""
    for chapter in book.chapters:
        for cell, parts in chapter.prose("ko", "en"):
            for link in [*parts.links, *(source for source, _ in parts.images)]:
                if not leads_somewhere(book, chapter, str(cell.lang), link):
                    message = f"{link} leads nowhere from chapters/{cell.lang}"
                    yield Finding(chapter.path, cell.line, "target", message)


def leads_somewhere(book: Book, chapter: Chapter, language: str, link: str) -> bool:
    path, _, part = link.partition("#")
    if repository.IN_CHAPTERS.search(link):
        there = (book.root / re.sub(r".*/blob/[^/]*/", "", path)).is_file()
        return there and f"/{language}/" in path
    if re.match(r"[a-z][a-z0-9+.-]*:", link):
        return True
    if path:
        target = (chapter.path.parent / language / path).resolve()
        if not target.is_relative_to((book.root / "chapters").resolve()) or not target.is_file():
            return False
        language = target.parent.name
    slug = Path(path).stem if path else chapter.path.stem
    pages = [page for page in book.chapters if page.path.stem == slug]
    return not part or any(part in places_in(book, page, language) for page in pages)


def places_in(book: Book, page: Chapter, language: str) -> set[str]:
    """What a link to a part of a page can name: sections, by their English headings, and ids."""
    places = set()
    for _, parts in page.prose("en"):
        places |= {make_id(text.said()) for text in parts.texts if text.place == "heading"}
    for cell, _ in page.prose(language):
        places |= set(re.findall(r"""<[^>]*\bid=["']([^"']+)""", cell.node.source))
        if glossary.PLACE in cell.node.source:
            places |= {glossary.anchor(term.en) for term in book.terms if term.means}
    return places


def contents(book: Book) -> Findings:
    """_toc.yml has every chapter once in each language, in the order of the sources."""
    path = book.root / "_toc.yml"
    text = path.read_text("utf-8")
    files = list(files_in(yaml.safe_load(text)))
    sources = [source.stem for source in notebooks.sources(book.root)]
    for language in notebooks.LANGUAGES:
        folder = f"chapters/{language}/"
        listed = [file.removeprefix(folder) for file in files if file.startswith(folder)]
        listed = [slug.removesuffix(".ipynb") for slug in listed]
        for slug in sorted(set(sources) - set(listed)):
            yield Finding(path, 1, "toc", f"{folder}{slug} is missing")
        for slug in sorted(set(listed) - set(sources)):
            line = text[: text.index(folder + slug)].count("\n") + 1
            yield Finding(path, line, "toc", f"{folder}{slug} has no source")
        if set(listed) == set(sources) and listed != sources:
            yield Finding(path, 1, "toc", f"{folder}: not the order of the sources, or one twice")


def files_in(entry: Any) -> Iterator[str]:
    """Every `file:` of a table of contents, however deep."""
    if isinstance(entry, dict):
        if "file" in entry:
            yield str(entry["file"])
        entry = list(entry.values())
    if isinstance(entry, list):
        for below in entry:
            yield from files_in(below)


def terms(book: Book) -> Findings:
    """The glossary's terms are used; glossary.yml says how."""
    known = book.terms
    introduced: set[str] = set()
    for chapter in book.chapters:
        # The start page names what comes; the chapters introduce it.
        at_start = chapter.path.stem.startswith("00_")
        before = {term.en for term in known} if at_start else introduced
        for ko, en in chapter.pairs():
            for message in glossary.pair(known, ko.node.source, en.node.source):
                yield Finding(chapter.path, ko.line, "glossary", message)
        for cell, line, message in glossary.chapter(known, chapter.prose("ko"), before):
            yield Finding(chapter.path, cell.line + line, "glossary", message)
    for language in notebooks.LANGUAGES:
        texts = [glossary.words(parts) for c in book.chapters for _, parts in c.prose(language)]
        for name in glossary.unused(known, " ".join(texts), language):
            message = f"{name}: no chapter says it in {LANGUAGE_NAMES[language]}"
            line = next(term.line for term in known if name in (term.en, term.ko[0]))
            yield Finding(book.root / "glossary.yml", line, "glossary", message)


def korean_style(book: Book) -> Findings:
    """Korean prose ends its sentences in 합니다체, and avoids what sounds translated."""
    for chapter in book.chapters:
        for cell, parts in chapter.prose("ko"):
            for line, message in korean.faults(parts):
                yield Finding(chapter.path, cell.line + line, "korean", message)


def particle(book: Book) -> Findings:
    """Particles fit the word before them, be it Korean, Latin, a number, code or a formula."""
    cells = [(c.path, cell, parts) for c in book.chapters for cell, parts in c.prose("ko")]
    nouns = particles.nouns_in(text.words for _, _, parts in cells for text in parts.texts)
    for path, cell, parts in cells:
        for text in parts.texts:
            for message in particles.faults(text, nouns):
                yield Finding(path, cell.line + text.line, "particle", message)


def mixed(book: Book) -> Findings:
    """No English is left in Korean prose, no Korean in English prose or in code for both."""
    for chapter in book.chapters:
        for ko, en in chapter.pairs():
            ours, theirs = prose.parse(ko.node.source), prose.parse(en.node.source)
            for line, message in korean.latin(ours, theirs):
                yield Finding(chapter.path, ko.line + line, "mixed", message)
            for line, message in korean.hangul(theirs):
                yield Finding(chapter.path, en.line + line, "mixed", message)
        for cell in chapter.code():
            for line, message in code.korean_shown(cell.node.source):
                yield Finding(chapter.path, cell.line + line, "mixed", message)


def words(book: Book) -> Findings:
    """Texts of pictures, figures and the site agree in both languages: see strings.py."""
    pairs = list(strings.read(book.root))
    found = [(pair, message) for pair in pairs for message in wording.faults(pair, book.terms)]
    for path in {pair.path for pair in pairs}:
        found += wording.alike(pair for pair in pairs if pair.path == path)
    for pair, message in found:
        yield Finding(pair.path, pair.line, "words", message)


def raw(book: Book) -> Findings:
    """Nothing that Colab, which knows no MyST, would show as it is typed."""
    for chapter in book.chapters:
        for cell, parts in chapter.prose("ko", "en"):
            found = [*parts.directives]
            for text in parts.texts:
                for pattern in prose.ONLY_MYST:
                    found += [(text.line, match[0]) for match in pattern.finditer(text.words)]
                if text.place == "html":
                    marks = re.finditer(r"`|\*\*|\]\(|\$[^$]+\$", text.words)
                    found += [(text.line, f"{match[0]} inside HTML") for match in marks]
                    continue
                if "**" in text.words:  # as **굵은 말(bold)**은: a letter behind closes no )**
                    found.append((text.line, "** that makes nothing bold"))
                if "`" in text.words:
                    found.append((text.line, "` that has no other"))
            for line, what in found:
                message = f"{what} would show as typed in Colab"
                yield Finding(chapter.path, cell.line + line, "raw", message)


def length(book: Book) -> Findings:
    """A code cell fits on a page."""
    for chapter in book.chapters:
        for cell in chapter.code():
            lines = len(cell.node.source.splitlines())
            if lines > LONGEST_CELL:
                message = f"{lines} lines of code, at most {LONGEST_CELL}"
                yield Finding(chapter.path, cell.line, "length", message)
            for number, line in enumerate(cell.node.source.splitlines(), 1):
                if len(line) > WIDEST_LINE:
                    message = f"{len(line)} letters in a line of code, at most {WIDEST_LINE}"
                    yield Finding(chapter.path, cell.line + number - 1, "length", message)


def defined_once(book: Book) -> Findings:
    """A name is defined in src/charrnn or in a chapter, never in both.

    No function or class of a chapter has the name of one in any module; no variable of a chapter
    has a name that the package itself offers.
    """
    package = book.root / "src" / "charrnn"
    modules = {path: ast.parse(path.read_text("utf-8")) for path in sorted(package.rglob("*.py"))}
    functions = {
        node.name: path.name
        for path, tree in modules.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    offered = {
        alias.asname or alias.name
        for node in modules[package / "__init__.py"].body
        if isinstance(node, ast.ImportFrom) and node.module != "charrnn"  # its rooms, such as text
        for alias in node.names
    }
    for chapter in book.chapters:
        for cell in chapter.code():
            try:
                tree = ast.parse(cell.node.source)
            except SyntaxError as error:
                yield Finding(chapter.path, cell.line, "python", f"not plain Python: {error.msg}")
                continue
            for node in ast.walk(tree):
                if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name in functions:
                    message = f"{node.name} is defined in {functions[node.name]} too"
                elif (
                    isinstance(node, ast.Name)
                    and isinstance(node.ctx, ast.Store)
                    and node.id in offered
                ):
                    message = f"{node.id} is a name of the package"
                else:
                    continue
                yield Finding(chapter.path, cell.line + node.lineno - 1, "defined-twice", message)


def readme(book: Book) -> Findings:
    """The Korean and the English half of README.md agree as twins do."""
    path = book.root / "README.md"
    text = path.read_text("utf-8")
    halves = [re.search(rf"^## {name}\n(.*?)(?=^## |\Z)", text, re.M | re.S) for name in README]
    if None in halves:
        yield Finding(path, 1, "readme", f"not two halves, {' and '.join(README)}")
        return
    ko, en = halves
    first, second = (1 + text.count("\n", 0, half.start(1)) for half in halves)
    for found in twins.differences(prose.parse(ko[1]), prose.parse(en[1])):
        there = f"English at line {second + found.en_line} {found.english}"
        message = f"{found.rule}: Korean has {found.korean}, {there}"
        yield Finding(path, first + found.ko_line, "readme", message)


def address(book: Book) -> Findings:
    """Every file names the repository that _config.yml names."""
    for path, line, found, expected in repository.others(book.root):
        message = f"{found} should be {expected}, run `make repository URL=...`"
        yield Finding(path, line, "repository", message)


def version(book: Book) -> Findings:
    """Every file names the version that pyproject.toml has, and a published one does not change."""
    for path, line, found, expected in release.others(book.root):
        message = f"{found} should be {expected}, run `make release VERSION=...`"
        yield Finding(path, line, "version", message)
    if changed := release.changed_since(book.root):
        message = (
            f"{release.tag(book.root)} is published and {changed[0]} differs from it: "
            "raise the version, run `make release VERSION=...`"
        )
        yield Finding(book.root / "pyproject.toml", 1, "version", message)


RULES = (
    readable,
    built,
    read_together,
    pairing,
    agreement,
    alternative_text,
    targets,
    contents,
    terms,
    korean_style,
    particle,
    mixed,
    words,
    raw,
    length,
    defined_once,
    readme,
    address,
    version,
)


def check(book: Book) -> list[Finding]:
    return sorted({finding for rule in RULES for finding in rule(book)})


def main(root: Path) -> int:
    book = read(root)
    pairs = sum(len(chapter.pairs()) for chapter in book.chapters)
    cells = sum(len(chapter.code()) for chapter in book.chapters)
    if not book.unreadable and not (pairs and cells):
        print(f"Nothing to check: {pairs} pairs of prose, {cells} cells of code.")
        return 1
    findings = check(book)
    for path, line, rule, message in findings:
        print(f"{path.relative_to(root)}:{line}: {rule}: {message}")
    found = f"{len(findings)} findings" if findings else "all agree"
    print(f"{len(book.chapters)} sources, {pairs} pairs of prose, {cells} cells of code: {found}")
    return int(bool(findings))


if __name__ == "__main__":
    sys.exit(main(ROOT))
