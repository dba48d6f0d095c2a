"""The content security policy: the book works under it, and nothing else does."""

import pytest
from built_book import HTML, built_pages
from waiting import until

FIGURES = ("chapters/en/01_one_hot.html", "chapters/en/03_training.html")


def watch(page):
    """Everything the browser refuses or complains of on a page."""
    trouble = []
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    return trouble


@pytest.mark.parametrize("base", ["http", "file"])
@pytest.mark.parametrize("name", FIGURES)
def test_figures_live_under_the_policy(open_page, origin, base, name):
    page = open_page("index.html", base=origin if base == "http" else HTML.as_uri() + "/")
    trouble = watch(page)
    page.goto((origin if base == "http" else HTML.as_uri() + "/") + name)
    page.wait_for_selector(".living.alive")
    page.keyboard.press("/")
    page.keyboard.type("RNN")
    page.wait_for_selector(".search-results a")
    assert trouble == []


@pytest.mark.parametrize("base", ["http", "file"])
def test_a_worker_learns_under_the_policy(open_page, origin, base):
    """With WebAssembly, from a disk too."""
    page = open_page("index.html", base=origin if base == "http" else HTML.as_uri() + "/")
    trouble = watch(page)
    address = (origin if base == "http" else HTML.as_uri() + "/") + "chapters/en/10_longer.html"
    page.goto(address)
    figure = page.locator(".living-own_text.alive .lab")
    figure.get_by_role("button", name="Train", exact=True).click()
    until(page, "!document.querySelector('.lab-numbers').textContent.includes('Nothing learned')")
    assert len(page.workers) == 1
    assert page.evaluate("new WebAssembly.Module(Uint8Array.of(0, 97, 115, 109, 1, 0, 0, 0))") == {}
    assert trouble == []


def test_every_page_carries_the_policy(page_name):
    text = (HTML / page_name).read_text(encoding="utf-8")
    assert text.index('http-equiv="Content-Security-Policy"') < text.index("<link")
    assert len(built_pages()) > 2


PROBES = {
    "a script in the text": "<img src=x onerror='window.ran = 1'>",
    "a script of another host": "<script src='https://example.org/x.js'></script>",
    "a frame": "<iframe srcdoc='<script>parent.ran = 1</script>'></iframe>",
    "an address that is code": "<a id='probe' href='javascript:window.ran = 1'>x</a>",
    "a base for all addresses": "<base href='https://example.org/'>",
    "a form": "<form id='probe' action='https://example.org/'><button>x</button></form>",
    "a picture of another host": "<img src='https://example.org/x.png'>",
}


@pytest.mark.parametrize("base", ["http", "file"])
@pytest.mark.parametrize("probe", PROBES)
def test_what_gets_into_a_page_can_do_nothing(open_page, origin, base, probe):
    """As if a script of the book had put a reader's words into the page as markup."""
    page = open_page("index.html", base=origin if base == "http" else HTML.as_uri() + "/")
    answered = []
    page.on("response", lambda response: answered.append(response.url))
    page.evaluate(
        """html => {
          window.refused = [];
          addEventListener('securitypolicyviolation', (e) => refused.push(e.violatedDirective));
          const range = document.createRange();
          range.selectNode(document.body);
          document.body.append(range.createContextualFragment(html));
          document.querySelector('#probe')?.click();
          document.querySelector('form#probe')?.requestSubmit();
        }""",
        PROBES[probe],
    )
    if probe != "a frame":  # which tells itself alone
        until(page, "refused.length")
    page.wait_for_timeout(100)
    assert page.evaluate("window.ran") is None
    assert [url for url in answered if "example.org" in url] == []
    assert page.url.endswith("index.html")


def test_eval_is_refused(open_page):
    page = open_page("index.html")
    assert (
        page.evaluate(
            """() => new Promise((resolve) => {
          addEventListener('securitypolicyviolation', (e) => resolve(e.blockedURI));
          setTimeout('window.ran = 1', 0);
        })"""
        )
        == "eval"
    )
