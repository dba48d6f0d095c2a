"""Draw the README's animation from the built root page: `python tools/animation.py`.

A browser whose clock is ours opens the page (`make book` makes it), and every other letter a
picture is taken, until its network writes its sentence right. Run it again when the root page looks
otherwise; the picture is committed.
"""

import io
import sys
from pathlib import Path

import browser
from book.languages import REFERENCE
from PIL import Image
from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent
DOOR = ROOT / "_build" / "html" / "index.html"
TARGET = ROOT / "docs" / "door.gif"
FRAME = 140  # milliseconds of the page's clock between two pictures: two letters
LONG = 3000  # how long the last one stays
MOST = 1000  # pictures; a page that has not ended by then is broken
COLOURS = 48


def frames(page: Page) -> list[Image.Image]:
    """The box in which the network writes, every other letter."""
    page.clock.install(time=0)
    page.goto(DOOR.as_uri())
    page.clock.pause_at(1000)
    page.add_style_tag(content=".writing-status, .writing-buttons, .writing-head { display: none }")
    place = page.locator(".writing-now")
    taken: list[Image.Image] = []
    for _ in range(MOST):
        shot = place.screenshot(scale="css")
        taken.append(Image.open(io.BytesIO(shot)).convert("RGB"))
        if page.locator(".writing-status").text_content():
            return taken
        page.clock.run_for(FRAME)
    raise SystemExit(f"{DOOR}: the network has not written its sentence in {MOST} pictures.")


def montage(images: list[Image.Image]) -> Image.Image:
    """Pictures above one another."""
    width, height = images[0].size
    sheet = Image.new("RGB", (width, height * len(images)))
    for row, image in enumerate(images):
        sheet.paste(image, (0, row * height))
    return sheet


def main() -> int:
    """Write the animation.

    Raises:
        SystemExit: the book is not built.
    """
    if not DOOR.exists():
        raise SystemExit(f"no {DOOR}: build the book first (`make book`).")
    with browser.running() as chromium:
        window = {"width": 700, "height": 700}
        page = chromium.new_page(viewport=window, locale=REFERENCE, color_scheme="light")
        taken = frames(page)
    palette = montage(taken[:: len(taken) // 9]).quantize(COLOURS)  # one for all
    drawn = [image.quantize(palette=palette, dither=Image.Dither.NONE) for image in taken]
    durations = [FRAME] * (len(drawn) - 1) + [LONG]
    drawn[0].save(
        TARGET, save_all=True, append_images=drawn[1:], duration=durations, loop=0, optimize=True
    )
    print(f"{TARGET.relative_to(ROOT)}: {len(drawn)} pictures, {TARGET.stat().st_size // 1024} KB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
