"""Names that stand for one thing."""

import ast

import release
import repository
from book import project

from gate.model import Book, Finding, Findings


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
            except SyntaxError:
                continue  # `make style` says so
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
            f"{project.tag(book.root)} is published and {changed[0]} differs from it: "
            "raise the version, run `make release VERSION=...`"
        )
        yield Finding(book.root / "pyproject.toml", 1, "version", message)
