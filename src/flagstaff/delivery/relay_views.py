"""What a Relay Proxy is told: environments that its policy allows, with their keys, and payload filters."""

from collections.abc import Collection, Mapping, Sequence
from itertools import groupby
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from flagstaff.delivery.frames import Frame
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.payload_filters.store import list_filters
from flagstaff.features.projects.relays.model import RelayConfiguration, select_allowed
from flagstaff.features.projects.relays.store import find_relay_of
from flagstaff.features.projects.store import list_projects
from flagstaff.kernel.clock import Millis
from flagstaff.storage.credentials import MOBILE, SDK, Credential, list_all_credentials
from flagstaff.storage.outbox import read_position
from flagstaff.storage.secrets import SecretKey
from flagstaff.storage.transaction import Transaction

MOST_EVENTS = 32  # changes that leave one by one; for more a `put` stands


class ExpiringKey(msgspec.Struct, frozen=True):
    """The SDK key before the current one, and until when it works."""

    value: str
    timestamp: Millis


class SdkKey(msgspec.Struct, frozen=True, omit_defaults=True):
    value: str
    expiring: ExpiringKey | None = None


class RelayEnvironment(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """An environment as Relay Proxies know it, but for its version."""

    env_id: str
    env_key: str
    env_name: str
    proj_key: str
    proj_name: str
    mob_key: str
    sdk_key: SdkKey
    default_ttl: int
    secure_mode: bool


class RelayFilter(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A payload filter as Relay Proxies know it, but for its version."""

    proj_key: str
    key: str


class ToldFilter(msgspec.Struct, frozen=True):
    """`id` tells a filter from another one that was made under the same key later."""

    id: str
    shown: RelayFilter

    @property
    def name(self) -> str:
        """What events call it; the same for all filters that ever have this key, and not a path."""
        return f"{self.shown.proj_key}:{self.shown.key}"


class RelayView(msgspec.Struct, frozen=True):
    """What one key shows, at a version that every change raises; `expires` is when the key ends, or 0."""

    version: int
    expires: Millis
    environments: Mapping[str, RelayEnvironment]
    filters: Mapping[str, ToldFilter]

    def without_filters(self) -> "RelayView":
        """The same for Relay Proxies that do not know of filters."""
        return replace(self, filters={})

    def frame_put(self) -> Frame:
        """Everything."""
        environments = self._encode_members(self.environments)
        filters = self._encode_members({name: told.shown for name, told in self.filters.items()})
        data = b'{"path":"/","data":{"environments":{%s},"filters":{%s}}}' % (environments, filters)
        return Frame([b"event: put\ndata: %s\n\n" % data], is_put=True)

    def frame_since(self, held: "RelayView") -> Frame | None:
        """What differs from what a relay holds, or None."""
        environments = _list_changed(held.environments, self.environments)
        filters = _list_changed(held.filters, self.filters)
        if len(environments) + len(filters) > MOST_EVENTS:
            return self.frame_put()
        events = [self._encode_environment(name) for name in environments]
        for name in filters:
            events += self._encode_filter(name, held)
        return Frame(events) if events else None

    def _encode_environment(self, name: str) -> bytes:
        environment = self.environments.get(name)
        path = f"/environments/{name}"
        if environment is None:
            return _encode_delete(path, self.version)
        return self._encode_patch(path, environment)

    def _encode_filter(self, name: str, held: "RelayView") -> list[bytes]:
        """Relay Proxies do not follow changes of a filter, so one in the place of another is added anew.

        It was deleted and made in two changes, so the version before this one is newer than what is held.
        """
        path, events = f"/filters/{name}", []
        if name in held.filters:
            events.append(_encode_delete(path, self.version - (name in self.filters)))
        if name in self.filters:
            events.append(self._encode_patch(path, self.filters[name].shown))
        return events

    def _encode_patch(self, path: str, item: msgspec.Struct) -> bytes:
        return b'event: patch\ndata: {"path":%s,"data":%s}\n\n' % (
            msgspec.json.encode(path),
            self._encode(item),
        )

    def _encode_members(self, items: Mapping[str, msgspec.Struct]) -> bytes:
        return b",".join(
            b"%s:%s" % (msgspec.json.encode(name), self._encode(item)) for name, item in items.items()
        )

    def _encode(self, item: msgspec.Struct) -> bytes:
        return b'%s,"version":%d}' % (msgspec.json.encode(item)[:-1], self.version)


def _list_changed(held: Mapping[str, object], now: Mapping[str, object]) -> list[str]:
    return [name for name in {**held, **now} if held.get(name) != now.get(name)]


def _encode_delete(path: str, version: int) -> bytes:
    return b'event: delete\ndata: {"path":%s,"version":%d}\n\n' % (msgspec.json.encode(path), version)


class Candidate(NamedTuple):
    """An environment that a policy may allow, and what a relay is told of it then."""

    project: Project
    environment: Environment
    shown: RelayEnvironment


def read_views(tx: Transaction, keys: Collection[bytes], secret_key: SecretKey) -> dict[bytes, RelayView]:
    """What each of the relay keys, given by digest, shows now; those that are not valid are left out."""
    relays = {key: found for key in keys if (found := find_relay_of(tx, key)) is not None}
    if not relays:
        return {}
    version, candidates = read_position(tx), _list_candidates(tx, secret_key)
    filters = {project_id: _list_filters(tx, project_id, key) for project_id, key in _list_owners(candidates)}
    views: dict[bytes, RelayView] = {}
    for key, (relay, expires) in relays.items():
        allowed = _select(relay, candidates)
        told = [one for project_id, _ in _list_owners(allowed) for one in filters[project_id]]
        environments = {one.shown.env_id: one.shown for one in allowed}
        views[key] = RelayView(version, expires, environments, {one.name: one for one in told})
    return views


def _select(relay: RelayConfiguration, candidates: Sequence[Candidate]) -> list[Candidate]:
    resources = [one.environment.resource(one.project) for one in candidates]
    allowed = select_allowed(relay.policy, resources)
    return [one for one, is_allowed in zip(candidates, allowed, strict=True) if is_allowed]


def _list_owners(candidates: Sequence[Candidate]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((one.project.id, one.project.key) for one in candidates))


def _list_filters(tx: Transaction, project_id: str, project_key: str) -> list[ToldFilter]:
    return [
        ToldFilter(one.id, RelayFilter(proj_key=project_key, key=one.key))
        for one in list_filters(tx, project_id)
    ]


def _list_candidates(tx: Transaction, secret_key: SecretKey) -> list[Candidate]:
    credentials = {
        environment_id: list(found)
        for environment_id, found in groupby(list_all_credentials(tx), lambda one: one.environment_id)
    }
    candidates: list[Candidate] = []
    for project in list_projects(tx):
        for environment in list_environments(tx, project):
            key = _show_key(credentials.get(environment.id, []), secret_key, tx.now)
            candidates.append(Candidate(project, environment, _show(project, environment, *key)))
    return candidates


def _show_key(credentials: Sequence[Credential], secret_key: SecretKey, now: Millis) -> tuple[SdkKey, str]:
    """SDK key and mobile key. Of several old SDK keys there is room for one: that which works longest."""
    current = {one.kind: secret_key.decrypt(one.ciphertext) for one in credentials if not one.expires}
    old = [one for one in credentials if one.kind == SDK and one.expires > now]
    last = max(old, key=lambda one: one.expires, default=None)
    text = secret_key.decrypt(last.ciphertext) if last else ""  # blank where nobody can read it any more
    expiring = ExpiringKey(text, last.expires) if last and text else None
    return SdkKey(current.get(SDK, ""), expiring), current.get(MOBILE, "")


def _show(project: Project, environment: Environment, sdk_key: SdkKey, mobile_key: str) -> RelayEnvironment:
    return RelayEnvironment(
        env_id=environment.id,
        env_key=environment.key,
        env_name=environment.name,
        proj_key=project.key,
        proj_name=project.name,
        mob_key=mobile_key,
        sdk_key=sdk_key,
        default_ttl=environment.default_ttl,
        secure_mode=environment.secure_mode,
    )
