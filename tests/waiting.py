"""Waiting for a page that allows no `eval`, as the book's pages do not.

Playwright's `wait_for_function` looks once from outside and then evaluates in the page, which the
page's policy refuses. `evaluate` always comes from outside.
"""

import time


def until(page, expression, arg=None, seconds=20):
    """Wait until an expression, or a function of ``arg``, is true in the page."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression, arg):
        assert time.monotonic() < end, f"never came true: {expression}"
        page.wait_for_timeout(50)
