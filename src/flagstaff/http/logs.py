"""Structured logs on standard output: one line per event, with the request's id and route.

A log never stops what it tells about: a full disk or a closed pipe behind standard output loses lines only.
Tracebacks show no values of variables, since these may be secrets.
"""

import json
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Protocol, TextIO, cast

import msgspec
import structlog

LIBRARIES = {"alembic": logging.WARNING, "uvicorn.access": logging.WARNING, "uvicorn.error": logging.ERROR}
_encoder = msgspec.json.Encoder()
Processor = Callable[[Any, str, Any], Any]


class Output(Protocol):
    """What takes lines of text."""

    def write(self, text: str, /) -> int: ...
    def flush(self) -> None: ...


def configure_logs(
    form: str, level: int = logging.INFO, output: Output | None = None, worker: int = 0
) -> None:
    """`form` is console or json; the lines of libraries take the same shape.

    Where several processes serve together, each line tells its `worker`.
    """
    stream = cast(TextIO, _Forgiving(output or sys.stdout))
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if worker:
        shared.append(lambda _, __, event: {**event, "worker": worker})
    renderers = _choose_renderers(form)
    structlog.configure(
        processors=[*shared, *renderers],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(stream),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(stream)
    drop_marks = structlog.stdlib.ProcessorFormatter.remove_processors_meta
    formatter = structlog.stdlib.ProcessorFormatter(
        processors=[drop_marks, *renderers], foreign_pre_chain=shared
    )
    handler.setFormatter(formatter)
    logging.basicConfig(handlers=[handler], level=level, force=True)
    for name, lowest in LIBRARIES.items():
        logging.getLogger(name).setLevel(lowest)


def _choose_renderers(form: str) -> list[Processor]:
    if form == "console":
        plain = structlog.dev.plain_traceback
        return [structlog.dev.ConsoleRenderer(exception_formatter=plain)]
    transformer = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    return [structlog.processors.ExceptionRenderer(transformer), structlog.processors.JSONRenderer(_encode)]


def _encode(line: Any, **options: Any) -> str:
    """JSON in ASCII, which every stream takes; most lines are plain, and quickly encoded."""
    with suppress(TypeError, ValueError, OverflowError, RecursionError):
        plain = _encoder.encode(line)
        if plain.isascii():
            return plain.decode()
    return json.dumps(line, **options)


class _Forgiving:
    """A text stream that loses what it cannot write."""

    def __init__(self, stream: Output) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        with suppress(OSError, ValueError):
            return self._stream.write(text)
        return 0

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()
