"""Sends requests over one pool of connections, and waits: for callers without asyncio."""

import ssl
import time
from collections.abc import Mapping
from contextlib import ExitStack
from functools import cache
from typing import Any
from weakref import finalize

import httpx

from launch_darkly_python_sdk.errors import NoAnswer, Received, TimedOut, describe_status
from launch_darkly_python_sdk.exchange import Outcome, Send, Steps, Wait
from launch_darkly_python_sdk.raw import RawResponse
from launch_darkly_python_sdk.request import Request
from launch_darkly_python_sdk.settings import Settings
from launch_darkly_python_sdk.version import __version__


class Connection:
    """One `httpx.Client`, closed at the latest when nobody has it any more. Threads may share it."""

    def __init__(self, settings: Settings) -> None:
        self._client = httpx.Client(transport=settings.transport, **client_options(settings))
        self._finalizer = finalize(self, self._client.close)

    def run(self, steps: Steps) -> RawResponse[Any]:
        """Carry out the steps of a call."""
        outcome: Outcome | None = None
        try:
            while True:
                step = steps.send(outcome)
                outcome = None
                if isinstance(step, Wait):
                    time.sleep(step.seconds)
                else:
                    outcome = self._send(step)
        except StopIteration as done:
            answer: RawResponse[Any] = done.value
            return answer

    def close(self) -> None:
        self._finalizer()

    def _send(self, step: Send) -> Outcome:
        with ExitStack() as files:
            sent = self._client.build_request(
                step.request.http, step.url, **request_options(step.request, files)
            )
            start = time.perf_counter()
            try:
                response = self._client.send(sent)
            except httpx.RequestError as error:
                return fail(error, step.request, time.perf_counter() - start)
            return receive(response, time.perf_counter() - start)


def client_options(settings: Settings) -> dict[str, Any]:
    """What both kinds of httpx clients are made with."""
    headers = {"User-Agent": f"flagstaff-client/{__version__}", **settings.headers}
    if settings.api_key is not None:
        headers["Authorization"] = settings.api_key
    if settings.api_version is not None:
        headers["LD-API-Version"] = settings.api_version
    return {
        "headers": headers,
        "timeout": settings.timeout,
        "proxy": settings.proxy,
        "trust_env": settings.trust_env,
        "verify": _make_context(settings),
        "follow_redirects": False,
    }


@cache
def _usual_context(trust_env: bool) -> ssl.SSLContext:
    """The context of everybody who asks for nothing else; making one takes longer than a call."""
    return httpx.create_ssl_context(trust_env=trust_env)


@cache
def _empty_context() -> ssl.SSLContext:
    """Trusts nobody. Calls without TLS need none, and reading the authorities would delay the first one."""
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def _make_context(settings: Settings) -> ssl.SSLContext:
    """`verify` may also be the path of a file of authorities, `cert` a path or several as ssl takes them."""
    verify, cert = settings.verify, settings.cert
    if verify is True and cert is None:
        is_plain = settings.host.startswith("http:")  # and nothing leads from there to another scheme
        return _empty_context() if is_plain else _usual_context(settings.trust_env)
    if isinstance(verify, ssl.SSLContext):
        context = verify
    elif isinstance(verify, bool):
        context = httpx.create_ssl_context(verify=verify, trust_env=settings.trust_env)
    else:
        context = ssl.create_default_context(cafile=str(verify))
    if cert is not None:
        context.load_cert_chain(*([cert] if isinstance(cert, str) else cert))
    return context


def request_options(request: Request, files: ExitStack) -> Mapping[str, Any]:
    """What httpx is to send; files that were opened for it are closed with `files`."""
    options: dict[str, Any] = {"headers": request.headers}
    if request.content is not None:
        options["content"] = request.content
    if request.form is not None:
        stream = request.form.open_file()
        if request.form.close_file:
            files.callback(stream.close)
        options["files"] = {request.form.part: (request.form.filename, stream, "text/csv")}
        options["data"] = dict(request.form.fields)
    return options


def receive(response: httpx.Response, seconds: float) -> Received:
    """The answer, which httpx has read to its end."""
    return Received(
        status=response.status_code,
        reason=response.reason_phrase or describe_status(response.status_code),
        headers=response.headers,
        content=response.content,
        seconds=seconds,
    )


def fail(error: httpx.RequestError, request: Request, seconds: float) -> NoAnswer:
    """The exception for a call that got no whole answer."""
    timed_out = isinstance(error, httpx.TimeoutException)
    kind = TimedOut if timed_out else NoAnswer
    reason = "no answer in time" if timed_out else "no answer"
    failure = kind(f"{reason}: {error or type(error).__name__}", call=request.title, round_trip_time=seconds)
    failure.__cause__ = error
    return failure
