"""Semantic versions (SemVer 2, minor and patch optional) as keys that compare by precedence."""

import re
from typing import Any, TypeAlias

Identifier: TypeAlias = tuple[bool, int, str]
Version: TypeAlias = tuple[int, int, int, bool, tuple[Identifier, ...]]

_NUMBER = "(0|[1-9][0-9]*)"
_IDENTIFIERS = r"([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)"
_VERSION = re.compile(rf"{_NUMBER}(?:\.{_NUMBER}(?:\.{_NUMBER})?)?(?:-{_IDENTIFIERS})?(?:\+{_IDENTIFIERS})?")


def as_version(text: Any) -> Version | None:
    """Give a key whose order is the precedence of versions; None when the text is no version."""
    match = _VERSION.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        return None
    major, minor, patch, labels, _build = match.groups()
    try:
        identifiers = tuple(_parse_identifier(label) for label in labels.split(".")) if labels else ()
        # A release stands above each of its pre-releases, hence the boolean before the identifiers.
        return (int(major), int(minor or 0), int(patch or 0), not identifiers, identifiers)
    except ValueError:
        return None


def _parse_identifier(label: str) -> Identifier:
    if not label.isdigit():
        return (True, 0, label)
    if label.startswith("0") and label != "0":
        raise ValueError("a numeric identifier has no leading zero")
    return (False, int(label), "")
