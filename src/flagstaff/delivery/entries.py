"""What a snapshot holds of each flag and segment, and of those that are gone."""

from collections.abc import Mapping
from typing import NamedTuple


class Entry(NamedTuple):
    """One flag or segment: the data version of its last visible change, and its JSON, which contains it."""

    version: int
    payload: bytes


Entries = Mapping[str, Entry]
Gone = Mapping[tuple[str, str], int]  # the data version at which an object of that kind and key went
