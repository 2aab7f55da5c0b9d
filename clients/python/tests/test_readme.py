"""The examples of the README run as they are written."""

import ast
import re
from pathlib import Path
from typing import Any

import pytest

from launch_darkly_python_sdk import LaunchDarkly
from recording.server import Prepared, Recorder

README = Path(__file__).parent.parent / "README.md"
EXAMPLES = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
ANSWER = {
    "key": "checkout",
    "creationDate": 1_700_000_000_000,
    "items": [{"key": "checkout"}],
    "totalCount": 1,
    "_links": {"self": {"href": "/api/v2/flags/default", "type": "application/json"}},
}


@pytest.mark.parametrize("example", EXAMPLES, ids=range(len(EXAMPLES)))
async def test_an_example_runs_as_it_is_written(
    example: str, recorder: Recorder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LAUNCHDARKLY_HOST", recorder.host)
    recorder.otherwise = lambda _request: Prepared(200, ANSWER)
    text = example.replace('host="http://127.0.0.1:8080"', f'host="{recorder.host}"')
    async with LaunchDarkly("token") as launchdarkly:
        names: dict[str, Any] = {"launchdarkly": launchdarkly}
        done = eval(compile(text, "README.md", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT), names)
        if done is not None:
            await done
    assert recorder.requests


def test_every_method_of_the_readme_is_one() -> None:
    assert len(EXAMPLES) == 4
    assert "257" in README.read_text(encoding="utf-8")
