"""What differs between two states of a resource, as a Markdown list for the audit log."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import msgspec

from flagstaff.kernel.markdown import quote, strike


class Wording(msgspec.Struct, frozen=True):
    """How a resource's attributes are called; those inside another one as in `config.host`.

    `switches` have words for on and for off, `lists` a name and a way to write one item. Of what is `unshown`
    (secrets, long values) only the name is told. What is named nowhere is not told of.
    """

    texts: Mapping[str, str] = msgspec.field(default_factory=dict)
    switches: Mapping[str, tuple[str, str]] = msgspec.field(default_factory=dict)
    lists: Mapping[str, tuple[str, Callable[[Any], str]]] = msgspec.field(default_factory=dict)
    unshown: Mapping[str, str] = msgspec.field(default_factory=dict)


TAGS = {"tags": ("tag", quote)}


def describe_change(before: Any, after: Any, wording: Wording) -> str:
    """A Markdown list of what differs between two structs or mappings; what only one of them has does not."""
    old, new = dict(_flatten(before, wording)), dict(_flatten(after, wording))
    differing = (name for name in new if name in old and old[name] != new[name])
    items = [item for name in differing for item in _describe(name, old[name], new[name], wording)]
    return "\n\n".join(f"- {item}" for item in items)


def _flatten(state: Any, wording: Wording, prefix: str = "") -> Iterator[tuple[str, Any]]:
    members = msgspec.structs.asdict(state) if isinstance(state, msgspec.Struct) else state
    for name, value in members.items():
        path = f"{prefix}{name}"
        if isinstance(value, (Mapping, msgspec.Struct)) and path not in wording.unshown:
            yield from _flatten(value, wording, f"{path}.")
        else:
            yield path, value


def _describe(name: str, old: Any, new: Any, wording: Wording) -> Iterator[str]:
    if name in wording.lists:
        noun, write = wording.lists[name]
        yield from (f"Added {noun} {write(item)}" for item in new if item not in old)
        yield from (f"Removed {noun} {strike(write(item))}" for item in old if item not in new)
    elif name in wording.switches:
        yield wording.switches[name][0 if new else 1]
    elif name in wording.unshown:
        yield f"Changed the {wording.unshown[name]}"
    elif name in wording.texts:
        yield _describe_text(wording.texts[name], old, new)


def _describe_text(noun: str, old: Any, new: Any) -> str:
    if old in ("", None):
        return f"Set the {noun} to {quote(new)}"
    if new in ("", None):
        return f"Removed the {noun} {strike(quote(old))}"
    return f"Changed the {noun} from {strike(quote(old))} to {quote(new)}"
