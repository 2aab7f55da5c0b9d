"""Documentation of a method: what it does, its endpoint, arguments, answer and errors."""

import textwrap
from collections.abc import Iterator

from generator.arguments import ArgumentRow
from generator.table import Row
from launch_darkly_python_sdk.errors import BY_STATUS, ServerError
from launch_darkly_python_sdk.kinds import Kind, parse_kind

WIDTH = 100
NAMES = {
    "str": "text", "int": "integer", "float": "number", "bool": "True or False", "any": "any JSON",
    "millis": "Unix milliseconds", "time": "Unix milliseconds, text or datetime", "file": "file",
}  # fmt: skip


def describe(row: Row, arguments: list[ArgumentRow]) -> str:
    """The docstring of a method."""
    beta = ", in beta" if row.facts.get("beta") else ""
    endpoint = f"{row.http} {row.path}{beta}"
    parts = [row.facts["does"], endpoint]
    if arguments:
        parts.append("\n".join(_wrap_argument(argument) for argument in arguments))
    if len(patch := [one.name for one in arguments if one.place in ("patch", "body")]) > 1 and row.facts.get(
        "patch"
    ):
        formats = [name for name in patch if name not in ("comment", "environment_key")]
        number = "At most" if row.facts.get("bare") else "Exactly"
        parts.append(f"{number} one of {', '.join(formats)} is given.")
    parts.append("\n".join(_outcome(row)))
    return "\n\n".join(part if part == endpoint else "\n".join(_wrap(part)) for part in parts)


def describe_kind(kind: Kind) -> str:
    """A kind in words."""
    if kind.name == "list" and kind.of:
        return f"list of {describe_kind(kind.of)}"
    if kind.name == "map" and kind.of:
        return f"dictionary of {describe_kind(kind.of)}"
    return kind.shape or NAMES[kind.name]


def list_errors(row: Row) -> list[str]:
    """The names of the exceptions that the service documents, with their statuses."""
    return [f"{BY_STATUS.get(status, ServerError).__name__} ({status})" for status in row.facts["errors"]]


def _wrap_argument(argument: ArgumentRow) -> str:
    same = f" (also {argument.same_as})" if argument.same_as else ""
    needed = ", required" if argument.required else ""
    text = f"{argument.name} ({describe_kind(parse_kind(argument.kind))}{needed}): {argument.words}{same}"
    return textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="    ", break_on_hyphens=False)


def _outcome(row: Row) -> Iterator[str]:
    answer = row.kind("answer")
    yield f"Answers {describe_kind(parse_kind(answer))}." if answer else "Answers None."
    if row.facts["errors"]:
        yield from textwrap.wrap(f"Raises {', '.join(list_errors(row))}.", WIDTH, subsequent_indent="  ")


def _wrap(part: str) -> list[str]:
    lines = part.split("\n")
    return (
        lines
        if len(lines) > 1 or part.startswith(" ")
        else textwrap.wrap(part, WIDTH, break_on_hyphens=False)
    )
