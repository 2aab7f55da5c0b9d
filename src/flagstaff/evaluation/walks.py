"""The way through all flags that a kind of client may see; results that are the same for all are joined."""

from collections.abc import Mapping

from flagstaff.evaluation.fragments import end_result
from flagstaff.evaluation.model import Flag, Outcome
from flagstaff.evaluation.scope import MAX_DEPTH

MOST_KEPT = 4  # sets of results, by whether they have reasons and under which version


class Texts:
    """What the results of all contexts have in common, as JSON.

    `constant` joins those that are the same for everybody and begins the object; it is empty if there are
    none. `ending` stands between two results: the version, if it is that of all.
    """

    __slots__ = ("constant", "ending")

    def __init__(self, constant: list[tuple[Flag, Outcome]], with_reasons: bool, version: int | None) -> None:
        self.ending = b"" if version is None else end_result(version)
        parts: list[bytes] = []
        for flag, outcome in constant:
            parts.append(write_result(flag, outcome, with_reasons))
            if version is None:
                parts.append(flag.ending)
        self.constant = open_object(self.ending.join(parts))


def find_result(flag: Flag, outcome: Outcome, with_reasons: bool) -> bytes:
    """Give a result, after a comma, without the version at its end; it is written once."""
    known = outcome.text_with_reason if with_reasons else outcome.text
    if known:
        return known
    text = write_result(flag, outcome, with_reasons)
    if with_reasons:
        outcome.text_with_reason = text
    else:
        outcome.text = text
    return text


def write_result(flag: Flag, outcome: Outcome, with_reasons: bool) -> bytes:
    head = outcome.head_with_reason if with_reasons or outcome.tracks_reason else outcome.head
    return b"".join((flag.opening, head, outcome.tail))


def open_object(results: bytes) -> bytes:
    """Give results with a brace in place of the comma that would part them from others before."""
    return b"{" + results[1:] if results else b""


class Walk:
    """`keys` are those of all flags; `varying` are the flags that must be evaluated for each context.

    The others are the same for every context, by themselves or since what they require is.
    """

    __slots__ = ("_constant", "_texts", "keys", "varying")

    def __init__(self, flags: list[Flag], all_flags: Mapping[str, Flag]) -> None:
        self.keys = [flag.key for flag in flags]
        self.varying: list[Flag] = []
        self._constant: list[tuple[Flag, Outcome]] = []
        settled: dict[str, Outcome | None] = {}
        for flag in flags:
            outcome = settle(flag, all_flags, settled)
            if outcome is None:
                self.varying.append(flag)
            else:
                self._constant.append((flag, outcome))
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


def settle(
    flag: Flag, flags: Mapping[str, Flag], settled: dict[str, Outcome | None], depth: int = 0
) -> Outcome | None:
    """Give the outcome of a flag if it is the same for every context, also by its prerequisites; else None.

    `settled` keeps what was found before; `depth` counts the flags that led here.
    """
    if flag.constant is not None:
        return flag.constant
    if flag.key not in settled and depth < MAX_DEPTH:
        settled[flag.key] = None  # for those that go in a circle, which must be evaluated to be refused
        settled[flag.key] = _settle(flag, flags, settled, depth)
    return settled.get(flag.key)


def _settle(
    flag: Flag, flags: Mapping[str, Flag], settled: dict[str, Outcome | None], depth: int
) -> Outcome | None:
    for prerequisite in flag.prerequisites:
        other = flags.get(prerequisite.key)
        if other is None:
            return prerequisite.missing
        outcome = settle(other, flags, settled, depth + 1)
        if outcome is None:
            return None
        if not other.is_on or outcome.index != prerequisite.variation:
            return prerequisite.failed
    varies = flag.targets or flag.rules or flag.fallthrough.rollout is not None
    return None if varies else flag.fallthrough.outcome
