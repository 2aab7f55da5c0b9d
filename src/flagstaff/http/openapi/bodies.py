"""What an operation takes as its body: a struct of its own, or the patch formats of its resource."""

from typing import Any

from msgspec import Struct

from flagstaff.http.openapi.components import Components, Schema
from flagstaff.http.operations import Operation
from flagstaff.http.requests import FIELDS
from flagstaff.http.uploads import FORM
from flagstaff.kernel.instructions import Instruction, Vocabulary
from flagstaff.kernel.media import SEMANTIC_PATCH
from flagstaff.kernel.patches import PatchFormat

JSON = "application/json"
SEMANTIC = f"{JSON}; domain-model={SEMANTIC_PATCH}"
COMMENT = {"type": "string", "description": "Why the change is made; kept in the audit log."}
OPERATION = {
    "description": "One step of a JSON patch (RFC 6902). `replace` of a member that is not there adds it.",
    "type": "object",
    "properties": {
        "op": {"type": "string", "enum": ["add", "remove", "replace", "move", "copy", "test"]},
        "path": {"type": "string", "description": "A JSON pointer, such as `/tags/0` or `/tags/-`."},
        "from": {"type": "string", "description": "Where `move` and `copy` take their value from."},
        "value": {"description": "What `add` and `replace` put there, and what `test` expects there."},
    },
    "required": ["op", "path"],
}


def describe_body(operation: Operation, components: Components) -> Schema | None:
    """The body that an operation needs, or None where it takes none."""
    if operation.form is not None:
        return _form(operation.form, components)
    if operation.fields is not None:
        return {"required": True, "content": {FIELDS: {"schema": components.inline(operation.fields)}}}
    if not operation.takes_body:
        return None
    content = (
        _patches(operation, components)
        if operation.patch
        else {JSON: {"schema": components.refer(operation.body)}}
    )
    return {"required": not operation.optional_body, "content": content}


def _form(form: type[Struct], components: Components) -> Schema:
    schema = components.inline(form)
    file = {"type": "string", "format": "binary", "description": "The file."}
    members = {"file": file, **schema["properties"]}
    return {"required": True, "content": {FORM: {"schema": _object(("file",), **members)}}}


def _patches(operation: Operation, components: Components) -> Schema:
    """The semantic patch has a media type of its own; the others are told apart by their shape."""
    plain: list[Schema] = []
    if PatchFormat.JSON in operation.patch:
        plain += _json_patch(components)
    if PatchFormat.MERGE in operation.patch:
        plain += _merge_patch(components)
    content = {JSON: {"schema": {"anyOf": plain}}} if plain else {}
    if PatchFormat.SEMANTIC in operation.patch:
        content[SEMANTIC] = {"schema": _semantic_patch(operation.vocabulary, components)}
    return content


def _json_patch(components: Components) -> list[Schema]:
    step = components.name("PatchOperation", OPERATION)
    patch = components.name("JsonPatch", {"type": "array", "items": step})
    return [patch, components.name("JsonPatchWithComment", _object(("patch",), patch=patch, comment=COMMENT))]


def _merge_patch(components: Components) -> list[Schema]:
    merge = components.name(
        "MergePatch",
        {
            "description": "JSON merge patch (RFC 7386): the members to change; null removes.",
            "type": "object",
        },
    )
    return [
        merge,
        components.name("MergePatchWithComment", _object(("merge",), merge=merge, comment=COMMENT)),
    ]


def _semantic_patch(vocabulary: Vocabulary[Any] | None, components: Components) -> Schema:
    instruction: Schema = _object(("kind",), kind={"type": "string"})
    name = "SemanticPatch"
    if vocabulary is not None:
        title = vocabulary.resource.title().replace(" ", "")
        name = f"{title}SemanticPatch"
        instruction = components.name(f"{title}Instruction", _instructions(vocabulary, components))
    environment = {"type": "string", "description": "The environment that the instructions are about."}
    place = {"environmentKey": environment} if vocabulary is None or vocabulary.has_environments else {}
    instructions = {"type": "array", "items": instruction, "minItems": 1}
    patch = _object(("instructions",), **place, comment=COMMENT, instructions=instructions)
    return components.name(
        name, {"description": "Instructions, carried out in their order, all or none.", **patch}
    )


def _instructions(vocabulary: Vocabulary[Any], components: Components) -> Schema:
    kinds = [vocabulary.kinds[name] for name in sorted(vocabulary.kinds)]
    return {
        "description": f"One change of a {vocabulary.resource}; `kind` says which members it has.",
        "oneOf": [_instruction(kind, components) for kind in kinds if not kind.internal],
    }


def _instruction(instruction: Instruction[Any], components: Components) -> Schema:
    parameters = components.inline(instruction.parameters)
    scope = " in one environment" if instruction.scope == "environment" else ""
    described = (instruction.change.__doc__ or "").strip().partition("\n")[0]
    return {
        "title": instruction.kind,
        "description": f"{described} Needs the action `{instruction.action}`{scope}.".strip(),
        "type": "object",
        "properties": {"kind": {"const": instruction.kind}, **parameters["properties"]},
        "required": ["kind", *parameters["required"]],
        "additionalProperties": False,
    }


def _object(required: tuple[str, ...], **members: Schema) -> Schema:
    return {"type": "object", "properties": members, "required": list(required)}
