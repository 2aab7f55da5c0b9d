"""Requests whose answer is at hand get it before the loop turns (decision 0013); others, as uvicorn does it.

This file and `stream_protocol` alone know uvicorn's inner shape.
"""

import asyncio
from time import perf_counter
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol, RequestResponseCycle

from flagstaff.delivery.joined_writes import JoinedWrites
from flagstaff.delivery.polls_at_once import PollsAtOnce, Reply


class PollProtocol(HttpToolsProtocol):
    """`polls` knows what is at hand."""

    polls: ClassVar[PollsAtOnce | None] = None

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Any) -> None:
        polls = self.polls
        if polls is not None and self._is_plain(cycle) and polls.may_answer(cycle.scope):
            if polls.turns.are_over:
                self.loop.call_soon(self._start_asgi_task, cycle, app)
                return
            if self._answer_poll(cycle, polls):
                return
        cycle.transport = JoinedWrites(self.transport, self.loop)
        super()._start_asgi_task(cycle, app)

    def _is_plain(self, cycle: RequestResponseCycle) -> bool:
        """Whether nothing stands in the way of an answer now.

        A request that waited behind another may have a row of them behind itself, and each would begin
        inside the one before it.
        """
        return (
            cycle is self.cycle
            and cycle.keep_alive
            and not cycle.waiting_for_100_continue
            and not self.flow.write_paused
            and not self.transport.is_closing()
        )

    def _answer_poll(self, cycle: RequestResponseCycle, polls: PollsAtOnce) -> bool:
        began = perf_counter()
        reply = polls.answer(cycle.scope)
        if reply is None:
            return False
        self._send(reply)
        cycle.response_started = cycle.response_complete = True
        self.on_response_complete()
        polls.count(reply.route, reply.status, perf_counter() - began)
        return True

    def _send(self, reply: Reply) -> None:
        lines = (b"%b: %b\r\n" % header for header in self.server_state.default_headers)
        head = b"".join((STATUS_LINE[reply.status], *lines, reply.head, b"\r\n"))
        transport: asyncio.Transport = self.transport
        transport.writelines((head, reply.body))
