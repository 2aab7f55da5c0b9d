"""What SDKs send, and what is left of it in the event store."""

from dataclasses import dataclass
from typing import Any

import msgspec

from tests.support.client import Answer
from tests.support.server import START, TestServer

ADA = {"kind": "user", "key": "ada", "name": "Ada", "email": "ada@example.com"}


def a_summary(flags: dict[str, Any] | None = None, **members: Any) -> dict[str, Any]:
    """A summary in which the flag `checkout` was served three times, unless other flags are given."""
    served = {"checkout": {"default": False, "contextKinds": ["user"], "counters": [a_counter(3)]}}
    features = served if flags is None else flags
    return {
        "kind": "summary",
        "startDate": START - 5_000,
        "endDate": START - 1_000,
        "features": features,
        **members,
    }


def a_counter(
    count: int, variation: int | None = 0, version: int | None = 7, **members: Any
) -> dict[str, Any]:
    told = {"variation": variation, "version": version}
    return {"value": True, "count": count, **{k: v for k, v in told.items() if v is not None}, **members}


def a_feature(key: str = "checkout", **members: Any) -> dict[str, Any]:
    base = {"kind": "feature", "key": key, "creationDate": START - 1_000, "value": True, "variation": 0}
    return {**base, "version": 7, "context": ADA, **members}


def a_custom(key: str = "bought", **members: Any) -> dict[str, Any]:
    return {"kind": "custom", "key": key, "creationDate": START - 1_000, "context": ADA, **members}


def an_index(context: Any = ADA, kind: str = "index") -> dict[str, Any]:
    return {"kind": kind, "creationDate": START - 1_000, "context": context}


@dataclass
class Sdk:
    """SDKs of the environment `production` of one installation."""

    server: TestServer

    def __post_init__(self) -> None:
        sql = "SELECT id FROM environments WHERE key = 'production'"
        self.environment_id = str(self.server.rows(sql)[0][0])

    def post(self, *events: Any, path: str = "/bulk", body: bytes | None = None, **headers: str) -> Answer:
        """A payload of these events; of schema 4 and without an id, unless the headers say something else."""
        sent = {"User-Agent": "PythonClient/9.18.2", "X-LaunchDarkly-Event-Schema": "4"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        key = self.server.mobile_key() if path.startswith("/mobile") else self.server.sdk_key()
        text = msgspec.json.encode(events) if body is None else body
        raw_path = path.format(environment=self.environment_id)
        return self.server.request("POST", raw_path, as_=key, body=text, headers=sent)

    def send(self, *events: Any, **how: Any) -> None:
        """Post events that are accepted."""
        assert self.post(*events, **how).status == 202

    def rows(self, columns: str, table: str, order: str = "1") -> list[Any]:
        """What the event store holds of the environment."""
        sql = f"SELECT {columns} FROM {table} WHERE environment_id = :environment_id ORDER BY {order}"
        return self.server.event_rows(sql, environment_id=self.environment_id)

    def raw(self, columns: str) -> list[Any]:
        """Single events, in the order they came."""
        table = "raw_events JOIN event_keys ON event_keys.id = key_id"
        return self.rows(columns, table, "position, number")

    def counted(self, name: str, **labels: str) -> float:
        """A figure of `/metrics`."""
        registry = self.server.wired.delivery.metrics.registry
        return registry.get_sample_value(f"flagstaff_{name}_total", labels) or 0.0
