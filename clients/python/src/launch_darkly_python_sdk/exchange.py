"""The course of one call: sending, waiting, sending again. It knows neither sockets nor asyncio.

The course is a generator of steps; whoever runs it carries each out and sends back what was received.
"""

import random
import time
from collections.abc import Generator
from typing import Any, NamedTuple, TypeAlias

from launch_darkly_python_sdk.addresses import have_same_origin, resolve
from launch_darkly_python_sdk.errors import NoAnswer, Received, UnexpectedRedirect
from launch_darkly_python_sdk.raw import RawResponse
from launch_darkly_python_sdk.reading import read_answer
from launch_darkly_python_sdk.request import Request
from launch_darkly_python_sdk.retries import Retries, Try, find_wait

REDIRECTS = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5


class Send(NamedTuple):
    """Send the request to this address, and come back with what was received, or with NoAnswer."""

    request: Request
    url: str


class Wait(NamedTuple):
    """Wait so many seconds."""

    seconds: float


Outcome: TypeAlias = Received | NoAnswer
Steps: TypeAlias = Generator[Send | Wait, Outcome | None, RawResponse[Any]]


def exchange(request: Request, url: str, answer: str, retries: Retries) -> Steps:
    """Carry out a call; returns its answer, raises what `read_answer` raises and NoAnswer."""
    tries = 1
    redirects = 0
    while True:
        outcome = yield Send(request, url)
        if outcome is None:
            raise RuntimeError("whoever sends must come back with an outcome")
        wait = _find_wait(request, outcome, tries, retries)
        if wait is not None:
            yield Wait(wait)
            tries += 1
            continue
        if isinstance(outcome, NoAnswer):
            raise outcome
        target = find_redirect(outcome, request, url)
        if target is None:
            return read_answer(outcome, answer, request.title)
        url = target
        redirects += 1
        if redirects > MOST_REDIRECTS:
            raise UnexpectedRedirect("redirected in circles", call=request.title, received=outcome)


def find_redirect(received: Received, request: Request, url: str) -> str | None:
    """Where on the same host the answer is found, None if this is it.

    Raises UnexpectedRedirect if it is elsewhere, where the access token must not go, or if the call is not
    one for reading, since it would arrive as another call.
    """
    location = received.headers.get("Location") if received.status in REDIRECTS else None
    if location is None:
        return None
    target = resolve(url, location)
    if target is None or not have_same_origin(url, target):
        message = "redirected to another host, where the access token is not sent"
        raise UnexpectedRedirect(message, call=request.title, received=received)
    if request.http != "GET":
        raise UnexpectedRedirect(
            "redirected, which only reading follows", call=request.title, received=received
        )
    return target


def _find_wait(request: Request, outcome: Outcome, tries: int, retries: Retries) -> float | None:
    if isinstance(outcome, Received) and outcome.status < 400:
        return None
    if request.form is not None and not request.form.rewindable:
        return None
    made = Try(outcome, tries, request.repeatable)
    return find_wait(retries, made, time.time(), random.random())  # noqa: S311 - spreads callers, hides nothing
