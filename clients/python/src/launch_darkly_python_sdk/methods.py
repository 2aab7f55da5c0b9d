"""Groups and their methods, each in four forms: plain, awaited (`a`), and both under `raw`."""

from collections.abc import AsyncIterator, Iterator
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from launch_darkly_python_sdk.operation import Operation
from launch_darkly_python_sdk.raw import RawResponse
from launch_darkly_python_sdk.walks import Turn, find_next, first_turn, list_items

if TYPE_CHECKING:
    from inspect import Signature


class Caller(Protocol):
    """The client, as its methods use it."""

    @property
    def host(self) -> str: ...

    def run_turn(self, operation: Operation, turn: Turn) -> RawResponse[Any]: ...

    async def arun_turn(self, operation: Operation, turn: Turn) -> RawResponse[Any]: ...


class Call:
    """A method of one client: plain, and raw if `raw` is set."""

    def __init__(self, caller: Caller, operation: Operation, *, raw: bool) -> None:
        self._caller = caller
        self._operation = operation
        self._raw = raw
        self.__doc__ = operation.doc
        self.__name__ = operation.name.partition(".")[2]

    @property
    def __signature__(self) -> "Signature":
        inspect = import_module("inspect")  # which nobody needs who only calls
        arguments = sorted(self._operation.arguments.items(), key=lambda named: not named[1].required)
        parameters = [
            inspect.Parameter(
                name,
                inspect.Parameter.KEYWORD_ONLY,
                default=inspect.Parameter.empty if one.required else None,
            )
            for name, one in arguments
        ]
        signature: Signature = inspect.Signature(parameters)
        return signature

    def __repr__(self) -> str:
        return f"<{self._operation.name}: {self._operation.title}>"

    def _first(self, arguments: dict[str, Any]) -> Turn:
        return first_turn(self._operation, arguments, self._caller.host)


class SyncCall(Call):
    """Called at once."""

    def __call__(self, **arguments: Any) -> Any:
        answer = self._caller.run_turn(self._operation, self._first(arguments))
        return answer if self._raw else _settle(self._operation, answer)


class AsyncCall(Call):
    """Called with `await`."""

    async def __call__(self, **arguments: Any) -> Any:
        answer = await self._caller.arun_turn(self._operation, self._first(arguments))
        return answer if self._raw else _settle(self._operation, answer)


class SyncList(SyncCall):
    """A method that answers a collection, which can be walked."""

    def pages(self, **arguments: Any) -> Iterator[Any]:
        """Page after page, each as the method itself answers it. Takes the same arguments."""
        turn: Turn | None = self._first(arguments)
        while turn is not None:
            page = self._caller.run_turn(self._operation, turn).body
            yield page
            turn = find_next(self._operation, turn, page, self._caller.host)

    def iter(self, **arguments: Any) -> Iterator[Any]:
        """Item after item, from all pages. Takes the same arguments; `limit` is how many come at a time."""
        for page in self.pages(**arguments):
            yield from list_items(page)


class AsyncList(AsyncCall):
    """A method that answers a collection, which can be walked with `async for`."""

    async def pages(self, **arguments: Any) -> AsyncIterator[Any]:
        """Page after page, each as the method itself answers it. Takes the same arguments."""
        turn: Turn | None = self._first(arguments)
        while turn is not None:
            page = (await self._caller.arun_turn(self._operation, turn)).body
            yield page
            turn = find_next(self._operation, turn, page, self._caller.host)

    async def iter(self, **arguments: Any) -> AsyncIterator[Any]:
        """Item after item, from all pages. Takes the same arguments; `limit` is how many come at a time."""
        async for page in self.pages(**arguments):
            for item in list_items(page):
                yield item


class Method:
    """An operation as an attribute of its group; `is_awaited` in the form with `a` in front."""

    def __init__(self, operation: Operation, *, is_awaited: bool = False) -> None:
        self.operation = operation
        self.is_awaited = is_awaited
        self.__doc__ = operation.doc
        self._name = ""

    def awaited(self) -> "Method":
        """The same operation in the form with `a` in front."""
        return Method(self.operation, is_awaited=True)

    def bind(self, caller: Caller, *, raw: bool) -> Call:
        """The method of a client."""
        walks = bool(self.operation.paging) and not raw
        if self.is_awaited:
            return (AsyncList if walks else AsyncCall)(caller, self.operation, raw=raw)
        return (SyncList if walks else SyncCall)(caller, self.operation, raw=raw)

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, group: "Group | None", owner: type | None = None) -> Any:
        if group is None:
            return self
        call = self.bind(group.caller, raw=False)
        group.__dict__[self._name] = call  # found before the next look-up comes here
        return call


class Group:
    """Methods that belong together; `raw` has the same ones, which answer a RawResponse."""

    def __init__(self, caller: Caller) -> None:
        self.caller = caller

    @cached_property
    def raw(self) -> "RawGroup":
        """The same methods, which answer status, headers and body."""
        return RawGroup(self)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {', '.join(list_methods(type(self)))}>"


class RawGroup:
    """The methods of a group, which answer a RawResponse."""

    def __init__(self, group: Group) -> None:
        self._group = group

    def __getattr__(self, name: str) -> Call:
        method = list_methods(type(self._group)).get(name)
        if method is None:
            raise AttributeError(f"{type(self._group).__name__}.raw has no method {name}")
        call = method.bind(self._group.caller, raw=True)
        self.__dict__[name] = call
        return call

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *list_methods(type(self._group))})


def list_methods(group: type[Group]) -> dict[str, Method]:
    """The methods of a group by their names, those with `a` in front among them."""
    return {name: value for name, value in vars(group).items() if isinstance(value, Method)}


def _settle(operation: Operation, answer: RawResponse[Any]) -> Any:
    """What a plain method returns: nothing where nothing is documented."""
    return answer.body if operation.answer else None
