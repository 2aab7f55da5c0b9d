"""Editors complete methods, arguments, keys within them, and members of answers under both their names."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.editor import Editor

CLIENT = Path(__file__).parent.parent
SERVER = CLIENT / "node_modules" / ".bin" / "pyright-langserver"
PROGRAM = """\
from launch_darkly_python_sdk import LaunchDarkly
client = LaunchDarkly()
flag = client.feature_flags.single_flag_by_key(project_key="a", feature_flag_key="b")
"""


@pytest.fixture(scope="module")
def editor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Editor]:
    assert SERVER.exists(), "`make setup` installs pyright"
    folder = tmp_path_factory.mktemp("project")
    (folder / "pyrightconfig.json").write_text(json.dumps({"extraPaths": [str(CLIENT / "src")]}))
    editor = Editor(SERVER, folder)
    yield editor
    editor.close()


@pytest.mark.parametrize(
    ("line", "offered"),
    [
        ("client.feat|", {"feature_flags", "feature_flags_beta"}),
        ("client.feature_flags.upd|", {"update_feature_flag"}),
        ("client.feature_flags.raw.aupd|", {"aupdate_feature_flag"}),
        ("client.feature_flags.list.|", {"iter", "pages"}),
        ("client.feature_flags.create_feature_flag(project_key='a', des|)", {"description="}),
        ("client.access_tokens.create_new_token(inline_role=[{'not|'}])", {"not_actions", "notActions"}),
        ("flag.crea|", {"creation_date"}),
        ('flag["crea|"]', {"creation_date", "creationDate"}),
        ('flag["_lin|"]', {"_links"}),
        ('flag.links["self"].hr|', {"href"}),
        ('flag["environments"]["test"]["off|"]', {"off_variation", "offVariation"}),
    ],
)
def test_an_editor_offers_what_is_documented(line: str, offered: set[str], editor: Editor) -> None:
    found = {label.strip("'") for label in editor.complete(PROGRAM + line + "\n")}
    assert offered - found == set()
