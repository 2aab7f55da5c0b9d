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

    def __exit__(self, failure: object, *_: object) -> None:
        if failure is None:
            assert self.end() == 0
        else:
            self.stop()

    def expect_ready(self) -> Self:
        """Itself, once its SDK has initialised; it is stopped where that fails."""
        answer = self.ask("ready")
        if answer is not True:
            self.stop()
            raise AssertionError(f"the SDK is not ready: {answer}")
        return self

    def ask(self, what: str, **given: Any) -> Any:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"ask": what, **given}) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def end(self) -> int:
        """Close the SDK; the status that the program ends with by itself."""
        self.ask("close")
        return self._wait()

    def stop(self) -> None:
        """End it however it is."""
        self._process.terminate()
        self._wait()

    def _wait(self) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.stdout.close()
        return self._process.wait(20)
