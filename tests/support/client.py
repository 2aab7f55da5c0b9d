"""A client that looks synchronous and checks every answer that it gets against the OpenAPI document."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import msgspec

from flagstaff.http.operations import Endpoint, Operation
from tests.support.documents import check_answer

OWNER = "api-0a11ce00-0000-4000-8000-000000000aaa"
WRITER = "api-0b0b0000-0000-4000-8000-000000000bbb"
READER = "api-0ca70100-0000-4000-8000-000000000ccc"
NOBODY = ""
SESSION = "session-0a11ce00-0000-4000-8000-000000000ddd"  # of the owner
ORIGIN = "http://127.0.0.1:8080"
JSON = "application/json"
SEMANTIC = f"{JSON}; domain-model=launchdarkly.semanticpatch"

Query = Mapping[str, Any] | Iterable[tuple[str, Any]]
Find = Callable[[str, str], Operation | Endpoint | None]  # by method and raw path


@dataclass(frozen=True)
class Answer:
    """What came back. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return msgspec.json.decode(self.body)

    @property
    def code(self) -> str:
        """The code of an error."""
        return str(self.json["code"])

    @property
    def message(self) -> str:
        """The message of an error."""
        return str(self.json["message"])


class Client:
    """Calls the application directly: paths and headers arrive exactly as they are given."""

    def __init__(self, asgi: Any, find: Find, run: Callable[[Awaitable[Any]], Any]) -> None:
        self._asgi = asgi
        self._find = find
        self._run = run

    def get(self, path: str, **how: Any) -> Answer:
        return self.request("GET", path, **how)

    def post(self, path: str, json: Any = None, **how: Any) -> Answer:
        return self.request("POST", path, json=json, **how)

    def put(self, path: str, json: Any, **how: Any) -> Answer:
        return self.request("PUT", path, json=json, **how)

    def patch(self, path: str, json: Any, *, semantic: bool = False, **how: Any) -> Answer:
        return self.request("PATCH", path, json=json, content_type=SEMANTIC if semantic else JSON, **how)

    def instruct(self, path: str, *instructions: Any, environment: str = "", **how: Any) -> Answer:
        """A semantic patch of these instructions, in the environment if one is named."""
        body = {"instructions": instructions} | ({"environmentKey": environment} if environment else {})
        return self.patch(path, body, semantic=True, **how)

    def delete(self, path: str, **how: Any) -> Answer:
        return self.request("DELETE", path, **how)

    def request(self, method: str, path: str, **how: Any) -> Answer:
        """See `send` for what can be given."""
        answer: Answer = self._run(self.send(method, path, **how))
        return answer

    def request_all(self, *calls: Mapping[str, Any]) -> list[Answer]:
        """Several calls at the same time; each has the arguments of `send`."""

        async def gather() -> list[Answer]:
            return await asyncio.gather(*(self.send(**call) for call in calls))

        answers: list[Answer] = self._run(gather())
        return answers

    async def send(
        self,
        method: str,
        path: str,
        *,
        as_: str = OWNER,
        query: Query = (),
        json: Any = None,
        body: bytes | None = None,
        content_type: str = JSON,
        version: str = "",
        headers: Mapping[str, str] | None = None,
        address: str = "127.0.0.1",
        checked: bool = True,
    ) -> Answer:
        """One call. `path` is sent as it is, so that a test quotes what it means to have quoted.

        `as_` is an access token, or the secret of a session: then this is a page of the installation.
        `body` are raw bytes in place of `json`; `headers` may replace any that this makes. Only a test of
        what happens to a defect has a reason not to have the answer checked.
        """
        if body is None:
            body = b"" if json is None else msgspec.json.encode(json)
        sent = {"ld-api-version": version, "content-type": content_type if body else ""} | _credential(as_)
        sent |= {"content-length": str(len(body))} if body else {}
        sent |= {name.lower(): value for name, value in (headers or {}).items()}
        raw_path, _, raw_query = path.partition("?")
        raw_query = raw_query or urlencode(_pairs(query), doseq=True)
        answer = await self._exchange(_scope(method, raw_path, raw_query, sent, address), body)
        meant = sent.get("x-http-method-override", method) if method == "POST" else method
        if checked:
            check_answer(self._find(meant, raw_path), answer.status, answer.headers, answer.body)
        return answer

    async def _exchange(self, scope: dict[str, Any], body: bytes) -> Answer:
        received: list[dict[str, Any]] = []
        inbox = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            return inbox.pop() if inbox else {"type": "http.disconnect"}

        async def send(message: dict[str, Any]) -> None:
            received.append(message)

        await self._asgi(scope, receive, send)
        start = received[0]
        return Answer(
            start["status"],
            {name.decode().lower(): value.decode() for name, value in start["headers"]},
            b"".join(message.get("body", b"") for message in received[1:]),
        )


def _credential(secret: str) -> dict[str, str]:
    if not secret.startswith("session-"):
        return {"authorization": secret}
    return {"cookie": f"flagstaff-session={secret}", "origin": ORIGIN}


def _pairs(query: Query) -> list[tuple[str, Any]]:
    return list(query.items() if isinstance(query, Mapping) else query)


def _scope(method: str, path: str, query: str, headers: Mapping[str, str], address: str) -> dict[str, Any]:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.encode(), value.encode("latin-1")) for name, value in headers.items() if value],
        "client": (address, 50_000),
        "server": ("127.0.0.1", 8080),
    }
