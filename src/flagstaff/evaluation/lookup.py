"""What rules ask beyond their context. Scopes answer; clauses and segments know only the questions."""

from abc import ABC, abstractmethod

from flagstaff.evaluation.big_segments import Membership
from flagstaff.evaluation.context import Context


class MalformedFlag(Exception):
    """Data that makes the whole evaluation an error; it never leaves this package."""


class Lookup(ABC):
    """Segments by key, and memberships in big segments by context key."""

    __slots__ = ()

    @abstractmethod
    def contains(self, segment_key: str, context: Context) -> bool:
        """Tell whether the context is in a segment; raise MalformedFlag if that is undecidable."""

    @abstractmethod
    def get_membership(self, context_key: str) -> Membership:
        """Give the big segments of a context key; its status goes into the reason."""

    @abstractmethod
    def miss_big_segment(self) -> None:
        """Note that a big segment cannot be asked for, because it has no generation."""
