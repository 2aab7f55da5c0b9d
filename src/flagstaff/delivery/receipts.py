"""What this process knows of connections of SDKs: who they are, what they hold, when they were given it."""

import re
from collections import Counter, OrderedDict, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from flagstaff.delivery.stream import GONE, Stream
from flagstaff.features.projects.connections.model import (
    SILENT,
    Delivered,
    EnvironmentReceipts,
    Holders,
    ProcessReceipts,
    Reached,
    Sdk,
)
from flagstaff.kernel.clock import Clock, Millis

MOST_SDKS = 2_000  # told apart; who calls itself something else from then on is of `OTHERS`
LONG = 512  # characters of headers; longer ones are read each time
MOST_POLLING = 20_000  # clients remembered; the longest silent are forgotten first
EXACT: Millis = 100  # up to which lags of an SDK are kept as they are; longer ones in two digits
LAST_CHANGES = 20  # of an environment
OTHERS = "other"
AGENT = re.compile(r"([A-Za-z0-9._-]{1,64})(?:/([A-Za-z0-9._+-]{1,64}))?")
TAG = re.compile(r"(application-id|application-version)/([A-Za-z0-9._-]{1,64})")


@dataclass
class _Change:
    committed: Millis
    lags: dict[Millis, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Reached:
    """The last change that streams of an SDK were given."""

    version: int
    lags: dict[Millis, int] = field(default_factory=dict)


@dataclass(slots=True)
class _Poll:
    environment_id: str
    sdk: Sdk
    version: int
    last: Millis


class Receipts:
    """Used on the event loop only."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.begun = clock()
        self._sdks: dict[Sdk, Sdk] = {}
        self._named: dict[tuple[str, str, str], Sdk] = {}  # by the headers that were read last
        self._polls: OrderedDict[tuple[str, str], _Poll] = OrderedDict()
        self._changes: dict[str, OrderedDict[int, _Change]] = defaultdict(OrderedDict)
        self._reached: dict[tuple[str, Sdk], _Reached] = {}

    def name_sdk(self, agent: str, tags: str, kind: str) -> Sdk:
        """The SDK that sends such headers: `User-Agent`, or what browsers send in its place, and tags."""
        told = (agent, tags, kind)
        named = self._named.get(told)
        if named is None:
            named = self._read_sdk(agent, tags, kind)
            if len(self._named) >= MOST_SDKS:
                self._named.clear()
            if len(agent) + len(tags) <= LONG:
                self._named[told] = named
        return named

    def _read_sdk(self, agent: str, tags: str, kind: str) -> Sdk:
        found = AGENT.match(agent.strip())
        marks = dict(TAG.findall(tags))
        sdk = Sdk(
            found[1] if found else "unknown",
            (found[2] or "") if found else "",
            kind,
            marks.get("application-id", ""),
            marks.get("application-version", ""),
        )
        if sdk not in self._sdks and len(self._sdks) >= MOST_SDKS:
            sdk = Sdk(OTHERS, kind=kind)
        return self._sdks.setdefault(sdk, sdk)

    def note_change(self, environment_id: str, version: int, committed: Millis) -> None:
        """A change was committed, and is about to be told."""
        changes = self._changes[environment_id]
        changes[version] = _Change(committed or self.clock())
        while len(changes) > LAST_CHANGES:
            changes.popitem(last=False)

    def note_given(self, environment_id: str, version: int, given: Sequence[Sdk | None]) -> None:
        """Streams of these SDKs were given that data version."""
        change = self._changes[environment_id].get(version)
        if change is None or not given:
            return
        lag = max(0, self.clock() - change.committed)
        change.lags[lag] = change.lags.get(lag, 0) + len(given)
        known = {id(sdk): sdk for sdk in given}  # each is one object, and its hash is slow
        for place, count in Counter(map(id, given)).items():
            if (sdk := known[place]) is not None:
                self._note_reached((environment_id, sdk), version, _shorten(lag), count)

    def _note_reached(self, key: tuple[str, Sdk], version: int, lag: Millis, count: int) -> None:
        reached = self._reached.get(key)
        if reached is None or reached.version < version:
            reached = self._reached[key] = _Reached(version)
        if reached.version == version:  # another channel may be slower
            reached.lags[lag] = reached.lags.get(lag, 0) + count

    def note_poll(self, environment_id: str, client: str, sdk: Sdk, version: int) -> None:
        """A client has asked, and holds that data version now."""
        key = (environment_id, client)
        poll = self._polls.get(key)
        if poll is not None:
            self._polls.move_to_end(key)
            poll.sdk, poll.version, poll.last = sdk, version, self.clock()
            return
        self._polls[key] = _Poll(environment_id, sdk, version, self.clock())
        if len(self._polls) > MOST_POLLING:
            self._polls.popitem(last=False)

    def forget(self, environment_id: str) -> None:
        """Let go of a deleted environment."""
        self._changes.pop(environment_id, None)

    def summarise(self, streams: Iterable[tuple[str, Stream]]) -> ProcessReceipts:
        """What there is to say now; each stream comes with its environment."""
        open_streams: Counter[tuple[str, Sdk, int]] = Counter()
        last: dict[tuple[str, Sdk, int], Millis] = {}
        for environment_id, stream in streams:
            if stream.version != GONE and stream.sdk is not None:
                key = (environment_id, stream.sdk, stream.version)
                open_streams[key] += 1
                last[key] = max(last.get(key, 0), stream.given)
        reached = self._list_reached({(environment_id, sdk) for environment_id, sdk, _ in open_streams})
        polls, asked = self._count_polls()
        names = {key[0] for key in (*open_streams, *polls)} | self._changes.keys()
        environments = {
            name: EnvironmentReceipts(
                _list_holders(name, open_streams, last),
                _list_holders(name, polls, asked),
                self._list_changes(name),
                tuple(reached[name]),
            )
            for name in names
        }
        return ProcessReceipts(self.clock(), environments, self.begun)

    def _count_polls(self) -> tuple[Counter[tuple[str, Sdk, int]], dict[tuple[str, Sdk, int], Millis]]:
        oldest = self.clock() - SILENT
        while self._polls and next(iter(self._polls.values())).last < oldest:
            self._polls.popitem(last=False)
        counted: Counter[tuple[str, Sdk, int]] = Counter()
        last: dict[tuple[str, Sdk, int], Millis] = {}
        for poll in self._polls.values():
            key = (poll.environment_id, poll.sdk, poll.version)
            counted[key] += 1
            last[key] = max(last.get(key, 0), poll.last)
        return counted, last

    def _list_changes(self, environment_id: str) -> tuple[Delivered, ...]:
        return tuple(
            Delivered(version, change.committed, tuple(sorted(change.lags.items())))
            for version, change in self._changes.get(environment_id, {}).items()
        )

    def _list_reached(self, connected: set[tuple[str, Sdk]]) -> defaultdict[str, list[Reached]]:
        """By environment; what is known of an SDK goes with its last stream."""
        self._reached = {key: one for key, one in self._reached.items() if key in connected}
        found: defaultdict[str, list[Reached]] = defaultdict(list)
        for (environment_id, sdk), one in self._reached.items():
            found[environment_id].append(Reached(sdk, one.version, tuple(sorted(one.lags.items()))))
        return found


def _shorten(lag: Millis) -> Millis:
    """A lag in so few digits that those of an SDK are few different ones."""
    if lag <= EXACT:
        return lag
    return round(lag, 2 - len(str(lag)))


def _list_holders(
    name: str, counted: Counter[tuple[str, Sdk, int]], last: dict[tuple[str, Sdk, int], Millis]
) -> tuple[Holders, ...]:
    return tuple(
        Holders(sdk, version, count, last[environment_id, sdk, version])
        for (environment_id, sdk, version), count in counted.items()
        if environment_id == name
    )
