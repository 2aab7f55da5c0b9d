"""What a member has chosen in the console, for every browser: the handlers, then one row per operation."""

from msgspec import UNSET

from flagstaff.features.console.preferences.schemas import ColumnChoice, Preferences, Views
from flagstaff.features.console.preferences.store import EVERYWHERE, list_preferences, save_preference
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.store import list_projects
from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, Operation
from flagstaff.kernel.errors import InvalidRequest

PATH = "/api/v2/flagstaff/preferences"
COLUMNS, VIEWS = "flagColumns", "flagViews"


def get_preferences(call: Call) -> Preferences:
    """Show what the caller has chosen for the lists of the console."""
    member_id = call.actor.member_id
    columns = list_preferences(call.tx, member_id, COLUMNS, ColumnChoice)
    views = list_preferences(call.tx, member_id, VIEWS, Views)
    seen = {project.id: project.key for project in _list_seen(call)}
    return Preferences(
        flag_columns=columns.get(EVERYWHERE, UNSET),
        flag_views={seen[project_id]: chosen for project_id, chosen in views.items() if project_id in seen},
    )


def put_preferences(call: Call) -> Preferences:
    """Keep what the body names, for each project by itself; what it does not name stays as it is.

    The last write of a part counts. Nothing of it is audited: it changes what the caller alone is shown.
    """
    body: Preferences = call.body
    member_id = call.actor.member_id
    seen = {project.key: project.id for project in _list_seen(call)}
    for key, chosen in body.flag_views.items():
        if key not in seen:
            raise InvalidRequest(f"body: Unknown project key {key[:100]} - at `$.flagViews`")
        save_preference(call.tx, member_id, VIEWS, seen[key], chosen)
    if body.flag_columns is not UNSET:
        save_preference(call.tx, member_id, COLUMNS, EVERYWHERE, body.flag_columns)
    return get_preferences(call)


def _list_seen(call: Call) -> list[Project]:
    return [project for project in list_projects(call.tx) if call.sees(project.resource)]


GROUP = "preferences"
OPERATIONS = (
    Operation(
        get_preferences,
        "GET",
        PATH,
        (GROUP, "get_preferences"),
        ANY_CALLER,
        answer=Preferences,
        session=True,
    ),
    Operation(
        put_preferences,
        "PUT",
        PATH,
        (GROUP, "put_preferences"),
        ANY_CALLER,
        body=Preferences,
        answer=Preferences,
        session=True,
    ),
)
