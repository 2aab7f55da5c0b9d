import msgspec

from flagstaff.features.projects.model import BooleanDefaults, FlagDefaults, Project
from flagstaff.features.projects.represent import (
    read_flag_defaults,
    represent_flag_defaults,
    represent_project,
)
from flagstaff.features.projects.schemas import FlagDefaultsFields

PROJECT = Project(
    id="1",
    key="web",
    name="Web",
    flag_defaults=FlagDefaults(
        tags=("a",), boolean_defaults=BooleanDefaults(on_variation=1, off_variation=0)
    ),
    created=0,
)


def test_a_project_leaves_its_environments_out_where_it_is_not_given_them() -> None:
    assert "environments" not in msgspec.to_builtins(represent_project(PROJECT))
    assert msgspec.to_builtins(represent_project(PROJECT, []))["environments"] == []


def test_flag_defaults_that_are_read_back_are_the_same() -> None:
    shown = msgspec.to_builtins(represent_flag_defaults(PROJECT))
    del shown["_links"]
    fields = msgspec.convert(shown, FlagDefaultsFields)

    assert read_flag_defaults(fields, fields.tags) == PROJECT.flag_defaults
