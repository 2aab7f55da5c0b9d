"""A filter text read from left to right: the tokens that both grammars share, and where reading failed."""

import re
from typing import Any

import msgspec

from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.json_bounds import decode_json

LONGEST = 10_000  # characters; also keeps a search text below a database's limit for a pattern

QUOTED = re.compile(r'"((?:[^"\\]++|\\.)*+)"' r"|'((?:[^'\\]++|\\.)*+)'", re.DOTALL)
NEEDS_CARE = re.compile(r'\\.|"', re.DOTALL)  # in single quotes, on the way to a JSON string
BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"|[][{}]', re.DOTALL)


class Scanner:
    """A position in a filter text; every `take` skips blanks first and moves on only when it succeeds."""

    def __init__(self, text: str) -> None:
        if len(text) > LONGEST:
            raise InvalidRequest(f"filter: longer than {LONGEST} characters")
        self.text = text.rstrip()
        self.position = 0
        self._skip_blanks()

    @property
    def ended(self) -> bool:
        return self.position >= len(self.text)

    def failure(self, expected: str) -> InvalidRequest:
        """The error to raise: what was expected here, and where here is."""
        return InvalidRequest(f"filter: expected {expected} at character {self.position + 1}")

    def take(self, pattern: re.Pattern[str]) -> str | None:
        """Return what `pattern` matches here, without blanks around it, or None."""
        found = pattern.match(self.text, self.position)
        if found is None or not found[0].strip():
            return None
        self._move_to(found.end())
        return found[0].strip()

    def accept(self, mark: str) -> bool:
        """Step over `mark` if it stands here."""
        if not self.text.startswith(mark, self.position):
            return False
        self._move_to(self.position + len(mark))
        return True

    def take_quoted(self) -> str | None:
        """Return the text in single or double quotes that starts here, escapes as in JSON, or None."""
        found = QUOTED.match(self.text, self.position)
        if found is None:
            return None
        inside = found[1] if found[1] is not None else NEEDS_CARE.sub(_as_json, found[2])
        try:
            text = msgspec.json.decode(f'"{inside}"', type=str)
        except msgspec.DecodeError:
            raise self.failure("quoted text with valid escapes") from None
        self._move_to(found.end())
        return text

    def take_object(self) -> dict[str, Any] | None:
        """Return the JSON object that starts here, or None."""
        if not self.text.startswith("{", self.position):
            return None
        depth = 0
        for found in BRACKETS.finditer(self.text, self.position):
            depth += {"{": 1, "[": 1, "}": -1, "]": -1}.get(found[0], 0)
            if depth == 0:
                return self._take_json(found.end())
        raise self.failure("a JSON object with its closing brace")

    def _take_json(self, end: int) -> dict[str, Any]:
        try:
            value: dict[str, Any] = decode_json(self.text[self.position : end].encode())
        except InvalidRequest as error:
            raise InvalidRequest(f"{self.failure('a JSON object')} ({error})") from None
        if not value:
            raise self.failure("a JSON object with a member")
        self._move_to(end)
        return value

    def _move_to(self, position: int) -> None:
        self.position = position
        self._skip_blanks()

    def _skip_blanks(self) -> None:
        while self.position < len(self.text) and self.text[self.position].isspace():
            self.position += 1


def _as_json(found: re.Match[str]) -> str:
    return {"\\'": "'", '"': '\\"'}.get(found[0], found[0])
