"""The small tools: finding a browser, serving the book, pinning, the environment."""

import http.client
import os
import re
import shutil
import socket
import struct
import subprocess
import sys
import threading
import urllib.request
from importlib import metadata
from pathlib import Path

import browser
import lock
import nbformat
import pytest
import serve
from packaging.specifiers import SpecifierSet
from slow import SLOW

ROOT = Path(__file__).resolve().parents[2]


class Machine:
    """A machine with these programs, on which these commands succeed; remembers what it heard.

    `heard` holds what ran and what was said, in order; `ran` only the former.
    """

    def __init__(self, programs=(), works=(), installs=()):
        self.programs, self.works, self.installs = list(programs), list(works), installs
        self.ran, self.heard = [], []

    def say(self, sentence):
        self.heard.append(sentence)

    def which(self, name):
        return f"/bin/{name}" if name in self.programs else None

    def runs(self, *command):
        line = " ".join(command)
        self.ran.append(line)
        self.heard.append(line)
        if any(word in line for word in self.works):
            self.programs += self.installs if "apt-get install" in line else []
            return True
        return False

    def find(self, **environment):
        return browser.find(environment, self.which, self.runs, "python", self.say)


def test_the_named_browser_comes_first():
    machine = Machine(["mine", "chromium"], ["--version"])
    assert machine.find(CHROMIUM="mine") == "/bin/mine"
    assert machine.ran == []


def test_a_named_browser_that_is_not_there_is_not_replaced_by_another():
    machine = Machine(["chromium"], ["--version"])
    assert machine.find(CHROMIUM="mine") is None
    assert machine.ran == []


@pytest.mark.browser
@pytest.mark.slow
def test_a_browser_has_fonts_where_the_system_has_none(tmp_path):
    """Without any, Chromium dies on the first page; with none for Hangul, its letters are boxes."""
    none = tmp_path / "none.conf"
    none.write_text("<fontconfig></fontconfig>", "utf-8")
    use = """
from browser import running
with running() as browser:
    page = browser.new_page()
    page.set_content("<span>가</span><span>각</span>")
    pictures = [page.locator("span").nth(i).screenshot() for i in range(2)]
    print("different" if pictures[0] != pictures[1] else "the same box twice")
"""
    done = subprocess.run(
        [sys.executable, "-c", use],
        cwd=ROOT / "tools",
        env={**os.environ, "FONTCONFIG_FILE": str(none)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "different"


@pytest.mark.parametrize("name", ["chromium", "chromium-browser", "google-chrome"])
def test_an_installed_browser_comes_before_any_download(name):
    machine = Machine([name], ["--version"])
    assert machine.find() == f"/bin/{name}"
    assert machine.ran == [f"/bin/{name} --version"]


def test_a_stub_that_does_not_start_is_passed_over():
    machine = Machine(["chromium-browser", "google-chrome"], ["google-chrome --version"])
    assert machine.find() == "/bin/google-chrome"


FETCH = "python -m playwright install --only-shell chromium"
STARTS = f"python -c {browser.TRY_IT}"


def test_playwrights_own_that_is_there_is_taken_in_silence():
    machine = Machine(["apt-get"], [browser.TRY_IT])
    assert machine.find() == ""
    assert machine.heard == [STARTS]


def test_playwrights_own_comes_before_the_systems_package(monkeypatch):
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    machine = Machine(["apt-get"], [FETCH])
    runs = machine.runs

    def fetched(*command):
        done = runs(*command)
        machine.works += [browser.TRY_IT] * (command[1:4] == ("-m", "playwright", "install"))
        return done

    machine.runs = fetched
    assert machine.find() == ""
    assert not any("apt-get" in line for line in machine.ran)


@pytest.mark.parametrize("downloaded", [[], ["playwright install"]])
def test_the_systems_package_comes_last(monkeypatch, downloaded):
    """Be it that Playwright's cannot be downloaded, or that it does not start."""
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    machine = Machine(["apt-get"], ["apt-get", "--version", *downloaded], installs=["chromium"])
    assert machine.find() == "/bin/chromium"
    assert "apt-get install -y --no-install-recommends chromium" in machine.ran
    assert machine.ran.index("apt-get update") < machine.ran.index(
        "apt-get install -y --no-install-recommends chromium"
    )


def test_what_is_fetched_is_told_before_with_name_size_and_place(monkeypatch):
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    machine = Machine(["apt-get"], ["apt-get", "--version"], installs=["chromium"])
    machine.find(PLAYWRIGHT_BROWSERS_PATH="/somewhere")
    first, second = [line for line in machine.heard if " MB" in line]
    assert machine.heard.index(first) < machine.heard.index(FETCH)
    assert machine.heard.index(second) < machine.heard.index("apt-get update")
    assert "Chromium" in first and "into /somewhere." in first
    assert '"chromium"' in second and "apt-get installs" in second


def test_the_place_is_playwrights_own(monkeypatch):
    monkeypatch.setattr(browser.sys, "platform", "linux")
    monkeypatch.setattr(browser.Path, "home", lambda: Path("/home/me"))
    assert browser.cache({}) == "/home/me/.cache/ms-playwright"
    assert browser.cache({"XDG_CACHE_HOME": "/cache"}) == "/cache/ms-playwright"
    monkeypatch.setattr(browser.sys, "platform", "darwin")
    assert browser.cache({}) == "/home/me/Library/Caches/ms-playwright"


VERSION = "python -m playwright --version"
LIBRARY = "apt-get install -y --no-install-recommends libatomic1"


def starts(machine):
    """Whether Playwright starts on this machine, in the end."""
    return browser.driver(machine.which, machine.runs, "python", machine.heard.append)


def test_a_driver_that_starts_needs_nothing():
    machine = Machine(["apt-get"], [VERSION])
    assert starts(machine)
    assert machine.heard == [VERSION]


def test_the_library_that_the_driver_lacks_is_told_and_installed(monkeypatch):
    monkeypatch.setattr(browser.os, "geteuid", lambda: 0)
    machine = Machine(["apt-get"], ["apt-get"])
    runs = machine.runs

    def installing(*command):
        done = runs(*command)
        machine.works += [VERSION] * ("libatomic1" in command)
        return done

    machine.runs = installing
    assert starts(machine)
    told = next(line for line in machine.heard if '"libatomic1"' in line)
    assert machine.heard.index(told) < machine.heard.index("apt-get update")
    assert machine.ran.index("apt-get update") < machine.ran.index(LIBRARY)


@pytest.mark.parametrize(("user", "there"), [(1000, ["apt-get", "sudo"]), (0, ["sudo"])])
def test_without_a_way_to_the_library_nothing_is_installed(monkeypatch, user, there):
    monkeypatch.setattr(browser.os, "geteuid", lambda: user)
    machine = Machine(there, ["apt-get", "sudo"])
    assert not starts(machine)
    assert set(machine.ran) == {VERSION}
    assert "sudo apt-get install libatomic1" in browser.NO_DRIVER


@pytest.mark.parametrize("user", [0, 1000])
@pytest.mark.parametrize("works", [[], ["playwright install"], ["apt-get"], ["sudo"]])
def test_nobody_becomes_root(monkeypatch, user, works):
    monkeypatch.setattr(browser.os, "geteuid", lambda: user)
    machine = Machine(["apt-get", "sudo", "su"], works)
    assert machine.find() is None
    words = {word for line in machine.ran for word in line.split()}
    assert not {"sudo", "su", "pkexec", "doas", "--with-deps", "install-deps"} & words
    assert ("apt-get" in words) == (user == 0)


def test_no_browser_at_all():
    assert Machine(["apt-get"]).find() is None
    assert Machine().find() is None


def test_help_is_one_sentence_that_says_what_to_type():
    assert browser.HELP.count(". ") == 0 and browser.HELP.endswith(".")
    for command in (
        "sudo apt-get install chromium",
        "sudo {python} -m playwright install --with-deps chromium",
        "make test CHROMIUM=",
    ):
        assert f"`{command}" in browser.HELP


def test_a_browser_that_does_not_start_says_nothing(capfd):
    assert not browser.runs("python3", "-c", "import sys; sys.exit('a long story')")
    assert not browser.runs("/no/such/program")
    assert capfd.readouterr() == ("", "")


def test_only_the_path_is_printed(tmp_path):
    """What the commands say must not end up in the path."""
    fake = tmp_path / "chromium"
    fake.write_text("#!/bin/sh\necho Chromium 1.0\n")
    fake.chmod(0o755)
    done = subprocess.run(
        [sys.executable, ROOT / "tools/browser.py"],
        env={"PATH": f"{tmp_path}:/usr/bin:/bin"},
        capture_output=True,
        text=True,
    )
    assert done.stdout == f"{fake}\n"


def test_a_browser_that_is_not_there_is_a_clear_error():
    done = subprocess.run(
        ["python3", ROOT / "tools/browser.py"],
        env={"PATH": "/usr/bin:/bin", "CHROMIUM": "/no/such/browser"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1 and done.stdout == ""
    assert done.stderr.startswith("There is no browser /no/such/browser. ")
    assert "make test CHROMIUM=" in done.stderr


@pytest.fixture
def served(tmp_path):
    """A book of one page and one folder, served; asks for a path and gives status and headers."""
    (tmp_path / "index.html").write_text("the book", "utf-8")
    (tmp_path / "한글.html").write_text("글", "utf-8")
    (tmp_path / "_static").mkdir()
    (tmp_path / "_static" / "book.css").write_text("", "utf-8")
    (tmp_path.parent / "secret.txt").write_text("secret", "utf-8")
    with serve.server(tmp_path, 0) as book:
        threading.Thread(target=book.serve_forever, daemon=True).start()

        def ask(path, method="GET"):
            connection = http.client.HTTPConnection("127.0.0.1", book.server_port, timeout=10)
            connection.putrequest(method, path)
            connection.endheaders()
            answer = connection.getresponse()
            body = answer.read()
            connection.close()
            return answer.status, dict(answer.getheaders()), body

        ask.port = book.server_port
        yield ask
        book.shutdown()


def free_port():
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        return other.getsockname()[1]


def test_the_book_is_served_to_this_machine_only(tmp_path):
    port = free_port()
    with serve.server(tmp_path, port) as book:
        assert book.server_address == ("127.0.0.1", port)
        assert book.socket.getsockname() == ("127.0.0.1", port)
    with serve.server(tmp_path, 0) as book:
        assert book.socket.getsockname()[0] == "127.0.0.1"


def test_the_book_is_served_at_a_free_port_when_its_own_is_taken(tmp_path):
    (tmp_path / "index.html").write_text("the book", "utf-8")
    first = serve.server(tmp_path, 0)
    with first, serve.server(tmp_path, first.server_port) as second:
        assert first.server_port != second.server_port
        assert second.server_address[0] == "127.0.0.1"
        threading.Thread(target=second.serve_forever, daemon=True).start()
        with urllib.request.urlopen(f"http://127.0.0.1:{second.server_port}/") as page:
            assert page.read() == b"the book"
        second.shutdown()


def test_a_page_is_asked_for_again_after_a_build(served):
    for path in ("/", "/index.html", "/_static/book.css"):
        status, headers, _ = served(path)
        assert (status, headers["Cache-Control"]) == (200, "no-cache")


@pytest.mark.parametrize(
    "path",
    [
        *("/nothing", "/_static/", "/_static", "/../secret.txt", "/%2e%2e/secret.txt"),
        *("/..%2fsecret.txt", "/%00", "/%ff", "/index.html%00", "//etc/passwd", "/" + "a" * 4000),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_what_is_no_page_is_not_found_and_nothing_is_printed(served, capfd, path, method):
    status, _, body = served(path, method)
    if path == "/_static":  # sent on to the folder, which shows nothing
        assert status == 301
    else:
        assert status == 404 and b"secret" not in body and b"book.css" not in body
    assert served("/%ED%95%9C%EA%B8%80.html")[2] == "글".encode()
    assert capfd.readouterr() == ("", "")


def test_a_reader_who_leaves_is_no_error(served, capfd):
    for _ in range(3):
        with socket.create_connection(("127.0.0.1", served.port)) as reader:
            gone = struct.pack("ii", 1, 0)  # the connection is cut, not closed
            reader.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, gone)
            reader.sendall(b"GET / HTTP/1.1\r\n")
    assert served("/")[0] == 200
    assert capfd.readouterr() == ("", "")


def test_another_error_is_told(tmp_path, capfd):
    with serve.server(tmp_path, 0) as book:
        try:
            raise OSError("a broken disk")
        except OSError:
            book.handle_error(None, ("127.0.0.1", 1))
        try:
            raise BrokenPipeError
        except BrokenPipeError:
            book.handle_error(None, ("127.0.0.1", 1))
    said = capfd.readouterr().err
    assert "a broken disk" in said and "BrokenPipe" not in said


@pytest.mark.parametrize("text", ["abc", "", "-1", "65536", "99999", "8000.5", "²", "٣", " 80"])
def test_what_is_no_port_is_told_in_a_sentence(text):
    with pytest.raises(
        SystemExit, match=rf"^PORT={re.escape(text)} is no port\. .*make serve PORT="
    ):
        serve.port_of(text)


def test_a_port_is_a_number():
    assert [serve.port_of(text) for text in ("0", "80", "8000", "65535")] == [0, 80, 8000, 65535]


def test_the_address_is_printed_and_ctrl_c_stops(tmp_path, monkeypatch, capsys):
    (tmp_path / "index.html").write_text("the book", "utf-8")

    def interrupted(self):
        raise KeyboardInterrupt

    monkeypatch.setattr(serve.Server, "serve_forever", interrupted)
    port = free_port()
    serve.main(tmp_path, port)
    assert f"\nhttp://127.0.0.1:{port}/ " in capsys.readouterr().out


def test_no_book_is_a_clear_error(tmp_path):
    with pytest.raises(SystemExit, match="make book"):
        serve.main(tmp_path, 0)


def test_constraints_pin_what_is_needed_in_turn():
    requirements = "# tools\n-c constraints.txt\n\ntorch==2.13.0  # the network\nnumpy==2.4.6\n"
    compiled = (
        "# from a cache\nzope==1.0\nattrs==26.1.0\nnumpy==2.4.6\nnvidia-cublas-cu12==12.0\n"
        "cuda-bindings==13 ; sys_platform == 'linux'\ncolorama==0.4 ; sys_platform == 'win32'\n"
        "torch==2.13.0+cpu\ntriton==3.5\ntorchvision==0.2+cpu\n    # via torch\n"
    )
    assert lock.constraints(requirements, compiled) == (
        lock.HEAD + "attrs==26.1.0\ncolorama==0.4\ntorchvision==0.2\nzope==1.0\n"
    )


def test_pinning_keeps_the_pins_that_fit_and_names_no_host(tmp_path, monkeypatch):
    """uv is given the old pins, the oldest Python and every system; it installs nothing."""
    (tmp_path / "requirements.txt").write_text("-c constraints.txt\ntorch==2.13.0\n")
    (tmp_path / "constraints.txt").write_text(lock.HEAD + "attrs==26.1.0\n")
    ran = []

    def run(command, check):
        ran.append([str(word) for word in command])
        if "compile" in command:
            asked, known = Path(command[4]), Path(command[6])
            assert asked.read_text() == "torch==2.13.0\n"
            assert known.read_text() == lock.HEAD + "attrs==26.1.0\n"
            known.write_text("--index-url https://somewhere/simple\nattrs==26.1.0\ntorch==2.13.0\n")

    monkeypatch.setattr(lock.subprocess, "run", run)
    monkeypatch.setattr(lock.venv, "create", lambda *args, **options: None)
    lock.main(tmp_path)
    assert (tmp_path / "constraints.txt").read_text() == lock.HEAD + "attrs==26.1.0\n"
    installed, compiled = ran
    assert installed[-1] == lock.UV and "==" in lock.UV
    assert {"--universal", "fewest", "3.11.2"} <= set(compiled)


def test_the_pins_are_plain():
    """Every requirement is pinned once, for every machine alike."""
    requirements = (ROOT / "requirements.txt").read_text("utf-8")
    pins = (ROOT / "constraints.txt").read_text("utf-8")
    direct = [line.split("#")[0].strip() for line in requirements.splitlines()]
    direct = [line for line in direct if line and not line.startswith("-c")]
    turn = [line for line in pins.splitlines() if not line.startswith("#")]
    assert direct and turn
    assert all("==" in line and "+" not in line for line in direct + turn)
    names = [lock.name(line) for line in direct + turn]
    assert len(names) == len(set(names))
    assert not any(lock.LEFT_TO_TORCH.match(name) for name in names)


def test_the_pins_install_on_the_python_of_debian_12():
    """It is 3.11.2; some packages ask for a later 3.11, and pip then finds no way at all."""
    pins = re.findall(r"(?m)^([\w.-]+)==(\S+)", (ROOT / "requirements.txt").read_text("utf-8"))
    pins += re.findall(r"(?m)^([\w.-]+)==(\S+)", (ROOT / "constraints.txt").read_text("utf-8"))
    refused = []
    for name, version in pins:
        for found in metadata.distributions(name=name):
            asked = found.metadata.get("Requires-Python")  # some have none
            same = found.version.split("+")[0] == version
            if same and asked and not SpecifierSet(asked).contains("3.11.2"):
                refused.append(f"{name} {version} asks for {asked}")
    assert len(pins) > 50 and refused == []


def test_what_is_slow_is_there():
    """A file that was renamed would make `make quick` slow without a word."""
    assert all((ROOT / "tests" / f"{name}.py").is_file() for name in SLOW)


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        (f"x = 1  # {'1' * 70}", None),
        (f"x = 1  # {'1' * 71} 1", "E501"),
        ("import os", "F401"),
        ("x = unknown", "F821"),
        ("x = (", "invalid-syntax"),
        ("%time x = 1", None),
    ],
)
def test_ruff_reads_the_code_of_the_chapters(tmp_path, code, rule):
    """`make style` looks at the built notebooks, by the rules beside the sources."""
    folder = tmp_path / "chapters" / "en"
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "chapters" / "ruff.toml", folder.parent)
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(code)],
        metadata={"language_info": {"name": "python"}},
    )
    nbformat.write(notebook, folder / "01_cat.ipynb")
    done = subprocess.run(
        [sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", "."],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    found = re.findall(r"01_cat.*?: ([\w-]+):? ", done.stdout)
    assert found == ([rule] if rule else [])


def test_make_alone_lists_every_target_with_a_line():
    # Started by `make test`, it would announce the folders that it enters.
    command = ["make", "--no-print-directory"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    listed = [line.split()[1] for line in done.stdout.splitlines()]
    makefile = (ROOT / "Makefile").read_text()
    phony = makefile.split(".PHONY:")[1].replace("\\", "").split()
    assert sorted(listed) == sorted(phony)
    assert all(len(line.split()) > 3 for line in done.stdout.splitlines())


@pytest.mark.parametrize(
    ("script", "message"),
    [
        ("exit 1", "Python 3.11 or newer; '{python}' is"),
        ('case "$*" in *ensurepip*) exit 1;; esac', "apt-get install python3-venv"),
    ],
)
def test_a_python_that_will_not_do_is_told_in_a_sentence(tmp_path, script, message):
    python = tmp_path / "python"
    python.write_text(f"#!/bin/sh\n{script}\n")
    python.chmod(0o755)
    done = subprocess.run(
        ["sh", ROOT / "tools/environment.sh", python, tmp_path / "venv"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert message.format(python=python) in done.stderr


@pytest.mark.parametrize(("minor", "taken"), [(-1, False), (0, True), (1, True)])
def test_the_oldest_python_of_the_package_will_do_and_none_before(tmp_path, minor, taken):
    asked = re.search(
        r'requires-python = ">=3\.(\d+)"', (ROOT / "pyproject.toml").read_text("utf-8")
    )
    version = (3, int(asked[1]) + minor, 0)
    shown = f"import sys; sys.version_info = {version}; exec(sys.argv[1])"
    python = tmp_path / "python"
    python.write_text(
        f"#!/bin/sh\ncase $1 in -c) exec {sys.executable} -c '{shown}' \"$2\";; esac\necho $*\n"
    )
    python.chmod(0o755)
    done = subprocess.run(
        ["sh", ROOT / "tools/environment.sh", python, "a-folder"], capture_output=True, text=True
    )
    assert (done.returncode == 0) == taken
    assert done.stdout == ("-m venv a-folder\n" if taken else "")
    assert (f"needs Python 3.{asked[1]} or newer" in done.stderr) == (not taken)


def test_no_python_is_told_in_a_sentence(tmp_path):
    done = subprocess.run(
        ["sh", ROOT / "tools/environment.sh", "/no/python", tmp_path / "venv"],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1
    assert "there is no '/no/python' here" in done.stderr
