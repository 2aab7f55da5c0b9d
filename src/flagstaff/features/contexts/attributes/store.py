"""The attributes that contexts have had: their names and values, and how many contexts have each."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import msgspec

from flagstaff.features.contexts.attributes.model import Counts, list_references
from flagstaff.features.contexts.store import CONTEXTS, choose_scan
from flagstaff.features.projects.environments.model import Environment
from flagstaff.storage.conditions import Condition
from flagstaff.storage.json_conditions import path_of
from flagstaff.storage.transaction import Transaction

SAMPLED_NAMES, SAMPLED_VALUES = 2_000, 10_000  # the newest contexts, which weights are estimated from
NEWEST = "SELECT {} FROM contexts WHERE environment_id = :environment ORDER BY last_seen DESC LIMIT :sampled"
VALUES = "SELECT kind, body -> :path AS value, count(*) FROM ({}) GROUP BY kind, value"
ELEMENTS = """SELECT kind, type, atom, count(*) FROM
    (SELECT kind, type, atom FROM {source}, json_each(contexts.body, :path) AS one
    WHERE contexts.environment_id = :environment AND {condition} AND typeof(one.key) <> 'text')
    WHERE atom IS NOT NULL GROUP BY kind, type, atom ORDER BY kind, 4 DESC, atom"""
Values = list[tuple[str, Any, int]]
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
    tx: Transaction, environment: Environment, path: tuple[str, ...], chosen: Condition
) -> Values:
    """Kind, value and weight of an attribute's values in contexts that meet a condition. Lists are opened.

    Those of the newest contexts stand for all; the most frequent come first.
    """
    condition, values = chosen
    rows = tx.events.all(
        f"SELECT * FROM ({VALUES.format(NEWEST.format('kind, body'))}) WHERE {condition}",
        **{**values, "environment": environment.id, "path": path_of(path), "sampled": SAMPLED_VALUES},
    )
    sampled, found = Counter[str](), Counter[tuple[str, type, Any]]()
    for kind, text, count in rows:
        sampled[kind] += count
        for value in _list_scalars(text):
            found[kind, type(value), value] += count
    total = _count_kinds(tx, environment)
    scale = {kind: total.get(kind, count) / count for kind, count in sampled.items()}
    weighed = [(kind, value, count) for (kind, _, value), count in found.items()]
    # As a database sorts them: numbers before texts.
    weighed.sort(key=lambda row: (row[0], -row[2], isinstance(row[1], str), row[1]))
    return [(kind, value, max(1, round(count * scale[kind]))) for kind, value, count in weighed]


def find_values(
    tx: Transaction, environment: Environment, path: tuple[str, ...], chosen: Condition
) -> Values:
    """The same of all contexts, where the condition is about the elements too."""
    condition, values = chosen
    sql = ELEMENTS.format(source=choose_scan(tx, CONTEXTS, environment), condition=condition)
    rows = tx.events.all(sql, **{**values, "environment": environment.id, "path": path_of(path)})
    return [
        (kind, atom == 1 if type_ in {"true", "false"} else atom, count) for kind, type_, atom, count in rows
    ]


def _list_scalars(text: str | None) -> Iterator[str | float | bool]:
    """What a member is, or what is in it if it is a list."""
    value = None if text is None else msgspec.json.decode(text)
    for element in value if isinstance(value, list) else (value,):
        if isinstance(element, str | int | float):
            yield element


def _count_kinds(tx: Transaction, environment: Environment) -> dict[str, int]:
    sql = "SELECT kind, count(*) FROM contexts WHERE environment_id = :environment GROUP BY kind"
    return dict(tx.events.all(sql, environment=environment.id))
