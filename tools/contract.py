"""Compares our OpenAPI document with an official one: `python -m tools.contract openapi.json`.

What differs for a reason stands in tools/contract-exceptions.txt, whose lines may only go.
"""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from flagstaff.http.openapi.document import build_document
from flagstaff.http.operations import OWN
from flagstaff.rows import OPERATIONS
from tools.schemas import Comparison, Schema, list_types, resolve
from tools.tree import ROOT, read_exceptions, report

EXCEPTIONS = "tools/contract-exceptions.txt"
JSON = "application/json"
SEMANTIC = f"{JSON}; domain-model=launchdarkly.semanticpatch"


def find_differences(contract: Schema, ours: Schema) -> list[str]:
    """Name every difference, of the operations that we offer."""
    answers, bodies = Comparison("answer", contract, ours), Comparison("body", contract, ours)
    found: dict[str, None] = {}
    for path, methods in ours["paths"].items():
        if path.startswith(OWN):
            continue
        for method, own in methods.items():
            theirs = contract["paths"].get(path, {}).get(method)
            name = own["operationId"]
            if theirs is None:
                found[f"{name}:missing"] = None
                continue
            found |= dict.fromkeys(compare_names(name, theirs, own))
            found |= dict.fromkeys(compare_parameters(name, theirs, own, contract))
            found |= dict.fromkeys(compare_statuses(name, theirs, own))
            found |= dict.fromkeys(compare_bodies(name, theirs, own, bodies))
            found |= dict.fromkeys(compare_answers(name, theirs, own, answers))
    return list(found)


def compare_names(name: str, theirs: Schema, own: Schema) -> Iterator[str]:
    """Client libraries find the operation under the same name."""
    sdk = {"group": own["x-sdk-group"], "method": own["x-sdk-method"]}
    named = theirs.get("x-sdk", sdk)
    if named | {"group": named["group"].replace("_(beta)", "_beta")} != sdk:
        yield f"{name}:sdk"
    if theirs["operationId"].lower() != name.lower():
        yield f"{name}:id"


def compare_parameters(name: str, theirs: Schema, own: Schema, contract: Schema) -> Iterator[str]:
    """Parameters by their place and name, those of headers left out."""
    wanted, given = list_parameters(theirs), list_parameters(own)
    yield from (f"{name}:{place}:{parameter}" for place, parameter in sorted(wanted.keys() - given.keys()))
    extra = sorted(given.keys() - wanted.keys())
    yield from (f"{name}:{place}:{parameter}:extra" for place, parameter in extra)
    for place, parameter in sorted(wanted.keys() & given.keys()):
        one, other = wanted[place, parameter], given[place, parameter]
        if other.get("required", False) and not one.get("required", False):
            yield f"{name}:{place}:{parameter}:required"
        repeated = other["schema"].get("items", other["schema"])  # one of many is fine, too
        if not list_types([resolve(contract, one["schema"])]) & list_types([repeated]):
            yield f"{name}:{place}:{parameter}:type"


def list_parameters(operation: Schema) -> dict[tuple[str, str], Schema]:
    return {
        (parameter["in"], parameter["name"]): parameter
        for parameter in operation.get("parameters", ())
        if parameter.get("in") in {"path", "query"}
    }


def compare_statuses(name: str, theirs: Schema, own: Schema) -> Iterator[str]:
    """Successes are the same ones; errors that the contract names can occur here, too."""
    wanted, given = set(theirs["responses"]), set(own["responses"])
    missing = wanted - given
    unknown = {status for status in given - wanted if status < "400"}
    yield from (f"{name}:status:{status}" for status in sorted(missing | unknown))


def compare_bodies(name: str, theirs: Schema, own: Schema, bodies: Comparison) -> Iterator[str]:
    """A struct member by member; of a patch, that its format is taken."""
    wanted, given = find_body(theirs), find_body(own)
    if wanted is not None and given is None and SEMANTIC in own.get("requestBody", {}).get("content", {}):
        if "instructions" not in resolve(bodies.contract, wanted).get("properties", {}):
            yield f"{name}:body"
    elif wanted is None or given is None:
        if wanted is not given:
            yield f"{name}:body"
    elif "anyOf" in given:
        if not takes_patch(resolve(bodies.contract, wanted), given):
            yield f"{name}:body"
    else:
        yield from bodies.compare(wanted, given, f"body:{name}")


def takes_patch(wanted: Schema, given: Schema) -> bool:
    """Whether one of our formats is what the contract describes: a list of steps, or one with a comment."""
    names = {shape["$ref"].rpartition("/")[2] for shape in given["anyOf"]}
    members = wanted.get("properties", {})
    if wanted.get("type") == "array":
        return "JsonPatch" in names
    return "patch" not in members or "JsonPatchWithComment" in names


def compare_answers(name: str, theirs: Schema, own: Schema, answers: Comparison) -> Iterator[str]:
    """The bodies of successes."""
    for status in sorted(theirs["responses"].keys() & own["responses"].keys()):
        wanted, given = (find_schema(side["responses"][status]) for side in (theirs, own))
        if status < "400" and wanted is not None and given is not None:
            yield from answers.compare(wanted, given, f"answer:{name}")


def find_body(operation: Schema) -> Schema | None:
    return find_schema(operation.get("requestBody", {}))


def find_schema(content: Schema) -> Schema | None:
    found: Schema | None = content.get("content", {}).get(JSON, {}).get("schema")
    return found


def judge(differences: list[str], exceptions: dict[str, str]) -> list[str]:
    """Name the differences without exception, and the exceptions without difference or reason."""
    return [
        *(f"{name} differs from the contract" for name in differences if name not in exceptions),
        *(f"{EXCEPTIONS}: {name} needs no line any more" for name in exceptions if name not in differences),
        *(f"{EXCEPTIONS}: {name} has no reason" for name, reason in exceptions.items() if not reason),
    ]


def main(arguments: list[str]) -> int:
    contract: Any = json.loads(Path(arguments[0]).read_text())
    ours = json.loads(json.dumps(build_document(OPERATIONS)))
    return report(judge(find_differences(contract, ours), read_exceptions(ROOT / EXCEPTIONS)))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
