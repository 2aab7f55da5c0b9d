"""Requests whose answer is at hand get it before the loop turns (decision 0013); others, as uvicorn does it.

This file and `stream_protocol` alone know uvicorn's inner shape.
"""

import asyncio
from math import inf
from time import perf_counter
from typing import Any, ClassVar
from urllib.parse import unquote

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from flagstaff.delivery.joined_writes import JoinedWrites
from flagstaff.delivery.known_heads import Headers
from flagstaff.delivery.polls_at_once import PollsAtOnce, Reply, Scope


class PollProtocol(HttpToolsProtocol):
    """`polls` knows what is at hand."""

    polls: ClassVar[PollsAtOnce | None] = None
    received: bytes = b""  # while the parser reads it
    is_between: bool = True  # requests: the parser has read the last one to its end
    answered: float = -inf  # when this was last done without the parser

    def data_received(self, data: bytes) -> None:
        self.received = data
        super().data_received(data)
        self.received = b""

    def on_message_begin(self) -> None:
        self.is_between = False
        super().on_message_begin()

    def on_message_complete(self) -> None:
        self.is_between = True
        super().on_message_complete()

    def answer_unparsed(self, data: bytes) -> bool:
        """Answer a poll whose head came before (decision 0016); false for all else, which is to be parsed."""
        polls = self.polls
        if polls is None or not self.is_between or not self._is_open() or polls.turns.are_over:
            return False
        if self.cycle is not None and not self.cycle.response_complete:
            return False
        found = polls.heads.find(data)
        scope = found and self._make_scope(*found)
        if not scope or not polls.may_answer(scope) or not self._answer_poll(scope, polls):
            return False
        self.server_state.total_requests += 1
        self.answered = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._await_next(self.timeout_keep_alive)
        return True

    def timeout_keep_alive_handler(self) -> None:
        """Close a connection that is silent, by what the parser does not know as well."""
        left = self.answered + self.timeout_keep_alive - self.loop.time()
        if left > 0:
            self._await_next(left)
        else:
            super().timeout_keep_alive_handler()

    def _await_next(self, seconds: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(seconds, self.timeout_keep_alive_handler)

    def _make_scope(self, target: bytes, headers: Headers) -> Scope:
        """What the parser would have made."""
        path, _, query = target.partition(b"?")
        text = path.decode("ascii")
        return {
            "type": "http",
            "http_version": "1.1",
            "server": self.server,
            "client": self.client,
            "scheme": self.scheme,
            "root_path": "",
            "headers": headers,
            "method": "GET",
            "path": unquote(text) if "%" in text else text,
            "raw_path": path,
            "query_string": query,
        }

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        polls = self.polls
        if polls is not None and self._is_plain(cycle) and polls.may_answer(cycle.scope):
            if polls.turns.are_over:
                self.loop.call_soon(self._start_asgi_task, cycle, app)
                return
            if self._answer_poll(cycle.scope, polls):
                polls.heads.keep(self.received, self.url, self.headers)
                cycle.response_started = cycle.response_complete = True
                self.on_response_complete()
                return
        cycle.transport = JoinedWrites(self.transport, self.loop)
        super()._start_asgi_task(cycle, app)

    def _is_plain(self, cycle: RequestResponseCycle) -> bool:
        """Whether nothing stands in the way of an answer now.

        A request that waited behind another may have a row of them behind itself, and each would begin
        inside the one before it.
        """
        is_last = cycle is self.cycle and cycle.keep_alive
        return is_last and not cycle.waiting_for_100_continue and self._is_open()

    def _is_open(self) -> bool:
        return not self.flow.write_paused and not self.transport.is_closing()

    def _answer_poll(self, scope: Scope, polls: PollsAtOnce) -> bool:
        began = perf_counter()
        reply = polls.answer(scope)
        if reply is None:
            return False
        self._send(reply)
        polls.count(reply.route, reply.status, perf_counter() - began)
        return True

    def _send(self, reply: Reply) -> None:
        lines = [b"%b: %b\r\n" % header for header in self.server_state.default_headers]
        head = b"".join([STATUS_LINE[reply.status], *lines, reply.head, b"\r\n\r\n"])
        transport: asyncio.Transport = self.transport
        transport.writelines((head, reply.body))
