"""What the documentation must name, and how a gap is found."""

from types import ModuleType

import pytest
import typer
from typer.main import get_group

import flagstaff.kernel
from flagstaff.kernel.instructions import Edit, Vocabulary
from tools.documents import find_missing, import_modules, list_commands, list_kinds, list_settings


def change_nothing(state: str, edit: Edit) -> str:
    """An instruction that changes nothing."""
    return state


@pytest.mark.parametrize(
    "text", ["set `FLAGSTAFF_PORT`", "FLAGSTAFF_PORT=80", "| FLAGSTAFF_PORT |", "(FLAGSTAFF_PORT)"]
)
def test_a_name_counts_wherever_it_stands_as_a_word(text: str) -> None:
    assert find_missing("setting", ["FLAGSTAFF_PORT"], text) == []


@pytest.mark.parametrize(
    "text", ["", "FLAGSTAFF_PORTS", "MY_FLAGSTAFF_PORT", "FLAGSTAFF_PORT_RANGE", "flagstaff_port"]
)
def test_a_longer_word_does_not_name_the_shorter(text: str) -> None:
    assert find_missing("setting", ["FLAGSTAFF_PORT"], text) == [
        "no document names the setting FLAGSTAFF_PORT"
    ]


def test_commands_are_named_as_an_operator_types_them() -> None:
    cli, tokens = typer.Typer(), typer.Typer()
    cli.add_typer(tokens, name="tokens")
    cli.command("serve")(lambda: None)
    cli.command("probe", hidden=True)(lambda: None)
    tokens.command("create")(lambda: None)
    tokens.command("list")(lambda: None)

    commands = list(list_commands(get_group(cli), "flagstaff"))

    assert sorted(commands) == ["flagstaff serve", "flagstaff tokens create", "flagstaff tokens list"]


def test_kinds_that_callers_may_send_are_found_in_every_vocabulary() -> None:
    flags, segments = Vocabulary[str]("flag"), Vocabulary[str]("segment")
    flags.kind("turnFlagOn", action="updateOn")(change_nothing)
    flags.kind("replaceSeeds", action="updateRules", internal=True)(change_nothing)
    segments.kind("addRule", action="updateRules")(change_nothing)
    modules = [ModuleType("flags"), ModuleType("segments")]
    modules[0].FLAG = flags  # type: ignore[attr-defined]
    modules[1].SEGMENT, modules[1].FLAG = segments, flags  # type: ignore[attr-defined]

    assert list_kinds(modules) == ["addRule", "turnFlagOn"]


def test_every_module_of_a_package_is_imported() -> None:
    names = {module.__name__ for module in import_modules(flagstaff.kernel)}

    assert {"flagstaff.kernel.errors", "flagstaff.kernel.instructions"} <= names


def test_the_settings_are_those_that_the_server_reads() -> None:
    settings = list_settings()

    assert {"FLAGSTAFF_DATABASE_URL", "FLAGSTAFF_PORT"} <= set(settings)
    assert all(name.startswith("FLAGSTAFF_") for name in settings)
