"""Costly work in a process of its own."""

import os
import signal
from collections.abc import Iterator
from functools import partial
from threading import Thread

import pytest

from flagstaff.features.accounts.passwords import hash_password
from flagstaff.http.work_process import NICE, WorkProcess, WorkProcesses
from flagstaff.kernel.errors import InvalidRequest, Unavailable

CURRENT = 0  # for getpriority: the process that asks


@pytest.fixture(scope="module")
def process() -> Iterator[WorkProcess]:
    process = WorkProcess()
    yield process
    process.end()


def test_work_is_done_in_a_process_that_goes_after_everything_else(process: WorkProcess) -> None:
    here = os.getpriority(os.PRIO_PROCESS, CURRENT)

    assert process.do(partial(sum, (3, 4))) == 7
    assert process.do(os.getpid) != os.getpid()
    assert process.do(os.getppid) == os.getpid()
    assert process.do(partial(os.getpriority, os.PRIO_PROCESS, CURRENT)) == min(19, here + NICE)


def test_what_the_work_raises_is_raised_where_it_was_asked_for(process: WorkProcess) -> None:
    worker = process.do(os.getpid)

    with pytest.raises(InvalidRequest, match="8 to 256"):
        process.do(partial(hash_password, "short"))
    assert process.do(os.getpid) == worker


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_that_is_meant_for_the_server_does_not_end_it(
    process: WorkProcess, number: signal.Signals
) -> None:
    worker = process.do(os.getpid)
    os.kill(worker, number)

    assert process.do(os.getpid) == worker


def test_another_takes_over_from_one_that_was_killed(process: WorkProcess) -> None:
    worker = process.do(os.getpid)
    os.kill(worker, signal.SIGKILL)

    assert process.do(os.getpid) not in {worker, os.getpid()}


def test_work_that_ends_its_process_each_time_is_given_up(process: WorkProcess) -> None:
    with pytest.raises(Unavailable) as refused:
        process.do(partial(os._exit, 1))
    assert refused.value.retry_after == 1


def test_each_thread_has_one_of_its_own_that_ends_with_it() -> None:
    processes, workers = WorkProcesses(), []

    def work() -> None:
        workers.extend(processes.do(os.getpid) for _ in range(2))

    for _ in range(2):
        thread = Thread(target=work)
        thread.start()
        thread.join()

    assert len(set(workers)) == 2
    assert workers[0] == workers[1]
    with pytest.raises(ChildProcessError):  # it was waited for
        os.waitpid(workers[0], os.WNOHANG)
