"""Small hands for the tests of the figures: press a button, read what is said, wait for it."""


def status(page):
    return page.locator(".lab > .lab-status").inner_text()


def note(page):
    return page.locator(".lab-note").first.inner_text()


def says(page, text, where=".lab > .lab-status"):
    page.wait_for_function(
        "([where, text]) => document.querySelector(where).textContent.includes(text)",
        arg=[where, text],
    )


def press(page, name, key=None):
    button = page.get_by_role("button", name=name, exact=True)
    if key:
        button.focus()
        page.keyboard.press(key)
    else:
        button.click()
