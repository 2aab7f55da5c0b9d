"""What is logged, in a process of its own: the configuration of logs is one for the whole process."""

import json
import subprocess
import sys

import pytest

SCRIPT = """
import logging, sys, structlog
from flagstaff.http.logs import configure_logs

configure_logs(sys.argv[1])
structlog.contextvars.bind_contextvars(request_id="request-1")
log = structlog.get_logger()
log.info("answered", status=201)
log.debug("unheard")
def fail():
    secret = "sdk-" + "secret"
    raise ValueError("the reason")
try:
    fail()
except ValueError:
    log.exception("internal_error")
    logging.getLogger("uvicorn.error").exception("of a library")
logging.getLogger("uvicorn.access").info("unheard")
"""


def run(form: str) -> str:
    done = subprocess.run([sys.executable, "-c", SCRIPT, form], check=True, capture_output=True, text=True)
    assert done.stderr == ""
    return done.stdout


def test_json_is_one_object_for_each_event_with_the_id_of_its_request() -> None:
    lines = [json.loads(line) for line in run("json").splitlines()]

    assert [line["event"] for line in lines] == ["answered", "internal_error", "of a library"]
    assert {line["request_id"] for line in lines} == {"request-1"}
    assert (lines[0]["status"], lines[0]["level"]) == (201, "info")
    assert lines[0]["timestamp"].endswith("Z")
    assert lines[1]["exception"][0]["exc_value"] == lines[2]["exception"][0]["exc_value"] == "the reason"


@pytest.mark.parametrize("form", ["json", "console"])
def test_a_traceback_shows_where_and_why_but_no_values(form: str) -> None:
    output = run(form)

    assert output.count("the reason") >= 2
    assert "fail" in output
    assert "sdk-secret" not in output
    assert "unheard" not in output
