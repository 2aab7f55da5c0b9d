"""Programs of other languages that run an SDK and speak JSON lines: one line in is one request."""

import json
import subprocess
from collections.abc import Sequence
from typing import Any, Self


class SdkProgram:
    """One that runs; leaving it closes its SDK, and fails if it does not end well."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self.end() == 0

    def ask(self, what: str, **given: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"ask": what, **given}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> int:
        """Close the SDK; the status that the program ends with by itself."""
        assert self._process.stdin
        assert self._process.stdout
        self.ask("close")
        self._process.stdin.close()
        self._process.stdout.close()
        return self._process.wait(10)
