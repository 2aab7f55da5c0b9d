"""How well something fits what was typed: exact keys first, then beginnings, then parts. Pure."""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

Kind = Literal["flag", "segment", "environment", "project", "context", "member", "team"]
ORDER: tuple[Kind, ...] = ("flag", "segment", "environment", "project", "context", "member", "team")
WORD = re.compile(r"[^\W_]+")


class Match(msgspec.Struct, frozen=True):
    """Something that was found; `detail` is the address of a member, or the kind of a context."""

    kind: Kind
    key: str
    name: str
    project_key: str = ""
    environment_key: str = ""
    detail: str = ""
    archived: bool = False


def split_words(text: str) -> tuple[str, ...]:
    """What was typed, folded, in words."""
    return tuple(text.casefold().split())


def rank(matches: Iterable[Match], text: str, limit: int) -> list[Match]:
    """The best matches, the best first; what is in the archive comes after the rest."""
    wanted = " ".join(split_words(text))
    return sorted(matches, key=lambda match: _place(match, wanted))[:limit]


def _place(match: Match, wanted: str) -> tuple[bool, int, int, int, str]:
    return (
        match.archived,
        _distance(match, wanted),
        ORDER.index(match.kind),
        len(match.name or match.key),
        match.key,
    )


def _distance(match: Match, wanted: str) -> int:
    key, name = match.key.casefold(), match.name.casefold()
    if wanted == key:
        return 0
    if wanted in {name, match.detail.casefold()}:
        return 1
    if key.startswith(wanted) or name.startswith(wanted):
        return 2
    begins = (text.startswith(wanted, word.start()) for text in (name, key) for word in WORD.finditer(text))
    return 3 if any(begins) else 4
