"""What lower slices leave to higher ones."""

from flagstaff.features.projects.store import on_project_deleted
from flagstaff.features.system import catalogue
from flagstaff.hooks import fill_hooks
from flagstaff.rows import OPERATIONS
from tests.support.server import TestServer


def test_hooks_may_be_filled_again(server: TestServer) -> None:
    hooks = list(on_project_deleted)

    fill_hooks()

    assert on_project_deleted == hooks
    assert tuple(catalogue.offered) == OPERATIONS
