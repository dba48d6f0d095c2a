"""What a page costs its reader, beside the same page in a stock Jupyter Book.

    python benchmarks/page_sizes.py

Needs the built book (`make book`). Builds the same chapters once more with Jupyter Book's own
theme and settings into a temporary folder (outputs come from the book's execution cache), opens
every page of both in Chromium, and prints a table: everything transferred, each file gzipped, in
KB. What a stock page asks of other hosts is counted as requests, not as bytes: it must not be
fetched here.
"""

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[1]
HTML = ROOT / "_build" / "html"
sys.path.insert(0, str(ROOT / "tools"))

import browser as chromium  # noqa: E402
from serve import serving  # noqa: E402


def build_stock(folder):
    """The book's chapters as Jupyter Book makes them when only told their names."""
    for name in ("chapters", "index.md", "_toc.yml"):
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copy
        copy(source, folder / name)
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    caches = sorted((ROOT / "_build" / ".jupyter_cache").iterdir(), key=lambda p: p.stat().st_mtime)
    stock = {
        "title": config["title"],
        "only_build_toc_files": True,
        "execute": {"execute_notebooks": "cache", "timeout": 120, "cache": str(caches[-1])},
        "repository": config["repository"],
        "html": {"use_issues_button": True, "use_repository_button": True},
        "launch_buttons": {"colab_url": "https://colab.research.google.com"},
    }
    (folder / "_config.yml").write_text(yaml.safe_dump(stock), encoding="utf-8")
    command = [Path(sys.executable).with_name("jupyter-book"), "build", folder]
    environment = os.environ | {"PYTHONPATH": str(ROOT / "src"), "TQDM_DISABLE": "1"}
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    return folder / "_build" / "html"


def visit(browser, origin, name):
    """(bytes gzipped, files, requests to other hosts) of one page, which reaches its own only."""
    others, own = [], []

    def stay_home(route):
        others.append(route.request.url)
        route.abort()

    page = browser.new_page()
    page.route(lambda url: not url.startswith((origin, "data:", "blob:")), stay_home)
    page.on("response", lambda response: own.append(response))
    page.goto(origin + name, wait_until="networkidle")
    weight = sum(len(gzip.compress(r.body())) for r in own if r.ok and r.url.startswith(origin))
    page.close()
    return weight, len(own), len(others)


def measure(browser, html, names):
    """What `visit` says of each page of a built book."""
    with serving(html) as origin:
        return {name: visit(browser, origin, name) for name in names}


def main():
    names = sorted(path.relative_to(HTML).as_posix() for path in HTML.rglob("*.html"))
    if not names:
        raise SystemExit(f"no built book in {HTML}: build it first (`make book`)")
    with tempfile.TemporaryDirectory() as folder, chromium.running() as browser:
        ours = measure(browser, HTML, names)
        stock = measure(browser, build_stock(Path(folder)), names)
    print("| page | KB | files | stock KB | stock files | stock: other hosts | ratio |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    for name in names:
        (a, files, others), (b, stock_files, stock_others) = ours[name], stock[name]
        assert others == 0, f"{name} asks another host"
        print(
            f"| {name} | {a / 1000:.0f} | {files} | {b / 1000:.0f} | {stock_files} "
            f"| {stock_others} | {b / a:.1f} |"
        )


if __name__ == "__main__":
    main()
