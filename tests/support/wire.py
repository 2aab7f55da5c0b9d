"""What a caller would read: structs turned into plain JSON values, tuples into lists."""

from typing import Any

import msgspec


def as_json(value: Any) -> Any:
    return msgspec.json.decode(msgspec.json.encode(value))
