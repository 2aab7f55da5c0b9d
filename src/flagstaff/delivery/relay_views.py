"""What a Relay Proxy is told: the environments that its policy allows, with their keys."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

import msgspec

from flagstaff.delivery.frames import Frame
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.model import Project
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


@dataclass(frozen=True)
class RelayView:
    """What one key shows, at a version that every change raises; `expires` is when the key ends, or 0."""

    version: int
    expires: Millis
    environments: Mapping[str, RelayEnvironment]

    def frame_put(self) -> Frame:
        """Everything."""
        body = b",".join(
            b"%s:%s" % (msgspec.json.encode(name), self._encode(environment))
            for name, environment in self.environments.items()
        )
        text = b'event: put\ndata: {"path":"/","data":{"environments":{%s},"filters":{}}}\n\n' % body
        return Frame([text], is_put=True)

    def frame_since(self, held: "RelayView") -> Frame | None:
        """What differs from what a relay holds, or None."""
        names = {**held.environments, **self.environments}
        changed = [name for name in names if held.environments.get(name) != self.environments.get(name)]
        if len(changed) > MOST_EVENTS:
            return self.frame_put()
        return Frame([self._encode_event(name) for name in changed]) if changed else None

    def _encode_event(self, name: str) -> bytes:
        path = msgspec.json.encode(f"/environments/{name}")
        environment = self.environments.get(name)
        if environment is None:
            return b'event: delete\ndata: {"path":%s,"version":%d}\n\n' % (path, self.version)
        return b'event: patch\ndata: {"path":%s,"data":%s}\n\n' % (path, self._encode(environment))

    def _encode(self, environment: RelayEnvironment) -> bytes:
        return b'%s,"version":%d}' % (msgspec.json.encode(environment)[:-1], self.version)


def read_views(tx: Transaction, keys: Collection[bytes], secret_key: SecretKey) -> dict[bytes, RelayView]:
    """What each of the relay keys, given by digest, shows now; those that are not valid are left out."""
    relays = {key: found for key in keys if (found := find_relay_of(tx, key)) is not None}
    if not relays:
        return {}
    version, everything = read_position(tx), _read_environments(tx, secret_key)
    return {
        key: RelayView(version, expires, _select(relay, everything))
        for key, (relay, expires) in relays.items()
    }


Place = tuple[Project, Environment, RelayEnvironment]


def _select(relay: RelayConfiguration, places: Sequence[Place]) -> dict[str, RelayEnvironment]:
    resources = [environment.resource(project) for project, environment, _ in places]
    allowed = select_allowed(relay.policy, resources)
    return {
        shown.env_id: shown for (_, _, shown), is_allowed in zip(places, allowed, strict=True) if is_allowed
    }


def _read_environments(tx: Transaction, secret_key: SecretKey) -> list[Place]:
    credentials = {
        environment_id: list(found)
        for environment_id, found in groupby(list_all_credentials(tx), lambda one: one.environment_id)
    }
    places: list[Place] = []
    for project in list_projects(tx):
        for environment in list_environments(tx, project):
            key = _show_key(credentials.get(environment.id, []), secret_key, tx.now)
            places.append((project, environment, _show(project, environment, *key)))
    return places


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
