"""`make live`: what is served reloads, and what changes is built."""

import os
import threading
import urllib.request

import live
import pytest
import serve

POLICY = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; img-src data:">'
PAGE = f"<html><head>{POLICY}<title>x</title></head><body>글</body></html>"


def test_a_page_is_served_without_its_policy_and_reloads():
    served = live.reloading(PAGE)
    assert "Content-Security-Policy" not in served and "default-src" not in served
    assert served.startswith("<html><head><title>x</title>")
    assert served.endswith(f"글{live.RELOAD}</body></html>")
    assert live.reloading("<p>no page</p>") == "<p>no page</p>"


def test_the_policy_that_is_left_out_is_the_templates():
    template = (live.ROOT / "_ext/bilingual/theme/page.html").read_text("utf-8")
    assert live.POLICY in template


def test_an_open_page_is_answered_after_the_next_build(tmp_path):
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    (tmp_path / "book.css").write_text("p {}")
    with serve.serving(tmp_path, live.Handler) as address:
        with urllib.request.urlopen(address) as page:
            assert live.RELOAD in page.read().decode()
        with urllib.request.urlopen(f"{address}book.css") as style:
            assert style.read() == b"p {}"
        answers = []

        def ask():
            with urllib.request.urlopen(f"{address}live") as answer:
                answers.append(answer.status)

        asking = threading.Thread(target=ask)
        asking.start()
        while asking.is_alive():  # the question may not have arrived yet
            live.CHANGES.add()
            asking.join(0.05)
        assert answers == [204]


def test_a_page_that_waits_in_vain_is_told():
    assert live.Changes().wait(0) is False


@pytest.mark.parametrize("name", ["chapters/01_cat.md", "glossary.yml", "src/charrnn/lab/kit/a.js"])
def test_a_change_is_seen_once_with_its_name(tmp_path, name):
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("a")
    (tmp_path / "chapters" / "ko").mkdir(parents=True, exist_ok=True)
    seen = live.changes(tmp_path, pause=0)
    changed = threading.Thread(target=lambda: found.append(next(seen)))
    found = []
    changed.start()
    while changed.is_alive():  # built files are not watched, or each build would start the next
        (tmp_path / "chapters" / "ko" / "01_cat.ipynb").write_text("{}")
        os.utime(path, (path.stat().st_atime, path.stat().st_mtime + 1))
        changed.join(0.05)
    assert found == [[path]]


def test_each_change_is_built_and_a_fault_ends_nothing(tmp_path, monkeypatch, capsys):
    (tmp_path / "_build/html").mkdir(parents=True)
    built = []
    monkeypatch.setattr(live, "changes", lambda root: iter([[tmp_path / "a.md"]]))
    number = live.CHANGES.number
    live.main(tmp_path, 0, build=built.append)
    assert built == [tmp_path, tmp_path] and live.CHANGES.number == number + 1
    said = capsys.readouterr().out
    assert "http://127.0.0.1:" in said and "Changed: a.md" in said


def test_a_source_that_cannot_be_built_is_told_and_the_next_is_built(tmp_path, capsys):
    (tmp_path / "_config.yml").write_text("repository: {url: https://github.com/a/b}\n")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "x"\nversion = "1.0.0"\n')
    (tmp_path / "glossary.yml").write_text("- {en: a, ko: b, means: {ko: c, en: d}}\n")
    (tmp_path / "chapters").mkdir()
    (tmp_path / "chapters" / "01_cat.md").write_text("# No language\n")
    live.build(tmp_path)
    said = capsys.readouterr()
    assert "01_cat.md:1: prose needs" in said.err and "Mend this and save" in said.err
