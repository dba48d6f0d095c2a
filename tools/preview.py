"""Draw the pictures that link previews show: `python tools/preview.py`. They are committed."""

import io
import re

from book import project
from book.project import ROOT
from browser import running
from PIL import Image
from playwright.sync_api import ViewportSize

SIZE: ViewportSize = {"width": 1200, "height": 630}
PAGE = """<!DOCTYPE html><html lang="{code}"><meta charset="utf-8"><style>
body {{ margin: 0; height: 630px; box-sizing: border-box; padding: 84px 90px; background: #fdfdfc;
  color: #1e2326; font-family: "Noto Sans KR", "Noto Sans CJK KR", sans-serif;
  border-top: 18px solid #0b6670; word-break: keep-all; }}
h1 {{ margin: 0 0 16px; font-size: 76px; line-height: 1.2; letter-spacing: -0.01em; }}
svg {{ display: block; width: 820px; margin-top: 48px; }}
.accent {{ stroke: #0b6670; }}
.letter {{ font: 600 20px "DejaVu Sans Mono", monospace; fill: currentColor; }}
</style><h1>{title}</h1>{picture}</html>"""


def main() -> None:
    """Draw one picture a language into _static."""
    titles = project.config(ROOT)["sphinx"]["config"]["bilingual_titles"]
    (picture,) = re.findall(r"<svg.*?</svg>", (ROOT / "index.md").read_text("utf-8"), re.S)
    with running() as browser:
        page = browser.new_page(viewport=SIZE)
        for code, title in titles.items():
            page.set_content(PAGE.format(code=code, title=title, picture=picture))
            image = Image.open(io.BytesIO(page.screenshot())).quantize(64)
            image.save(ROOT / "_static" / f"preview-{code}.png", optimize=True)


if __name__ == "__main__":
    main()
