"""The program `flagstaff`: imports the commands, without what only costs time, and runs one."""

import gc
import sys
from collections.abc import Callable
from importlib import import_module
from typing import cast


def main() -> None:
    """Run the command that this process was started for."""
    run = load_commands()
    run()


def load_commands() -> Callable[[], None]:
    """Import what runs a command; for a process that does nothing else, since it is left without Rich."""
    # structlog imports Rich where it is installed, a quarter of a start, for tracebacks that are never shown
    sys.modules.setdefault("rich", None)  # type: ignore[arg-type]  # None: as if it were not installed
    gc.disable()  # what is imported stays, and looking through it again and again takes a fifth of a start
    try:
        return cast(Callable[[], None], import_module("flagstaff.cli").main)
    finally:
        gc.enable()


if __name__ == "__main__":
    main()
