"""From what was received to what a method answers, or the exception that it raises."""

import json
from typing import Any

from launch_darkly_python_sdk.answers import decode
from launch_darkly_python_sdk.errors import Received, UnreadableAnswer, make_error
from launch_darkly_python_sdk.kinds import parse_kind
from launch_darkly_python_sdk.raw import RawResponse

SUCCESSES = range(200, 300)
NO_CONTENT = 204


def read_answer(received: Received, answer: str, call: str) -> RawResponse[Any]:
    """The answer of a call; `answer` is its kind, empty for a method that answers None.

    Raises ApiException, of the class that fits the status; UnreadableAnswer for a success that is not JSON,
    or has no body where one is promised.
    """
    if received.status not in SUCCESSES:
        raise make_error(received._replace(body=_parse_leniently(received.content)), call)
    return RawResponse(
        body=_read_body(received, answer, call),
        status=received.status,
        headers=received.headers,
        round_trip_time=received.seconds,
    )


def _read_body(received: Received, answer: str, call: str) -> Any:
    if received.content:
        body = _parse(received, call)
        return decode(parse_kind(answer), body) if answer else body
    if answer.startswith("[") and received.status == NO_CONTENT:
        return []
    if answer in ("", "any") or received.status == NO_CONTENT:
        return None
    raise UnreadableAnswer("the answer is empty", call=call, received=received)


def _parse(received: Received, call: str) -> Any:
    try:
        return json.loads(received.content)
    except (ValueError, RecursionError) as error:
        media = received.headers.get("Content-Type", "no media type").partition(";")[0]
        text = received.content.decode("utf-8", "replace")
        message = (
            f"the answer is not JSON but {media}" if "json" not in media else f"the JSON is broken: {error}"
        )
        raise UnreadableAnswer(message, call=call, received=received._replace(body=text)) from None


def _parse_leniently(content: bytes) -> Any:
    """The body of an error, which proxies write as they like: JSON, else text, else None."""
    if not content:
        return None
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")
