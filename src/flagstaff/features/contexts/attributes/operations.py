"""Attributes of contexts over REST: their names and values; then one row per operation."""

from itertools import groupby, islice

from msgspec import Struct

from flagstaff.evaluation.references import InvalidReference, parse_reference
from flagstaff.features.contexts.attributes import store
from flagstaff.features.contexts.attributes.store import Name
from flagstaff.features.contexts.schemas import (
    AttributeNameRep,
    AttributeNamesOfKindRep,
    AttributeNamesRep,
    AttributeValueRep,
    AttributeValuesOfKindRep,
    AttributeValuesRep,
)
from flagstaff.features.contexts.searching import starts_with
from flagstaff.features.projects.environments.scope import environment_of
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.filters.comparisons import parse_comparisons
from flagstaff.kernel.filters.expression import Value, list_terms
from flagstaff.kernel.filters.fields import Field
from flagstaff.storage.conditions import Condition, compares, translate_filter
from flagstaff.storage.json_conditions import element_starts_with

MANY = "/api/v2/projects/{projectKey}/environments/{environmentKey}/context-attributes"
MOST_NAMES, MOST_VALUES = 100, 50  # shown of each kind
KIND = Field("kind")
NAMES = (KIND, Field("name", ("startsWith",)))
VALUES = (KIND, Field("value", ("startsWith",)))


class FilterQuery(Struct, frozen=True):
    """How the list is narrowed."""

    filter: str = ""


def get_context_attribute_names(call: Call) -> AttributeNamesRep:
    """List the attributes that contexts have had, by kind, those that most contexts have first."""
    environment = environment_of(call)
    expression = parse_comparisons(call.query.filter, NAMES)
    fields = {"kind": _kind, "name": lambda _, value: starts_with("name", _reference(str(value)))}
    names = store.list_names(call.tx, environment, translate_filter(expression, fields))
    counts = store.count_names(call.tx, environment)
    items = []
    for kind, group in groupby(names, key=lambda name: name.kind):
        shown = [_show(name, counts.weigh(kind, name.name)) for name in group]
        shown.sort(key=lambda name: -name.weight)
        items.append(AttributeNamesOfKindRep(kind, shown[:MOST_NAMES]))
    return AttributeNamesRep(items)


def get_context_attribute_values(call: Call) -> AttributeValuesRep:
    """List the values that an attribute has, by kind, the most frequent first."""
    environment = environment_of(call)
    try:
        path = parse_reference(call.path["attributeName"], "any")
    except InvalidReference as error:
        raise InvalidRequest(f"not an attribute: {error} - at `attributeName`") from None
    expression = parse_comparisons(call.query.filter, VALUES)
    fields = {"kind": _kind, "value": lambda _, value: element_starts_with("body", str(value))}
    is_narrowed = any(term.field == "value" for term in list_terms(expression))
    look = store.find_values if is_narrowed else store.list_values
    found = look(call.tx, environment, path, translate_filter(expression, fields))
    return AttributeValuesRep(
        [
            AttributeValuesOfKindRep(
                kind, [AttributeValueRep(value, weight) for _, value, weight in islice(group, MOST_VALUES)]
            )
            for kind, group in groupby(found, key=lambda row: row[0])
        ]
    )


def _kind(operator: str, value: Value) -> Condition:
    return compares("kind", operator, value)


def _show(name: Name, weight: int) -> AttributeNameRep:
    return AttributeNameRep(name.name, weight, name.is_redacted)


def _reference(text: str) -> str:
    return text if text.startswith("/") else f"/{text}"


GROUP = "contexts"
OPERATIONS = (
    Operation(
        get_context_attribute_names,
        "GET",
        MANY,
        (GROUP, "get_attribute_names"),
        query=FilterQuery,
        answer=AttributeNamesRep,
    ),
    Operation(
        get_context_attribute_values,
        "GET",
        MANY + "/{attributeName}",
        (GROUP, "get_context_attribute_values"),
        query=FilterQuery,
        answer=AttributeValuesRep,
    ),
)
