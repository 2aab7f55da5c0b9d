"""The samples of a reference: one call for each documented method, as text to run."""

import ast
import builtins
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HEADING = re.compile(r"^### `launchdarkly\.([^`]+)`", re.MULTILINE)
CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
JSON_WORDS = {"true": True, "false": False, "null": None}
REPEATED = re.compile(r"keyword argument repeated: (\w+)")


FORMATS = {"patch": "JSON patch", "merge": "merge patch", "instructions": "semantic patch"}


@dataclass(frozen=True)
class Sample:
    """A sample with the name of its method; `text` is Python, `about` is what stands before it."""

    name: str
    text: str
    about: str = ""

    @property
    def formats(self) -> set[str]:
        """The arguments for the formats of patches that the text speaks of."""
        return {name for name, words in FORMATS.items() if words.lower() in self.about.lower()}

    def rewrite(self, *, awaited: bool, raw: bool) -> str:
        """The same call in another form."""
        group, _, method = self.name.partition(".")
        call = f"launchdarkly.{group}.{'raw.' if raw else ''}{'a' if awaited else ''}{method}("
        text = self.text.replace(f"launchdarkly.{group}.{method}(", call)
        return text.replace(call, f"await {call}") if awaited else text

    def arguments(self) -> dict[str, Any]:
        """What the sample gives, by name."""
        call = next(node for node in ast.walk(ast.parse(self.text)) if isinstance(node, ast.Call))
        return {
            str(keyword.arg): eval(compile(ast.Expression(keyword.value), "", "eval"), names_for(None))
            for keyword in call.keywords
        }


def read_samples(reference: Path) -> Iterator[Sample]:
    """Every sample: group names without parentheses, a keyword that is repeated given once."""
    parts = HEADING.split(reference.read_text(encoding="utf-8"))
    for name, section in zip(parts[1::2], parts[2::2], strict=True):
        code = CODE.search(section)
        if code is None:
            raise ValueError(f"{name} has no sample")
        text = give_once(code[1].replace("_(beta)", "_beta"))
        yield Sample(name.replace("_(beta)", "_beta"), text, section[: code.start()])


def read_introductions(reference: Path) -> list[str]:
    """The longer samples before the reference proper."""
    return CODE.findall(HEADING.split(reference.read_text(encoding="utf-8"))[0])


def give_once(text: str) -> str:
    """Take out lines that repeat a keyword, which is no Python."""
    while True:
        try:
            compile(text, "sample", "exec")
        except SyntaxError as error:
            repeated = REPEATED.search(error.msg)
            if repeated is None:
                raise
            lines = text.split("\n")
            again = [index for index, line in enumerate(lines) if line.startswith(f"    {repeated[1]}=")]
            del lines[again[-1]]
            text = "\n".join(lines)
        else:
            return text


def names_for(client: Any) -> dict[str, Any]:
    """What a sample may use: the client, words of JSON, and a file where it opens one."""
    opened = {"open": lambda _path, _mode: io.BytesIO(b"key-1\nkey-2\n")}
    return {"launchdarkly": client, **JSON_WORDS, "__builtins__": {**vars(builtins), **opened}}
