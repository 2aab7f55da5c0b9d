"""The attributes that contexts have had: their names and values, and how many contexts have each."""

from collections import Counter
from typing import Any

import msgspec

from flagstaff.features.contexts.attributes.model import Counts, list_references
from flagstaff.features.projects.environments.model import Environment
from flagstaff.storage.conditions import Condition
from flagstaff.storage.json_conditions import path_of
from flagstaff.storage.transaction import Transaction

SAMPLED_NAMES, SAMPLED_VALUES = 2_000, 10_000  # the newest contexts, which weights are estimated from
NEWEST = "SELECT {} FROM contexts WHERE environment_id = :environment ORDER BY last_seen DESC LIMIT :sampled"
EVERY = "SELECT {} FROM contexts INDEXED BY contexts_of_kind WHERE environment_id = :environment"
VALUES = """SELECT kind, type, atom, count(*) FROM
    (SELECT kind, type, atom FROM ({bodies}) AS seen, json_each(seen.body, :path) AS one
    WHERE {condition} AND typeof(one.key) <> 'text')
    WHERE atom IS NOT NULL GROUP BY kind, type, atom ORDER BY kind, 4 DESC, atom"""
read_body = msgspec.json.Decoder(dict[str, Any]).decode
read_texts = msgspec.json.Decoder(list[str]).decode


class Name(msgspec.Struct, frozen=True):
    """An attribute of a kind; `is_redacted` where an SDK has held a value of it back."""

    kind: str
    name: str
    is_redacted: bool
    weight: int = 1


def list_names(tx: Transaction, environment: Environment, chosen: Condition) -> list[Name]:
    """The attributes that were ever seen and meet a condition over `attribute_names`, by kind and name."""
    condition, values = chosen
    rows = tx.events.all(
        "SELECT kind, name, redacted FROM attribute_names "
        f"WHERE environment_id = :environment AND {condition} ORDER BY kind, name",
        **{**values, "environment": environment.id},
    )
    return [Name(kind, name, bool(redacted)) for kind, name, redacted in rows]


def count_names(tx: Transaction, environment: Environment) -> Counts:
    """What weights of attributes are estimated from."""
    sql = NEWEST.format("kind, body, redacted")
    rows = tx.events.all(sql, environment=environment.id, sampled=SAMPLED_NAMES)
    having: Counter[tuple[str, str]] = Counter()
    for kind, body, redacted in rows:
        having.update((kind, name) for name in {*list_references(read_body(body)), *read_texts(redacted)})
    return Counts(having, Counter(row[0] for row in rows), _count_kinds(tx, environment))


def list_values(
    tx: Transaction, environment: Environment, path: tuple[str, ...], chosen: Condition, *, sampled: bool
) -> list[tuple[str, Any, int]]:
    """Kind, value and weight of an attribute's values that meet a condition, the most frequent first.

    They are looked for in the newest contexts when `sampled`, else in all. Of lists, each element counts.
    """
    condition, given = chosen
    values = {**given, "environment": environment.id, "path": path_of(path)}
    if sampled:
        values["sampled"] = SAMPLED_VALUES
    bodies = (NEWEST if sampled else EVERY).format("kind, body")
    rows = tx.events.all(VALUES.format(bodies=bodies, condition=condition), **values)
    scale = _scale(tx, environment) if sampled else {}
    return [
        (kind, atom == 1 if type_ in {"true", "false"} else atom, max(1, round(count * scale.get(kind, 1))))
        for kind, type_, atom, count in rows
    ]


def _scale(tx: Transaction, environment: Environment) -> dict[str, float]:
    """How many contexts of each kind there are for one in the sample."""
    sql = f"SELECT kind, count(*) FROM ({NEWEST.format('kind')}) GROUP BY kind"
    sampled: dict[str, int] = dict(tx.events.all(sql, environment=environment.id, sampled=SAMPLED_VALUES))
    return {kind: total / sampled.get(kind, total) for kind, total in _count_kinds(tx, environment).items()}


def _count_kinds(tx: Transaction, environment: Environment) -> dict[str, int]:
    sql = "SELECT kind, count(*) FROM contexts WHERE environment_id = :environment GROUP BY kind"
    return dict(tx.events.all(sql, environment=environment.id))
