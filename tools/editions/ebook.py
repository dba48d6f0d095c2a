"""The book as an EPUB, from the same document that the PDF is printed from.

The browser reads that document as it reads any page and writes it out again as XML, with the names
of SVG and MathML as they have to be; so no parser of HTML is needed, nor a library for the rest, an
archive with three small files in it that say what is where: https://www.w3.org/TR/epub-33/
"""

import io
import re
import zipfile
from datetime import date
from html import escape
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from PIL import Image
from playwright.sync_api import Page, ViewportSize

from .document import Book
from .folder import put
from .words import WORDS

STYLE = Path(__file__).with_suffix(".css")
# Of the built site: the font of the formulas, within a style sheet, and its licence.
FONT, LICENCE = "math.css", "math-font-LICENSE.txt"
# The title page as a picture: a page of the PDF, 176 by 250 mm, twice as large.
COVER: ViewportSize = {"width": 1330, "height": 1890}
COVER_STYLE = """html { zoom: 2 } .title-page { height: 250mm; box-sizing: border-box;
border-top: 8mm solid var(--accent) }"""
# Words of code that have a look of their own; other spans in it are taken away.
MARKED = ["k", "kn", "kd", "kc", "ow", "c1"]
# What paper alone has goes. A file for each part, and links between them.
TAKE_APART = """([marked, back]) => {
  const all = (what, where = document) => [...where.querySelectorAll(what)];
  for (const link of all(".item-title a")) link.textContent = back;
  for (const tag of all(".paper, .on-page, .page-of, .dots, .qr")) tag.remove();
  for (const tag of all(".contents ol:empty")) tag.remove();
  for (const tag of all(".contents .of")) tag.textContent ? tag.after(" ") : tag.remove();
  for (const tag of all(".highlight span"))
    if (!marked.includes(tag.className)) tag.replaceWith(...tag.childNodes);
  for (const tag of all("*"))
    for (const { name } of [...tag.attributes])
      if (name.startsWith("data-")) tag.removeAttribute(name);
  const parts = all("article").map((part) => [part.id.replace("of-", ""), [...part.children]]);
  const files = new Map();
  for (const [name, tags] of parts)
    for (const tag of tags.flatMap((tag) => all("[id]", tag))) files.set(tag.id, name + ".xhtml");
  for (const link of all('a[href^="#"]')) {
    const id = link.getAttribute("href").slice(1);
    link.setAttribute("href", `${files.get(id)}#${id}`);
  }
  const xml = new XMLSerializer();
  const write = (tags) => tags.map((tag) => xml.serializeToString(tag)).join("");
  return {
    front: write(all(".title-page, .imprint")),
    contents: write(all("ol.contents")),
    ...Object.fromEntries(parts.map(([name, tags]) => [name, write(tags)])),
  };
}"""
PAGE = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"
lang="{language}" xml:lang="{language}"><head><title>{title}</title>
<link rel="stylesheet" href="math.css"/><link rel="stylesheet" href="book.css"/></head>
<body>{body}</body></html>"""
CONTAINER = """<?xml version="1.0"?>
<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>
<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>
</rootfiles></container>"""
PACKAGE = """<?xml version="1.0" encoding="utf-8"?>
<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"
xml:lang="{language}">
<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:identifier id="id">urn:uuid:{identifier}</dc:identifier>
<dc:title>{title}</dc:title><dc:creator>{creator}</dc:creator><dc:language>{language}</dc:language>
<dc:description>{subject}</dc:description><dc:source>{home}</dc:source><dc:date>{day}</dc:date>
<dc:rights>{rights}</dc:rights>
<meta property="dcterms:modified">{day}T00:00:00Z</meta>
{meta}</metadata>
<manifest>{manifest}</manifest><spine>{spine}</spine></package>"""
# What the book offers whom, in the words of https://www.w3.org/TR/epub-a11y-11/
ACCESS = {
    "accessMode": ["textual", "visual"],
    "accessModeSufficient": ["textual", "textual,visual"],
    "accessibilityFeature": [
        "alternativeText",
        "displayTransformability",
        "MathML",
        "readingOrder",
        "structuralNavigation",
        "tableOfContents",
    ],
    "accessibilityHazard": ["none"],
}
KINDS = {".xhtml": "application/xhtml+xml", ".css": "text/css", ".png": "image/png"}
# What a file has to be announced with, by what stands in it.
PROPERTIES = {"mathml": b"<math ", "svg": b"<svg ", "nav": b'epub:type="toc"'}


def cover(page: Page) -> bytes:
    """The title page of the opened document as a picture."""
    page.set_viewport_size(COVER)
    page.add_style_tag(content=COVER_STYLE)
    drawn = io.BytesIO()
    Image.open(io.BytesIO(page.screenshot())).quantize(64).save(drawn, "PNG", optimize=True)
    return drawn.getvalue()


def navigation(contents: str, first: str, words: dict[str, str]) -> str:
    """The contents, for readers and for reading systems, and where the text begins."""
    head, begins = escape(words["contents"]), escape(words["begins"])
    return f"""<nav epub:type="toc"><h1>{head}</h1>{contents}</nav>
<nav epub:type="landmarks" hidden="hidden"><ol>
<li><a epub:type="toc" href="contents.xhtml">{head}</a></li>
<li><a epub:type="bodymatter" href="{first}.xhtml">{begins}</a></li></ol></nav>"""


def manifest(files: dict[str, bytes]) -> str:
    """All files and what they are."""
    rows = []
    for name, content in files.items():
        has = [key for key, sign in PROPERTIES.items() if ".xhtml" in name and sign in content]
        has += ["cover-image"] if name == "cover.png" else []
        properties = f' properties="{" ".join(has)}"' if has else ""
        kind = KINDS.get(Path(name).suffix, "text/plain")
        rows.append(f'<item id="of-{name}" href="{name}" media-type="{kind}"{properties}/>')
    return "\n".join(rows)


def package(files: dict[str, bytes], title: str, language: str, home: str, edition: str) -> str:
    """What the book is, what it holds, and in which order it is read."""
    words = {name: escape(text) for name, text in WORDS[language].items()}
    day = re.search(r"\d{4}-\d\d-\d\d", edition)
    meta = [(name, value) for name, values in ACCESS.items() for value in values]
    meta.append(("accessibilitySummary", words["access"]))
    return PACKAGE.format(
        language=language,
        identifier=uuid5(NAMESPACE_URL, f"{home}{language}"),
        title=escape(title),
        creator=words["authors"],
        subject=words["subject"],
        rights=words["licence"],
        home=escape(home),
        day=day[0] if day else date.today().isoformat(),
        meta="\n".join(f'<meta property="schema:{key}">{text}</meta>' for key, text in meta),
        manifest=manifest(files),
        spine="".join(f'<itemref idref="of-{name}"/>' for name in files if ".xhtml" in name),
    )


def ebook(page: Page, book: Book, title: str, language: str, home: str, static: Path) -> bytes:
    """The opened document as an EPUB. ``static`` has the site's font of formulas.

    Takes the document apart.
    """
    words = WORDS[language]
    files = {"cover.png": cover(page)}
    written = page.evaluate(TAKE_APART, [MARKED, words["back"]])
    written["contents"] = navigation(written["contents"], book.parts[0].anchor, words)
    heads = {"front": title, "contents": words["contents"]}
    heads |= {part.anchor: part.head for part in book.parts}
    for name, body in written.items():
        xhtml = PAGE.format(language=language, title=escape(heads[name]), body=body)
        files[f"{name}.xhtml"] = xhtml.encode()
    files |= {name: (static / name).read_bytes() for name in (FONT, LICENCE)}
    files["book.css"] = STYLE.read_bytes()
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        put(packed, "mimetype", b"application/epub+zip", zipfile.ZIP_STORED)
        put(packed, "META-INF/container.xml", CONTAINER.encode())
        opf = package(files, title, language, home, book.edition)
        for name, content in {"package.opf": opf.encode(), **files}.items():
            put(packed, f"book/{name}", content)
    return made.getvalue()
