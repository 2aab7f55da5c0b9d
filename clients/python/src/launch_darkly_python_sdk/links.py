"""Which method answers what a link leads to."""

import re
from functools import cache
from importlib import import_module
from urllib.parse import urlsplit

from launch_darkly_python_sdk.groups.paths import READING
from launch_darkly_python_sdk.operation import Operation
from launch_darkly_python_sdk.request import JSON, Request

UNKNOWN = Operation("follow", "GET", "", answer="any", repeatable=True)


def build_link(host: str, url: str) -> tuple[Operation, Request]:
    """The operation whose answer an address gives, and the request for it.

    An address that belongs to no documented method is read too; its answer is then plain JSON.
    """
    path = urlsplit(url).path.removeprefix(urlsplit(host).path)
    operation = find_operation(path)
    headers = {"Accept": JSON} | ({"LD-API-Version": "beta"} if operation.beta else {})
    return operation, Request(title=f"GET {path}", http="GET", path=path, headers=headers, repeatable=True)


def find_operation(path: str) -> Operation:
    """The GET operation of this path; literal segments win over those that are arguments."""
    fitting = [template for pattern, template in _patterns() if pattern.fullmatch(path)]
    if not fitting:
        return UNKNOWN
    class_name, group, method = READING[min(fitting, key=_wildness)]
    module = import_module(f"launch_darkly_python_sdk.groups.{group}")
    operation: Operation = getattr(getattr(module, class_name), method).operation
    return operation


def _wildness(template: str) -> list[bool]:
    return [segment.startswith("{") for segment in template.split("/")]


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    return [
        (re.compile(re.sub(r"\\\{\w+\\\}", "[^/]+", re.escape(template)) + "/?"), template)
        for template in READING
    ]
