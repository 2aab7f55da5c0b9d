"""Groups are imported when they are first used, so that importing the client is quick."""

from importlib import import_module
from typing import Any


class LazyGroup:
    """An attribute of a client: a group of methods, which stands in the module of its name."""

    def __init__(self, class_name: str) -> None:
        self._class_name = class_name
        self._name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, client: Any, owner: type | None = None) -> Any:
        if client is None:
            return self
        module = import_module(f"launch_darkly_python_sdk.groups.{self._name}")
        group = getattr(module, self._class_name)(client)
        client.__dict__[self._name] = group  # found before the next look-up comes here
        return group
