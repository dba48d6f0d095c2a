"""Where the built book is, and what pages it has."""

from pathlib import Path

HTML = Path(__file__).resolve().parents[1] / "_build" / "html"


def built_pages():
    """Paths of all pages below _build/html, but for the one that stands in for missing ones."""
    pages = [path.relative_to(HTML).as_posix() for path in HTML.rglob("*.html")]
    return sorted(page for page in pages if page != "404.html")
