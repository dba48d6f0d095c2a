"""For everyone: axe, keyboard, large text, dark mode, paper."""

import pytest
from axe import findings
from playwright.sync_api import expect
from waiting import until

NO_SIDEWAYS = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"


# A narrow window has the same colours: contrast is looked at in the wide one, light and dark.
@pytest.mark.parametrize(("width", "colours"), [(390, "light"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing(open_page, page_name, width, colours):
    page = open_page(page_name, viewport={"width": width, "height": 900}, color_scheme=colours)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = findings(page, contrast=width == 1280)
    assert not found, "\n".join(found)


def test_nothing_is_wider_than_the_window(open_page, page_name):
    """320: 400 percent of a desktop window; 640: 200 percent."""
    page = open_page(page_name, viewport={"width": 320, "height": 800})
    for width in (320, 390, 640, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(NO_SIDEWAYS), width


def test_double_text_fits(open_page, page_name):
    page = open_page(page_name)
    page.add_style_tag(content="html { font-size: 212.5% !important }")
    assert page.evaluate(NO_SIDEWAYS)
    assert page.locator("article").bounding_box()["width"] > 550
    for tool in page.locator(".tools > *").all():
        box = tool.bounding_box()
        assert box is None or (box["x"] >= 0 and box["x"] + box["width"] <= 1280)


def test_keyboard_reaches_text_chapters_and_search(open_page):
    page = open_page("chapters/ko/01_one_hot.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "text"
    page = open_page("chapters/ko/01_one_hot.html")
    seen = []
    # Once round the page, until the first link comes again: however many stops a figure adds.
    while seen.count("skip") < 2 and len(seen) < 1000:
        page.keyboard.press("Tab")
        seen.append(
            page.evaluate(
                "(() => { const e = document.activeElement; return e.id || e.dataset.language"
                " || e.closest('nav')?.className || e.className || e.tagName })()"
            )
        )
    assert {"open-search", "en", "switch-theme", "chapters"} <= set(seen)


def test_keyboard_focus_can_be_seen(open_page, chapter_name):
    page = open_page(chapter_name)
    for _ in range(4):
        page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"


def test_chapter_list_opens_and_closes_on_a_phone(open_page):
    page = open_page("chapters/en/01_one_hot.html", viewport={"width": 390, "height": 844})
    assert not page.locator("#chapters").is_visible()
    page.focus("#open-chapters")
    page.keyboard.press("Enter")
    assert page.locator("#chapters").is_visible()
    assert page.get_attribute("#open-chapters", "aria-expanded") == "true"
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "page"
    page.keyboard.press("Escape")
    assert not page.locator("#chapters").is_visible()
    assert page.evaluate("document.activeElement.id") == "open-chapters"


def test_theme_follows_the_system_until_chosen(open_page):
    page = open_page("chapters/en/01_one_hot.html", color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.emulate_media(color_scheme="light")
    until(page, f"{paper} !== '{dark}'")
    page.click("#switch-theme")
    assert page.evaluate(paper) == dark
    page.reload()
    assert page.evaluate(paper) == dark


def test_dark_without_scripts(open_page):
    page = open_page("index.html", color_scheme="dark", java_script_enabled=False)
    light = open_page("index.html", color_scheme="light", java_script_enabled=False)
    assert page.screenshot() != light.screenshot()


def test_a_page_says_what_it_lacks_without_scripts_and_where_it_is_from_on_paper(open_page):
    address = "chapters/en/01_one_hot.html"
    still = open_page(address, java_script_enabled=False)
    assert still.locator(".needs-scripts").is_visible()
    page = open_page(address)
    assert not page.locator(".needs-scripts").is_visible()
    assert not page.locator(".on-paper").is_visible()
    for either in (still, page):
        either.emulate_media(media="print")
        assert not either.locator(".needs-scripts").is_visible()
        assert either.locator(".on-paper").inner_text().count(address) == 1


def test_forced_colours_still_mark_the_page_that_is_open(open_page):
    page = open_page("chapters/en/01_one_hot.html", forced_colors="active")
    style = "a => [getComputedStyle(a).outlineStyle, getComputedStyle(a).outlineWidth]"
    assert page.locator(".chapters a[aria-current]").evaluate(style) == ["solid", "2px"]
    assert page.locator(".chapters a:not([aria-current])").first.evaluate(style)[0] == "none"


def test_print_shows_text_and_solutions_only(open_page, chapter_name):
    page = open_page(chapter_name)
    page.emulate_media(media="print")
    for hidden in (".bar", ".chapters", ".page-tools", ".neighbours", ".foot"):
        assert not page.locator(hidden).is_visible()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    closed = page.locator("article details:not(.sections-inline):not([open])")
    assert closed.count() == 0


def test_solutions_are_open_on_paper_only(open_page):
    page = open_page("chapters/en/01_one_hot.html")
    boxes = "[...document.querySelectorAll('article details:not(.sections-inline)')]"
    page.evaluate(f"{boxes}[0].open = true")  # by the reader
    before = page.evaluate(f"{boxes}.map(box => box.open)")
    assert before[0] and False in before
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert all(page.evaluate(f"{boxes}.map(box => box.open)"))
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.evaluate(f"{boxes}.map(box => box.open)") == before


def test_the_section_being_read_is_marked_to_the_end_of_the_page(open_page):
    page = open_page("chapters/en/00_start.html")
    marked = "[...document.querySelectorAll('nav.sections a')].map(a => !!a.ariaCurrent)"
    sections = len(page.evaluate(marked))
    assert sections > 2
    page.evaluate("scrollTo({ top: 1e6, behavior: 'instant' })")
    until(page, f"String({marked}) === '{','.join(['false'] * (sections - 1))},true'")


def test_a_button_copies_the_code_and_nothing_else(open_page):
    allowed = ["clipboard-read", "clipboard-write"]
    page = open_page("chapters/en/01_one_hot.html", permissions=allowed)
    box = page.locator(".cell_input .highlight:visible").first
    code, button = box.locator("pre").text_content(), box.locator(".copy")
    said = button.inner_text()
    button.click()
    expect(button).not_to_have_text(said)
    assert page.evaluate("navigator.clipboard.readText()") == code
