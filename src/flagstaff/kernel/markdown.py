"""Values in Markdown, as the words of the audit log hold them: in back-ticks, struck through where gone."""

import re
from typing import Any

import msgspec

LONGEST = 300  # characters of one quoted text


def quote(value: Any) -> str:
    """Put a text, or a JSON value as it is written, into as many back-ticks as it takes."""
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    text = text.replace("\n", " ")
    if len(text) > LONGEST:
        text = f"{text[:LONGEST]}…"
    longest = max(map(len, re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    padding = " " if longest or not text else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def strike(text: str) -> str:
    """Mark a text as what was before."""
    return f"~~{text}~~"
