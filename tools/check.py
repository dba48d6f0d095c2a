"""The gate: both languages, the notebooks, the contents and the settings agree: `make check`.

Each rule is a function of the book below that yields its findings; RULES lists them. A finding is
printed as `file:line: rule: message`. Finding nothing to check is a failure too.
"""

import ast
import re
import sys
from collections import Counter
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any, NamedTuple

import glossary
import korean
import notebooks
import prose
import release
import repository
import yaml
from notebooks import Cell

ROOT = Path(__file__).resolve().parents[1]
LANGUAGE_NAMES = {"ko": "Korean", "en": "English"}
LONGEST_CELL = 15
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
    unreadable: list[notebooks.SourceError]


Findings = Iterator[Finding]


def read(root: Path) -> Book:
    book = Book(root, [], [])
    for path in notebooks.sources(root):
        try:
            book.chapters.append(Chapter(path, notebooks.read(path)))
        except notebooks.SourceError as error:
            book.unreadable.append(error)
    return book


def lang(book: Book) -> Findings:
    """Every prose cell has a language, no code cell has."""
    for error in book.unreadable:
        yield Finding(error.path, error.line, "lang", error.message)


def built(book: Book) -> Findings:
    """The notebooks are what the sources build."""
    if not book.unreadable:
        for path in notebooks.differing(book.root):
            yield Finding(path, 1, "built", "differs from its source, run `make notebooks`")


def twins(book: Book) -> Findings:
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
    """Twins agree in headings, images, links, formulas, code and numbers.

    Headings and images in their order. Links and numbers in any order, each as often. Formulas
    and code in any order and number: one language may name again what the other has just named.
    """
    for chapter in book.chapters:
        for ko, en in chapter.pairs():
            ours, theirs = prose.parse(ko.node.source), prose.parse(en.node.source)
            for rule, a, b in (
                ("headings", [ours.headings], [theirs.headings]),
                ("images", [[src for src, _ in ours.images]], [[src for src, _ in theirs.images]]),
                ("links", map(same_for_both, ours.links), map(same_for_both, theirs.links)),
                ("formulas", set(ours.formulas), set(theirs.formulas)),
                ("code", set(ours.code), set(theirs.code)),
                ("code", [ours.blocks], [theirs.blocks]),
                ("numbers", ours.numbers().elements(), theirs.numbers().elements()),
            ):
                korean_only, english_only = minus(a, b)
                if korean_only or english_only:
                    message = f"Korean has {korean_only}, English at line {en.line} {english_only}"
                    yield Finding(chapter.path, ko.line, rule, message)


def minus(a: Any, b: Any) -> tuple[str, str]:
    """What only a has and what only b has, in words; two empty strings if neither does."""
    a, b = Counter(map(str, a)), Counter(map(str, b))
    if a == b:
        return "", ""
    return ", ".join((a - b).elements()) or "none", ", ".join((b - a).elements()) or "none"


def same_for_both(link: str) -> str:
    """A link to a page of the own language, as one string for both languages."""
    return re.sub(r"(^\.\./|/chapters/)(ko|en)/", r"\1*/", link)


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
            folder = chapter.path.parent / str(cell.lang)
            for link in [*parts.links, *(source for source, _ in parts.images)]:
                path = link.split("#")[0]
                if repository.IN_CHAPTERS.search(link):
                    file = re.sub(r".*/blob/[^/]*/", "", path)
                    there = (book.root / file).is_file()
                    good = there and f"/{cell.lang}/" in path
                elif re.match(r"[a-z][a-z0-9+.-]*:", link) or not path:
                    continue
                else:
                    target = (folder / path).resolve()
                    inside = target.is_relative_to((book.root / "chapters").resolve())
                    good = inside and target.is_file()
                if not good:
                    message = f"{link} leads nowhere from chapters/{cell.lang}"
                    yield Finding(chapter.path, cell.line, "target", message)


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
    known = glossary.read(book.root / "glossary.yml")
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
            yield Finding(book.root / "glossary.yml", 1, "glossary", message)


def korean_style(book: Book) -> Findings:
    """Korean prose ends its sentences in 합니다체, and avoids what sounds translated."""
    for chapter in book.chapters:
        for cell, parts in chapter.prose("ko"):
            for line, message in korean.faults(parts):
                yield Finding(chapter.path, cell.line + line, "korean", message)


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
                elif "**" in text.words:  # as **굵은 말(bold)**은: a letter behind closes no )**
                    found.append((text.line, "** that makes nothing bold"))
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
    modules = {path: ast.parse(path.read_text("utf-8")) for path in sorted(package.glob("*.py"))}
    functions = {
        node.name: path.name
        for path, tree in modules.items()
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
    }
    offered = {
        alias.asname or alias.name
        for node in modules[package / "__init__.py"].body
        if isinstance(node, ast.ImportFrom)
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
    lang,
    built,
    twins,
    agreement,
    alternative_text,
    targets,
    contents,
    terms,
    korean_style,
    raw,
    length,
    defined_once,
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
