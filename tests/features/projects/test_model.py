from flagstaff.features.projects.model import Project


def test_policies_name_a_project_by_its_key_and_tags() -> None:
    assert Project(id="1", key="web", name="Web", tags=("a", "b"), created=0).resource.text == "proj/web;a,b"
