"""An editor that asks a language server what could stand at a place."""

import json
import subprocess
from pathlib import Path
from typing import Any


class Editor:
    """Speaks the language server protocol over pipes, as far as completion goes."""

    def __init__(self, server: Path, folder: Path) -> None:
        command = [str(server), "--stdio"]
        self._server: Any = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self._folder = folder.as_uri()
        self._count = 0
        self._ask(
            "initialize",
            processId=None,
            rootUri=self._folder,
            workspaceFolders=[{"uri": self._folder, "name": "project"}],
            capabilities={"textDocument": {"completion": {"completionItem": {}}}},
        )
        self._send({"method": "initialized", "params": {}})

    def complete(self, text: str) -> list[str]:
        """What the server offers at the sign `|` in a program."""
        before, _, after = text.partition("|")
        name = f"{self._folder}/program{self._count}.py"
        opened = {"uri": name, "languageId": "python", "version": 1, "text": before + after}
        self._send({"method": "textDocument/didOpen", "params": {"textDocument": opened}})
        position = {"line": before.count("\n"), "character": len(before.rpartition("\n")[2])}
        found = self._ask("textDocument/completion", textDocument={"uri": name}, position=position)
        return [item["label"].strip('"') for item in (found or {}).get("items", [])]

    def close(self) -> None:
        self._server.kill()
        self._server.communicate()

    def _ask(self, method: str, **parameters: Any) -> Any:
        self._count += 1
        number = self._count
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            message = self._receive()
            if "method" in message and "id" in message:  # the server asks back
                items = (
                    message["params"].get("items") if message["method"] == "workspace/configuration" else None
                )
                self._send({"id": message["id"], "result": [{} for _ in items] if items else None})
            elif message.get("id") == number:
                return message.get("result")

    def _send(self, message: dict[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self._server.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(content), content))
        self._server.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        length = 0
        while line := self._server.stdout.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        received: dict[str, Any] = json.loads(self._server.stdout.read(length))
        return received
