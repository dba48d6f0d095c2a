"""The figures' modules and the figures themselves in a real browser."""

import json
import re
from pathlib import Path
from typing import ClassVar

import ipywidgets.embed
import matplotlib as mpl
import pytest
from serve import Handler, serving

from charrnn import set_language

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "charrnn"
LAB = PACKAGE / "lab"
THEME = ROOT / "_ext" / "bilingual" / "theme" / "static"
STATE = "application/vnd.jupyter.widget-state+json"
VIEW = "application/vnd.jupyter.widget-view+json"


# The same letters on every machine: how high a figure is must not hang on what is installed.
FONTS = {
    "/text.otf": ROOT / "src/charrnn/pictures/fonts/charrnn-hangul.otf",
    "/code.ttf": Path(mpl.get_data_path(), "fonts/ttf/DejaVuSansMono.ttf"),
}
FACES = """<style>
@font-face { font-family: "Text"; src: url("/text.otf"); }
@font-face { font-family: "Code"; src: url("/code.ttf"); }
:root { --text-face: "Text"; --code-face: "Code", "Text"; }
</style>"""


class Server(Handler):
    """The modules as they lie in the package, the theme's files, and pages made by a test."""

    pages: ClassVar[dict[str, str]] = {}

    def do_GET(self):
        path = self.path.split("?")[0]
        if path in FONTS:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(FONTS[path].read_bytes())
            return None
        if path not in self.pages:
            if (THEME / path.lstrip("/")).is_file():
                self.directory = str(THEME)
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(self.pages[path].encode())


@pytest.fixture(scope="session")
def origin():
    Server.pages["/"] = "<!doctype html><title>-</title>"
    with serving(LAB, Server) as address:
        yield address.removesuffix("/")


@pytest.fixture(scope="session")
def modules(browser, origin):
    """A page beside the modules: `await import("/kit/frame.js")` works in it."""
    page = browser.new_page()
    page.goto(origin)
    yield page
    page.close()


@pytest.fixture
def call(modules):
    """Runs a function body of JavaScript with `lab`, `arithmetic` and `data`.

    `lab.figures` holds the figures' modules by name, `lab.kit` and `arithmetic` all that the
    modules of those rooms export. `data.network.weights` comes as float32.
    """
    paths = [str(path.relative_to(LAB)) for path in sorted(LAB.glob("*/*.js"))]

    def run(body, **data):
        return modules.evaluate(
            "async ([paths, body, data]) => {"
            "const lab = { figures: {}, kit: {}, arithmetic: {} };"
            "for (const path of paths) {"
            "  const [room, name] = path.split(/[/.]/), module = await import(`/${path}`);"
            "  if (room === 'figures') lab.figures[name] = module;"
            "  else Object.assign(lab[room], module);"
            "}"
            "if (data.network) data.network.weights = Float32Array.from(data.network.weights);"
            "return new Function('lab', 'arithmetic', 'data', body)(lab, lab.arithmetic, data) }",
            [paths, body, data],
        )

    return run


def embedded(figures):
    """State and views of figures as a page carries them, and of no figure that was made before."""
    # Without `state`, that of every widget which this process knows would come along.
    state = ipywidgets.embed.dependency_state(figures, drop_defaults=False)
    return ipywidgets.embed.embed_data(views=figures, state=state, drop_defaults=False)


def page_of(figures, language, styled=True):
    """A page with figures as the book builds one: its columns, state, pictures, views, the host."""
    data = embedded(figures)
    boxes = "".join(
        f'<div class="cell_output"><div class="living living-{figure.name}">'
        f'<div class="living-picture">{figure._picture()._repr_html_()}</div>'
        f'<script type="{VIEW}">{json.dumps(view)}</script></div></div>'
        for figure, view in zip(figures, data["view_specs"], strict=True)
    )
    state = json.dumps(data["manager_state"]).replace("</", r"<\/")
    style = "".join(
        f'<link rel="stylesheet" href="/{name}.css">' for name in ("book", "figures") if styled
    )
    style += '<link rel="stylesheet" href="/print.css" media="print">' * styled + FACES
    return (
        f'<!doctype html><html lang="{language}" class="scripted"><head><meta charset="utf-8">'
        '<title>A page</title><link rel="icon" href="data:,">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'{style}</head><body><div class="columns"><div class="chapters"></div>'
        f'<main><h1>A page</h1><p id="prose">Text.</p>{boxes}<h2 id="after">After</h2></main></div>'
        f'<script type="{STATE}">{state}</script><script src="/figures.js"></script></body></html>'
    )


@pytest.fixture
def open_figures(browser, origin):
    """Opens a page with the figures that `make` returns, in one language; gives the page.

    Keyword arguments describe the window. What the console says fails the test at its end.
    """
    contexts, trouble = [], []

    def opened(make, language="en", *, address="", styled=True, alive=True, **window):
        set_language(language)
        try:
            made = make()
            figures = made if isinstance(made, list) else [made]
            Server.pages["/figures"] = page_of(figures, language, styled)
        finally:
            set_language("en")
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **window})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda r: re.match(f"{origin}|blob:|data:", r.url) or trouble.append(r))
        page.goto(f"{origin}/figures{address}")
        if alive:
            page.wait_for_function(
                "n => document.querySelectorAll('.living.alive').length === n", arg=len(figures)
            )
            page.evaluate("document.fonts.ready.then(() => null)")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert trouble == []
