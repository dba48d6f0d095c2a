"""What a reader gets whose address leads nowhere: 404.html, which hosts like GitHub Pages show.

It is shown at any address, so its own links begin at the book's root.
"""

from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from sphinx.application import Sphinx

from .languages import LANGUAGES, pages_of
from .policy import POLICY

PAGE = """\
<!DOCTYPE html>
<html lang="ko">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<link rel="stylesheet" href="{root}_static/book.css">
<link rel="icon" href="{root}_static/favicon.svg" type="image/svg+xml">
</head>
<body>
<main class="missing">
<h1>{title}</h1>
{texts}
</main>
</body>
</html>
"""
TITLE = "이런 페이지는 없습니다 · No such page"
TEXTS = {
    "ko": ("주소가 바뀌었거나 잘못 적혔습니다.", "책의 처음으로 가기", "책에서 찾기"),
    "en": ("The address has changed or is mistyped.", "Go to the start of the book", "Search it"),
}


def text_of(app: Sphinx, code: str, root: str) -> str:
    """What the page says in one language, with its links."""
    sentence, start, search = TEXTS[code]
    first = root + app.builder.get_target_uri(pages_of(app.env, code)[0])
    return (
        f'<p lang="{code}">{sentence} <a href="{escape(first)}">{start}</a> · '
        f'<a href="{escape(first)}?q=">{search}</a></p>'
    )


def on_finish(app: Sphinx, exception: Exception | None) -> None:
    """Write the page into the built book."""
    if exception or app.builder.format != "html":
        return
    root = urlsplit(app.config.html_baseurl).path.rstrip("/") + "/"
    texts = [text_of(app, code, root) for code in LANGUAGES if pages_of(app.env, code)]
    page = PAGE.format(policy=POLICY, title=TITLE, root=root, texts="\n".join(texts))
    Path(app.outdir, "404.html").write_text(page, encoding="utf-8")


def setup(app: Sphinx) -> None:
    """Register what writes the page."""
    app.connect("build-finished", on_finish)
