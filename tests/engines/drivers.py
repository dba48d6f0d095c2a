"""The three browser engines behind the few commands that the tests of this folder need.

Chromium is driven by Playwright. The Firefox and the WebKit of a Linux system are not builds that
Playwright knows, so they are spoken to in the W3C's own protocols: Firefox in WebDriver BiDi
(https://www.w3.org/TR/webdriver-bidi/), WebKitGTK in WebDriver (https://www.w3.org/TR/webdriver2/).
Selenium would do both, but needs for Firefox a program (geckodriver) that is only downloaded.
Where Playwright's own builds of the two are installed, those are taken instead.

A driver is a context manager with ``open(address)``, ``run(body)`` (a function body, its promise
awaited, its value as JSON), ``click(x, y)`` in CSS pixels of the window, ``press(*keys)`` and
``resize(width, height)``. A driver whose engine is not installed raises `Missing`.
"""

import itertools
import json
import os
import re
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from pathlib import Path

from browser import FLAGS, here, with_fonts
from playwright.sync_api import sync_playwright
from websockets.sync.client import connect

# The W3C's names of keys that write no letter.
KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "Home": "\ue011", "End": "\ue010",
        "ArrowLeft": "\ue012", "ArrowRight": "\ue014", "Control": "\ue009"}  # fmt: skip
WAIT = 60  # seconds for an answer of a browser on a busy machine


class Missing(Exception):
    """The engine is not installed; the message says what to install."""


def click_at(x, y):
    """A click as both protocols write it."""
    moves = [{"type": "pointerMove", "x": round(x), "y": round(y)}]
    moves += [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
    pointer = {"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}}
    return [{**pointer, "actions": moves}]


def typed(keys):
    """Keys, or texts letter by letter, one after the other as both protocols write it."""
    letters = [one for key in keys for one in ([KEYS[key]] if key in KEYS else key)]
    strokes = [{"type": kind, "value": one} for one in letters for kind in ("keyDown", "keyUp")]
    return [{"type": "key", "id": "keyboard", "actions": strokes}]


class Playwright:
    """Any of Playwright's browsers."""

    def __init__(self, kind, **options):
        self.kind, self.options = kind, options

    def __enter__(self):
        self.stack = ExitStack()
        playwright = self.stack.enter_context(sync_playwright())
        environment = self.stack.enter_context(with_fonts())
        browser = getattr(playwright, self.kind).launch(**self.options, env=environment)
        self.stack.callback(browser.close)
        self.page = browser.new_page()
        return self

    def __exit__(self, *error):
        self.stack.close()

    def open(self, address):
        self.page.goto(address)

    def run(self, body):
        return self.page.evaluate(f"async () => {{ {body} }}")

    def click(self, x, y):
        self.page.mouse.click(x, y)

    def press(self, *keys):
        for key in keys:
            if key in KEYS:
                self.page.keyboard.press(key)
            else:
                self.page.keyboard.type(key)

    def resize(self, width, height):
        self.page.set_viewport_size({"width": width, "height": height})


class Firefox:
    """The system's Firefox, over WebDriver BiDi."""

    def __init__(self, path):
        self.path = path

    def __enter__(self):
        self.stack = ExitStack()
        profile = self.stack.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True))
        command = [self.path, "--headless", "--no-remote", "--profile", profile]
        self.process = subprocess.Popen(
            [*command, "--remote-debugging-port", "0", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.stack.callback(stop, self.process)
        address = next(filter(None, (re.search(r"ws://\S+", line) for line in self.process.stderr)))
        self.numbers = itertools.count(1)
        self.socket = self.stack.enter_context(connect(address[0] + "/session", max_size=None))
        self.send("session.new", capabilities={})
        tree = self.send("browsingContext.getTree")
        self.context = tree["contexts"][0]["context"]
        return self

    def __exit__(self, *error):
        self.stack.close()

    def send(self, method, **parameters):
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv(timeout=WAIT))
            if answer.get("id") == number:
                if answer["type"] == "error":
                    raise RuntimeError(f"{method}: {answer['message']}")
                return answer["result"]

    def open(self, address):
        self.send("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def run(self, body):
        answer = self.send(
            "script.evaluate",
            expression=f"(async () => JSON.stringify(await (async () => {{ {body} }})()))()",
            awaitPromise=True,
            target={"context": self.context},
        )
        if answer["type"] == "exception":
            raise RuntimeError(answer["exceptionDetails"]["text"])
        return json.loads(answer["result"].get("value", "null"))

    def click(self, x, y):
        self.send("input.performActions", context=self.context, actions=click_at(x, y))

    def press(self, *keys):
        self.send("input.performActions", context=self.context, actions=typed(keys))

    def resize(self, width, height):
        viewport = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self.context, viewport=viewport)


class WebKit:
    """WebKitGTK's MiniBrowser on a display of its own, over WebDriver."""

    def __init__(self, driver, browser, display):
        self.driver, self.browser, self.display = driver, browser, display

    def __enter__(self):
        self.stack = ExitStack()
        screen = ["-displayfd", "1", "-screen", "0", "1600x1200x24", "-nolisten", "tcp"]
        display = subprocess.Popen(
            [self.display, *screen], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self.stack.callback(stop, display)
        number = display.stdout.readline().strip()
        port = free_port()
        driver = subprocess.Popen(
            [self.driver, f"--port={port}"],
            env={**os.environ, "DISPLAY": f":{number}", "WEBKIT_DISABLE_COMPOSITING_MODE": "1"},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.stack.callback(stop, driver)
        self.session = f"http://127.0.0.1:{port}/session"
        wait_for_port(port)
        options = {"binary": self.browser, "args": ["--automation"]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        self.session += "/" + self.send("POST", "", capabilities=wanted)["sessionId"]
        self.stack.callback(self.send, "DELETE", "")
        return self

    def __exit__(self, *error):
        self.stack.close()

    def send(self, method, path, **parameters):
        request = urllib.request.Request(
            self.session + path,
            method=method,
            data=json.dumps(parameters).encode() if method == "POST" else None,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urllib.request.urlopen(request, timeout=WAIT) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{path}: {json.load(error)['value']['message']}") from None

    def open(self, address):
        self.send("POST", "/url", url=address)

    def run(self, body):
        return self.send("POST", "/execute/sync", script=f"return (async () => {{ {body} }})()",
                         args=[])  # fmt: skip

    def click(self, x, y):
        self.send("POST", "/actions", actions=click_at(x, y))

    def press(self, *keys):
        self.send("POST", "/actions", actions=typed(keys))

    def resize(self, width, height):
        """As near as the window's frame and its own least width (some 450 pixels) allow."""
        self.send("POST", "/window/rect", width=width, height=height)


def stop(process):
    process.terminate()
    try:
        process.wait(timeout=10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe:
            pipe.close()


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for_port(port):
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the driver does not answer")


def bundled(kind):
    """Playwright's own build of an engine, or None where it has not been downloaded."""
    with sync_playwright() as playwright:
        path = getattr(playwright, kind).executable_path
    return Playwright(kind) if Path(path).is_file() else None


def chromium():
    if path := here():
        return Playwright("chromium", executable_path=path, args=FLAGS)
    return bundled("chromium") or missing("Chromium", "chromium")


def firefox():
    if own := bundled("firefox"):
        return own
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    return Firefox(path) if path else missing("Firefox", "firefox-esr")


def webkit():
    if own := bundled("webkit"):
        return own
    browsers = sorted(Path("/usr").glob("lib*/**/webkit2gtk-*/MiniBrowser"))
    paths = [shutil.which("WebKitWebDriver"), *map(str, browsers[-1:]), shutil.which("Xvfb")]
    if len(paths) == 3 and all(paths):
        return WebKit(*paths)
    return missing("WebKit", "webkit2gtk-driver xvfb")


def missing(name, packages):
    raise Missing(
        f"{name} is not installed. On Debian and Ubuntu: apt-get install {packages}; "
        f"elsewhere: python -m playwright install {name.lower()}"
    )


ENGINES = {"chromium": chromium, "firefox": firefox, "webkit": webkit}
