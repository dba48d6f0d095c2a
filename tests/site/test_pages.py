"""Every page: what it fetches, says on the console, weighs, links to and tells about itself."""

import gzip
import re
from itertools import pairwise
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
import release
import yaml
from bs4 import BeautifulSoup
from built_book import HTML, built_pages

from charrnn import SENTENCE

CONFIG = yaml.safe_load((HTML.parents[1] / "_config.yml").read_text(encoding="utf-8"))
REPOSITORY = CONFIG["repository"]["url"]
TAG = release.tag(HTML.parents[1])
TEXT_PAGE_LIMIT = 220_000  # bytes, gzipped, all that is transferred
LIVING_PAGE_LIMIT = 400_000


@pytest.fixture(scope="session")
def visits(browser, origin):
    """What happened on each page: requests, failures, console lines, layout shift, weight."""
    found = {}
    for name in built_pages():
        context = browser.new_context(viewport={"width": 390, "height": 844})
        page = context.new_page()
        visit = found[name] = {"requests": [], "failed": [], "console": [], "bytes": 0}
        page.on("request", lambda r, v=visit: v["requests"].append(r.url))
        page.on("console", lambda m, v=visit: v["console"].append(f"{m.type}: {m.text}"))
        page.on("pageerror", lambda e, v=visit: v["console"].append(f"error: {e}"))
        responses = []
        page.on("response", lambda response, got=responses: got.append(response))
        page.add_init_script(
            "window.shift = 0; new PerformanceObserver(list => list.getEntries().forEach("
            "e => window.shift += e.value)).observe({type: 'layout-shift', buffered: true})"
        )
        page.goto(origin + name, wait_until="networkidle")
        for response in responses:
            if response.status >= 400:
                visit["failed"].append(f"{response.status} {response.url}")
            else:
                visit["bytes"] += len(gzip.compress(response.body()))
        visit["shift"] = page.evaluate("window.shift")
        visit["living"] = page.locator("script[type*='jupyter.widget-view']").count() > 0
        context.close()
    return found


def soup_of(name):
    return BeautifulSoup((HTML / name).read_text(encoding="utf-8"), "html.parser")


def test_no_request_leaves_the_origin(visits, origin, page_name):
    requests = visits[page_name]["requests"]
    assert requests
    assert [url for url in requests if not url.startswith((origin, "data:", "blob:"))] == []


def test_nothing_fails_to_load(visits, page_name):
    assert visits[page_name]["failed"] == []


def test_console_is_quiet(visits, page_name):
    assert visits[page_name]["console"] == []


def test_nothing_shifts(visits, page_name):
    assert visits[page_name]["shift"] < 0.01


def test_page_is_light(visits, page_name):
    visit = visits[page_name]
    assert visit["bytes"] < (LIVING_PAGE_LIMIT if visit["living"] else TEXT_PAGE_LIMIT)


def test_only_a_living_page_loads_widget_scripts(visits, page_name):
    scripts = [url.rsplit("/", 1)[-1] for url in visits[page_name]["requests"] if ".js" in url]
    if not visits[page_name]["living"]:
        ours = ("theme", "book", "place", "answered", "search", "marks", "cards", "door")
        assert set(scripts) <= {f"{name}.js" for name in ours}


def test_no_progress_bar_stays_behind(page_name):
    assert "FloatProgress" not in (HTML / page_name).read_text(encoding="utf-8")


def targets_of(soup):
    """Everything in a page that points somewhere."""
    for tag, attribute in (("a", "href"), ("link", "href"), ("img", "src"), ("script", "src")):
        for element in soup.find_all(tag, **{attribute: True}):
            yield element[attribute]


def test_every_internal_link_resolves(page_name):
    base = f"site:///{page_name}"
    broken = []
    soup = soup_of(page_name)
    for target in targets_of(soup):
        address, anchor = urldefrag(urljoin(base, target))
        parts = urlsplit(address)
        if parts.scheme != "site":
            continue
        path = HTML / unquote(parts.path).lstrip("/")
        if not path.is_file():
            broken.append(target)
        elif anchor:
            page = soup if address == base else soup_of(path.relative_to(HTML).as_posix())
            if page.find(id=unquote(anchor)) is None:
                broken.append(target)
    assert broken == []


def test_links_to_the_published_site_name_pages_that_exist(page_name):
    base = CONFIG["html"]["baseurl"]
    soup = soup_of(page_name)
    addresses = [link["href"] for link in soup.select("link[rel=canonical], link[rel=alternate]")]
    addresses.append(soup.select_one("meta[property='og:image']")["content"])
    for address in addresses:
        assert address.startswith(base)
        path = HTML / (address.removeprefix(base) or "index.html")
        assert path.is_file(), address


def test_page_says_what_it_is(page_name):
    soup = soup_of(page_name)
    assert len(soup.title.text) > 5
    description = soup.select_one("meta[name=description]")["content"]
    assert 40 <= len(description) <= 170
    assert soup.select_one("link[rel=icon]")
    for name in ("og:title", "og:description", "og:url", "og:image", "og:locale"):
        assert soup.select_one(f"meta[property='{name}']")["content"]


def test_titles_and_descriptions_differ_from_page_to_page():
    soups = [soup_of(name) for name in built_pages()]
    titles = [soup.title.text for soup in soups]
    descriptions = [soup.select_one("meta[name=description]")["content"] for soup in soups]
    assert len(set(titles)) == len(titles)
    assert len(set(descriptions)) == len(descriptions)


def test_headings_nest(page_name):
    levels = [int(h.name[1]) for h in soup_of(page_name).main.find_all(["h1", "h2", "h3", "h4"])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))


def test_every_picture_says_what_it_shows(page_name):
    language = soup_of(page_name).html["lang"]
    for picture in soup_of(page_name).main.select("svg:not([aria-hidden]), img"):
        alt = picture.get("aria-label") or picture.get("alt") or ""
        assert len(alt) > 10, picture.name
        hangul = len(re.findall("[가-힣]", alt))
        latin = len(re.findall("[a-z]", alt))
        if page_name != "index.html":  # an English page may show a few letters of Hangul
            assert hangul > 0 if language == "ko" else latin > 5 * hangul, alt


def test_buttons_lead_to_the_right_file(chapter_name):
    soup = soup_of(chapter_name)
    folder, language, file = chapter_name.split("/")
    slug = file.removesuffix(".html")
    links = [a["href"] for a in soup.select(".page-tools a, .foot a")]
    project = REPOSITORY.removeprefix("https://github.com/")
    *notebook, edit, issue = links
    if slug == "92_glossary":  # nothing in it runs
        assert notebook == []
    else:
        colab, download = notebook
        assert colab.endswith(f"/github/{project}/blob/{TAG}/{folder}/{language}/{slug}.ipynb")
        assert download == f"../../_sources/{folder}/{language}/{slug}.ipynb"
    assert edit == f"{REPOSITORY}/edit/main/{folder}/{slug}.md"
    assert issue.startswith(f"{REPOSITORY}/issues/new?title=")
    assert f"{language}%2F{slug}" in issue


# Names of code that tables show as they are.
NAMES = {"argmax", "tanh"}


def test_tables_and_pictures_speak_the_pages_language(chapter_name):
    """A word that `charrnn.translations` does not have would stand in English on a Korean page."""
    if not chapter_name.startswith("chapters/ko/"):
        pytest.skip("English is the language of the code")
    shown = soup_of(chapter_name).select("main :is(th, td), main svg text")
    texts = {x.get_text(" ", strip=True) for x in shown if not x.select("code, math")}
    plain = {t for t in texts if re.search(r"\b[a-z]{3,}\b", t) and not re.search("[가-힣]", t)}
    # What stands in the sentence is text that is read, in any language.
    assert {t for t in plain if t.strip("→ ") not in NAMES and t not in SENTENCE} == set()
