"""Segments whose rules ask for other segments: the ways along them that must not lead back."""

from collections.abc import Collection, Mapping


def find_cycle(key: str, asked: Collection[str], uses: Mapping[str, Collection[str]]) -> list[str]:
    """The way from segment `key`, which asks for `asked`, back to itself; empty if there is none.

    `uses` are the segments that each other one asks for. Each is visited once.
    """
    ways = [[key, other] for other in sorted(asked)]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] == key:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways.extend([*way, other] for other in sorted(uses.get(way[-1], ())))
    return []
