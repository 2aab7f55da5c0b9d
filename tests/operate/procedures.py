"""The procedures of docs/operating.md: their shell blocks, and a folder in which they are run as written."""

import os
import re
import socket
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from tests.support import calls
from tests.support.process import TOKEN, free_port, wait_until

DOCUMENT = Path(__file__).parents[2] / "docs" / "operating.md"
PORT = ":8080"
DEFAULT = ("flagstaff", "serve")
SERVE = re.compile(r"flagstaff serve( --workers \d+)?$")


def read_procedures() -> dict[str, list[str]]:
    """The shell blocks under each heading that has any."""
    sections = re.split(r"^## ", DOCUMENT.read_text(), flags=re.MULTILINE)[1:]
    found = {
        text.partition("\n")[0]: re.findall(r"^```sh\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
        for text in sections
    }
    return {heading: blocks for heading, blocks in found.items() if blocks}


@dataclass
class Operator:
    """Runs blocks by `sh -e`. `flagstaff serve`, where a block ends in it, goes on until `stop`.

    Only the port differs from what is written, so that a free one is used.
    """

    folder: Path
    environ: dict[str, str] = field(default_factory=dict)
    server: "subprocess.Popen[bytes] | None" = None

    def __post_init__(self) -> None:
        self.port = free_port()
        commands = self.folder / "bin"
        commands.mkdir()
        program = commands / "flagstaff"
        program.write_text(f"#!{sys.executable}\nfrom flagstaff.__main__ import main\nmain()\n")
        program.chmod(0o700)
        self.home = self.folder / "server"
        self.home.mkdir()
        self.environ = {
            "PATH": f"{commands}:{os.environ['PATH']}",
            "PYTHONPATH": os.environ.get("PYTHONPATH", ""),
            "FLAGSTAFF_PORT": str(self.port),
            "TOKEN": TOKEN,
        }

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def run(self, block: str, **environ: str) -> str:
        """What the block prints. It must succeed, and its server, if it starts one, must be ready."""
        script = block.replace(PORT, f":{self.port}").strip()
        command = SERVE.search(script)
        if command is not None:
            script = f"{script.removesuffix(command[0])}env > ../environ"
        done = subprocess.run(
            ["sh", "-e", "-c", script],
            cwd=self.home,
            env=self.environ | environ,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, (block, done.stdout, done.stderr)
        if command is not None:
            self.start(*command[0].split())
        return done.stdout

    def start(self, *command: str) -> None:
        """Start the server with what the last block has exported."""
        lines = (self.folder / "environ").read_text().splitlines()
        environ = dict(line.split("=", 1) for line in lines if "=" in line)
        with (self.folder / "log").open("a") as log:
            self.server = subprocess.Popen(
                command or DEFAULT, cwd=self.home, env=environ, stdout=log, stderr=log
            )
        wait_until(self._has_started, "the server answers")

    def stop(self) -> None:
        """Stop the server, if one runs; it must end well."""
        if self.server is not None:
            self.server.terminate()
            assert self.server.wait(20) == 0, (self.folder / "log").read_text()
            self.server = None

    def ask(self, path: str, **headers: str) -> httpx.Response:
        return calls.get(f"{self.url}{path}", headers=headers)

    def call(self, method: str, path: str, body: Any = None) -> httpx.Response:
        """A REST call with TOKEN."""
        headers = {"Authorization": TOKEN}
        return calls.request(method, f"{self.url}{path}", headers=headers, json=body)

    def _has_started(self) -> bool:
        """Connections are accepted before the first login is told; an answer, or TLS hanging up, is later."""
        assert self.server is not None
        assert self.server.poll() is None, (self.folder / "log").read_text()
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=20) as asking:
            asking.sendall(b"GET /healthz HTTP/1.0\r\n\r\n")
            asking.recv(1)
            return True
        return False
