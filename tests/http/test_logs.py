"""The lines of the log."""

import io
import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from flagstaff.http.logs import configure_logs

SECRET = f"sdk-{32 * 'a'}"  # which no line of this file holds


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    """The loggers as they were before."""
    root, names = logging.getLogger(), ("alembic", "uvicorn.access", "uvicorn.error")
    before = root.handlers[:], root.level, [logging.getLogger(name).level for name in names]
    configured = structlog.get_config()
    yield
    root.handlers[:], root.level = before[0], before[1]
    for name, level in zip(names, before[2], strict=True):
        logging.getLogger(name).setLevel(level)
    structlog.configure(**configured)


def lines(output: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in output.getvalue().splitlines()]


def fail(secret: str) -> None:
    raise ValueError(f"failed with {len(secret)}")


def test_a_line_is_one_json_object_with_what_is_bound_to_its_request() -> None:
    output = io.StringIO()
    configure_logs("json", output=output)

    with structlog.contextvars.bound_contextvars(request_id="r1", route="GET /x"):
        structlog.get_logger().info("answered", status=200)

    (line,) = lines(output)
    assert line.pop("timestamp").endswith("Z")
    assert line == {
        "event": "answered",
        "status": 200,
        "request_id": "r1",
        "route": "GET /x",
        "level": "info",
    }


def test_the_lines_of_libraries_have_the_same_shape_and_their_chatter_is_left_out() -> None:
    output = io.StringIO()
    configure_logs("json", output=output)

    logging.getLogger("somewhere").warning("careful: %s", "really")
    logging.getLogger("uvicorn.error").info("Started server process")
    logging.getLogger("uvicorn.error").warning("Invalid HTTP request received.")

    (line,) = lines(output)
    assert (line["event"], line["level"]) == ("careful: really", "warning")


@pytest.mark.parametrize("form", ["json", "console"])
@pytest.mark.parametrize("source", ["ours", "library"])
def test_a_traceback_shows_where_but_no_values(form: str, source: str) -> None:
    output = io.StringIO()
    configure_logs(form, output=output)

    try:
        fail(SECRET)
    except ValueError:
        if source == "ours":
            structlog.get_logger().exception("internal_error")
        else:
            logging.getLogger("library").exception("internal_error")

    assert "internal_error" in output.getvalue()
    assert f"failed with {len(SECRET)}" in output.getvalue()
    assert "test_logs.py" in output.getvalue()
    assert SECRET not in output.getvalue()


class Broken(io.StringIO):
    def write(self, text: str) -> int:  # noqa: ARG002 - the signature of a stream
        raise OSError(28, "No space left on device")


class Closed(io.StringIO):
    def flush(self) -> None:
        raise BrokenPipeError


@pytest.mark.parametrize("output", [Broken(), Closed()])
@pytest.mark.parametrize("form", ["json", "console"])
def test_a_log_that_cannot_be_written_stops_nobody(form: str, output: io.StringIO) -> None:
    configure_logs(form, output=output)

    structlog.get_logger().info("answered")
    logging.getLogger("library").warning("careful")


class Odd:
    def __repr__(self) -> str:
        return "something odd"


@pytest.mark.parametrize("value", ["Grüße\n", "\ud800", 2**70, 0.5, None, [1, {"a": "b"}], Odd()], ids=repr)
def test_any_value_is_told_in_ascii(value: Any) -> None:
    output = io.StringIO()
    configure_logs("json", output=output)

    structlog.get_logger().info("told", value=value)

    assert output.getvalue().isascii()
    (line,) = lines(output)
    assert line["value"] == ("something odd" if isinstance(value, Odd) else value)
