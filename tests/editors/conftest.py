"""Editors' own servers, started as editors start them, and projects whose files are wired to schemas."""

import json
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from typedflow.cli import main

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
_SECONDS = 60


@dataclass
class Server:
    """A language server on pipes: requests are answered in turn, diagnostics are kept by file."""

    process: subprocess.Popen[bytes]
    settings: dict[str, Any]
    diagnostics: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    _last: int = 0

    def start(self, root: Path) -> None:
        """Begin a session in a folder."""
        folder = {"uri": root.as_uri(), "name": root.name}
        capabilities = {
            "workspace": {"configuration": True, "workspaceFolders": True},
            "textDocument": {
                "completion": {"completionItem": {"snippetSupport": False}},
                "hover": {"contentFormat": ["markdown"]},
                "publishDiagnostics": {},
            },
        }
        options = {"processId": os.getpid(), "rootUri": folder["uri"], "workspaceFolders": [folder]}
        self.ask("initialize", {**options, "capabilities": capabilities})
        self.tell("initialized", {})
        self.tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def open(self, file: Path, language: str, text: str | None = None) -> Path:
        """Open a file, and wait for what the server finds in it.

        Another text is opened as a file beside it, which is not on disk: of one that is opened again, a server may
        still tell what it found before.
        """
        if text is None:
            text = file.read_text(encoding="utf-8")
        else:
            file = file.with_name(f"{len(self.diagnostics)}{file.name}")
        document = {"uri": file.as_uri(), "languageId": language, "version": 1, "text": text}
        self.tell("textDocument/didOpen", {"textDocument": document})
        while file.as_uri() not in self.diagnostics:
            self._take()
        return file

    def messages(self, file: Path, language: str, text: str | None = None) -> list[str]:
        """Give the messages of what the server finds in a file."""
        return sorted(item["message"] for item in self.diagnostics[self.open(file, language, text).as_uri()])

    def completions(self, file: Path, line: int, column: int) -> set[str]:
        """Give what is offered at a position; both count from 0."""
        found = self.ask("textDocument/completion", _at(file, line, column))
        return {item["label"] for item in (found["items"] if isinstance(found, dict) else found or [])}

    def hover(self, file: Path, line: int, column: int) -> str:
        """Give what is shown for a position; both count from 0."""
        found = self.ask("textDocument/hover", _at(file, line, column))
        content = found["contents"] if found else ""
        return content["value"] if isinstance(content, dict) else str(content)

    def ask(self, method: str, parameters: Any) -> Any:
        """Send a request, and give its result."""
        self._last += 1
        self._send({"id": self._last, "method": method, "params": parameters})
        while True:
            message = self._take()
            if message.get("id") == self._last and "method" not in message:
                assert "error" not in message, message
                return message["result"]

    def tell(self, method: str, parameters: Any) -> None:
        """Send a notification."""
        self._send({"method": method, "params": parameters})

    def _take(self) -> dict[str, Any]:
        """Take the server's next message; what it asks of an editor is answered."""
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline()) not in (b"\r\n", b""):
            name, _, value = line.decode().partition(":")
            length = int(value) if name.lower() == "content-length" else length
        content = self.process.stdout.read(length)
        assert content, "the server has ended"
        message: dict[str, Any] = json.loads(content)
        if message.get("method") == "textDocument/publishDiagnostics":
            self.diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            self._send({"id": message["id"], "result": self._answer(message)})
        return message

    def _answer(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [self.settings.get(item.get("section", "")) for item in message["params"]["items"]]

    def _send(self, message: dict[str, Any]) -> None:
        assert self.process.stdin is not None
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        self.process.stdin.flush()


def _at(file: Path, line: int, column: int) -> dict[str, Any]:
    return {"textDocument": {"uri": file.as_uri()}, "position": {"line": line, "character": column}}


@pytest.fixture(scope="session")
def node_modules(request: pytest.FixtureRequest) -> Path:
    """The packages of package.json, installed once; without node or npm the tests are skipped."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node and npm are not installed")
    assert request.config.cache is not None
    folder = request.config.cache.mkdir("typedflow-editors")
    lock = (HERE / "package-lock.json").read_text(encoding="utf-8")
    done = folder / "done"
    if not done.is_file() or done.read_text(encoding="utf-8") != lock:
        for name in ("package.json", "package-lock.json"):
            shutil.copy(HERE / name, folder / name)
        command = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts"]
        installed = subprocess.run(command, cwd=folder, check=False, capture_output=True, text=True)
        if installed.returncode != 0:
            if os.environ.get("CI"):
                pytest.fail(installed.stderr)
            pytest.skip(f"npm installs nothing here: {installed.stderr.strip().splitlines()[-1:]}")
        done.write_text(lock, encoding="utf-8")
    return folder / "node_modules"


@pytest.fixture
def serve(node_modules: Path) -> Iterator[Callable[..., Server]]:
    """Starts yaml-language-server with settings, in a folder."""
    started: list[subprocess.Popen[bytes]] = []

    def start(root: Path, **settings: Any) -> Server:
        program = node_modules / "yaml-language-server" / "bin" / "yaml-language-server"
        offline = {"schemaStore": {"enable": False}, "kubernetesCRDStore": {"enable": False}, "validate": True}
        yaml = {**offline, "completion": True, "hover": True, **settings}
        process = subprocess.Popen(
            ["node", str(program), "--stdio"],  # noqa: S607 # the fixture has found it
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        started.append(process)
        server = Server(process, {"yaml": yaml})
        server.start(root)
        return server

    yield start
    for process in started:
        process.kill()
        process.communicate(timeout=_SECONDS)


@dataclass(frozen=True)
class Tool:
    """A program of a package, beside the Python that runs the tests."""

    program: str

    def judge(self, root: Path, *arguments: str) -> tuple[int, str]:
        """Run it in a folder: its code, and all that it prints."""
        done = subprocess.run(
            [self.program, *arguments],
            cwd=root,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "NO_COLOR": "1"},
        )
        return done.returncode, done.stdout


@pytest.fixture
def tool() -> Callable[[str], Tool]:
    """Finds a program; the test is skipped where it is not installed."""

    def find(name: str) -> Tool:
        program = shutil.which(name, path=sysconfig.get_path("scripts")) or shutil.which(name)
        if program is None:
            pytest.skip(f"{name} is not installed: it is in the dependency group `editors`")
        return Tool(program)

    return find


@pytest.fixture
def demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the demo, as the working directory."""
    ignored = shutil.ignore_patterns("__pycache__", ".metaflow", ".typedflow")
    root = Path(shutil.copytree(ROOT / "examples" / "demo", tmp_path.resolve() / "demo", ignore=ignored))
    monkeypatch.chdir(root)
    monkeypatch.setattr(sys, "path", [*sys.path])
    for name in ("settings", "flows.settings"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    return root


@pytest.fixture
def wired(demo: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """The demo with its files wired to their schemas."""
    assert main(["schema", "install"]) == 0, capsys.readouterr().err
    return demo
