"""Programs that tests share stay whole: one whose client fails is not there for the next test."""

import pytest

from tests.support.sdk_programs import Sdk, programs

ANSWERS = 'case "$line" in *crash*) exit 3;; *leave*) end=4;; esac; echo true'
COMMAND = ("sh", "-c", f"end=0; while read -r line; do {ANSWERS}; done; exit $end")


def test_clients_share_a_program_until_one_of_them_fails() -> None:
    with programs() as running:
        with running.opening(Sdk, COMMAND) as first, running.opening(Sdk, COMMAND) as second:
            assert first.program is second.program
        with (
            pytest.raises(AssertionError, match="asked to crash, the program has ended with status 3"),
            running.opening(Sdk, COMMAND) as failed,
        ):
            failed.ask("crash")
        with running.opening(Sdk, COMMAND) as fresh:
            assert fresh.program is not first.program
            assert fresh.ask("anything") is True


def test_a_program_that_does_not_end_well_fails_the_module() -> None:
    with (
        pytest.raises(AssertionError, match="4"),
        programs() as running,
        running.opening(Sdk, COMMAND) as opened,
    ):
        opened.ask("leave")
