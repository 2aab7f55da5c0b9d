"""The shape of a context: which members its body has, and where. Those of one shape differ in values alone.

Who writes a context knows its shape, and few shapes stand for many contexts. A search tells from a number
whether there is an attribute, and mostly from the bytes of a body what its value is: reading a body as JSON
takes three times as long.
"""

import hashlib
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from flagstaff.features.contexts.model import escape_name, unescape_name
from flagstaff.kernel.filters.expression import Value
from flagstaff.storage.conditions import Condition
from flagstaff.storage.json_conditions import member_meets, path_of, shows_member

MOST_MEMBERS = 64  # more than these are not worth a row each
MOST_TEXT = 4_096  # characters of references
ALWAYS = ("/kind", "/key")  # members of every body, which references of attributes leave out
SHAPES = "shape IN (SELECT shape FROM context_shapes WHERE environment_id = :environment AND path = {})"


class Shape(msgspec.Struct, frozen=True, gc=False):
    """`members` are references, each with whether it is the only one whose name ends as its does."""

    id: int
    members: tuple[tuple[str, bool], ...]


def shape_of(references: tuple[str, ...]) -> Shape | None:
    """The shape of bodies in which these lead to all that is no object with members; None for a large one."""
    return None if sum(map(len, references)) > MOST_TEXT else _describe(references)


@lru_cache(maxsize=2_000)
def _describe(references: tuple[str, ...]) -> Shape | None:
    members = sorted({inner for reference in (*ALWAYS, *references) for inner in _list_prefixes(reference)})
    if len(members) > MOST_MEMBERS:
        return None
    # As they stand in a body: a line feed ends like the letter `n`.
    names = [msgspec.json.encode(unescape_name(member.rpartition("/")[2]))[1:-1] for member in members]
    alone = [sum(other.endswith(name) for other in names) == 1 for name in names]
    text = "\n".join(members).encode()  # which no reference has before a slash
    digest = hashlib.blake2b(text, digest_size=8).digest()
    return Shape(int.from_bytes(digest, "big", signed=True), tuple(zip(members, alone, strict=True)))


def attribute_meets(path: Sequence[str], operator: str, value: Value) -> Condition:
    """`member_meets` of a context's body, with as few bodies read as JSON as possible.

    It asks for the parameter `environment` besides its own.
    """
    reference = {"reference": "".join(f"/{escape_name(name)}" for name in path)}
    if operator == "exists" or value is None:
        is_wanted = bool(value) if operator == "exists" else operator == "notEquals"
        # Of contexts whose shape is not told, or forgotten, the body is read.
        has = (
            f"CASE WHEN {SHAPES.format(':always')} THEN {SHAPES.format(':reference')} "
            "ELSE json_type(body, :path) IS NOT NULL END"
        )
        given = {**reference, "path": path_of(path), "always": ALWAYS[0]}
        return f"{'' if is_wanted else 'NOT '}({has})", given
    shown = shows_member("body", path[-1], operator, value)
    if shown is None:
        return member_meets("body", path, operator, value)
    sql, values = shown
    only = SHAPES.format(":reference AND is_only")
    proof = (f"{sql} AND {only}", {**values, **reference})
    return member_meets("body", path, operator, value, proof)


def _list_prefixes(reference: str) -> Iterator[str]:
    """The reference, and those of the objects that it leads through."""
    parts = reference.split("/")
    return ("/".join(parts[:end]) for end in range(2, len(parts) + 1))
