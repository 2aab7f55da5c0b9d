"""The way through all flags that a kind of client may see; results that are the same for all are joined."""

from flagstaff.evaluation.fragments import end_result
from flagstaff.evaluation.model import Flag, Outcome

MOST_KEPT = 4  # joined results, by whether they have reasons and under which version


class Walk:
    """`keys` are those of all flags; `varying` are the flags that must be evaluated for each context."""

    __slots__ = ("_constant", "_joined", "keys", "varying")

    def __init__(self, flags: list[Flag]) -> None:
        self.keys = [flag.key for flag in flags]
        self.varying = [flag for flag in flags if flag.constant is None]
        self._constant = [flag for flag in flags if flag.constant is not None]
        self._joined: dict[tuple[bool, int | None], bytes] = {}

    def join_constants(self, with_reasons: bool, version: int | None) -> bytes:
        """Give the results of all other flags, each after a comma."""
        joined = self._joined.get((with_reasons, version))
        if joined is None:
            ending = None if version is None else end_result(version)
            parts: list[bytes] = []
            for flag in self._constant:
                if flag.constant is not None:
                    parts += write_result(flag, flag.constant, with_reasons, ending)
            joined = b"".join(parts)
            # Others may be doing the same: whole dicts are exchanged, so that none sees one half made.
            kept = dict(list(self._joined.items())[1 - MOST_KEPT :])
            kept[with_reasons, version] = joined
            self._joined = kept
        return joined


def write_result(
    flag: Flag, outcome: Outcome, with_reasons: bool, ending: bytes | None
) -> tuple[bytes, bytes, bytes, bytes]:
    """Give the parts of a client-side result, after a comma."""
    head = outcome.head_with_reason if with_reasons or outcome.tracks_reason else outcome.head
    return (flag.opening, head, outcome.tail, ending or flag.ending)
