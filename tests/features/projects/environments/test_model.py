from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.model import Project

PROJECT = Project(id="1", key="web", name="Web", tags=("m",), created=0)


def test_policies_name_an_environment_by_its_project_key_and_tags() -> None:
    environment = Environment(
        id="2", project_id="1", key="test", name="Test", color="0", tags=("a", "b"), critical=True, created=0
    )

    resource = environment.resource(PROJECT)

    assert resource.text == "proj/web;m:env/test;a,b"
    assert resource == PROJECT.resource.environment("test", ("a", "b"), critical=True)
