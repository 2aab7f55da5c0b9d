"""The way through all flags that a kind of client may see; results that are the same for all are joined."""

from flagstaff.evaluation.fragments import end_result
from flagstaff.evaluation.model import Flag, Outcome

MOST_KEPT = 4  # sets of results, by whether they have reasons and under which version


class Texts:
    """Results as JSON, each after a comma: `constant` joins those that are the same for everybody.

    `by_outcome` holds those of outcomes that a context has led to; they must be of flags of the walk.
    """

    __slots__ = ("by_outcome", "constant", "ending", "with_reasons")

    def __init__(self, constant: list[Flag], with_reasons: bool, version: int | None) -> None:
        self.with_reasons = with_reasons
        self.ending = None if version is None else end_result(version)
        self.by_outcome: dict[Outcome, bytes] = {}
        parts = [self.write(flag, flag.constant) for flag in constant if flag.constant is not None]
        self.constant = b"".join(parts)

    def write(self, flag: Flag, outcome: Outcome) -> bytes:
        head = outcome.head_with_reason if self.with_reasons or outcome.tracks_reason else outcome.head
        return b"".join((flag.opening, head, outcome.tail, self.ending or flag.ending))


class Walk:
    """`keys` are those of all flags; `varying` are the flags that must be evaluated for each context."""

    __slots__ = ("_constant", "_texts", "keys", "varying")

    def __init__(self, flags: list[Flag]) -> None:
        self.keys = [flag.key for flag in flags]
        self.varying = [flag for flag in flags if flag.constant is None]
        self._constant = [flag for flag in flags if flag.constant is not None]
        self._texts: dict[tuple[bool, int | None], Texts] = {}

    def find_texts(self, with_reasons: bool, version: int | None) -> Texts:
        """Give the texts for all who ask for the same; without a version each flag shows its own."""
        found = self._texts.get((with_reasons, version))
        if found is None:
            found = Texts(self._constant, with_reasons, version)
            # Other threads may be doing the same: whole dicts are exchanged, and none sees one half made.
            kept = dict(list(self._texts.items())[1 - MOST_KEPT :])
            kept[with_reasons, version] = found
            self._texts = kept
        return found
