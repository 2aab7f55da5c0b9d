"""Resources as they were around an audit entry, in the shape that the API shows them in today."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET

from flagstaff.features.audit.model import AuditEntry, subject_of
from flagstaff.features.audit.store import RowKey, State, main_document, state_around
from flagstaff.features.contexts.kinds.represent import represent_kind
from flagstaff.features.contexts.kinds.store import KINDS
from flagstaff.features.flags.model import FlagState
from flagstaff.features.flags.represent import EnvironmentView, FlagView, represent_flag
from flagstaff.features.flags.store import FLAGS, TARGETINGS
from flagstaff.features.projects.environments.represent import HIDDEN, represent_environment
from flagstaff.features.projects.environments.store import ENVIRONMENTS, list_environments
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.represent import represent_project
from flagstaff.features.projects.store import PROJECTS
from flagstaff.features.segments.model import SegmentPlace
from flagstaff.features.segments.represent import represent_segment
from flagstaff.features.segments.store import SEGMENTS
from flagstaff.features.usage.applications.represent import represent_application
from flagstaff.features.usage.applications.store import APPLICATIONS
from flagstaff.http.call import Call
from flagstaff.storage.documents import Documents

Model = TypeVar("Model", bound=msgspec.Struct)


def versions_around(call: Call, entry: AuditEntry) -> tuple[Any, Any]:
    """The resource before and after an entry; UNSET where there was none, or where its kind has no shape."""
    main = main_document(entry)
    if main is None or main[0] not in SHAPES:
        return UNSET, UNSET
    table, document_id = main
    tables, represent = SHAPES[table]
    newest = {key: body for documents in tables for key, body in _rows(call, documents, document_id)}
    before, after = state_around(call.tx, entry, document_id, newest)
    return represent(call, entry, before), represent(call, entry, after)


def _rows(call: Call, documents: Documents[Any], document_id: str) -> Iterable[tuple[RowKey, Any]]:
    columns = ", ".join(documents.keys)
    sql = f"SELECT {columns}, body FROM {documents.table} WHERE {documents.keys[0]} = :id"
    for *keys, body in call.tx.all(sql, id=document_id):
        yield (documents.table, *keys), msgspec.json.decode(body)


def _flag(call: Call, entry: AuditEntry, state: State) -> Any:
    bodies = {key[2]: body for key, body in state.items() if key[0] == TARGETINGS.table and body is not None}
    flag = _only(FLAGS, state)
    if flag is None:
        return UNSET
    project = _place_of(call, entry)
    every = () if project is None else list_environments(call.tx, project)
    shown = [
        environment
        for environment in every
        if environment.id in bodies and project and call.sees(environment.resource(project))
    ]
    views = tuple(EnvironmentView(environment.key, environment.name) for environment in shown)
    targetings = {
        environment.key: msgspec.convert(bodies[environment.id], TARGETINGS.model) for environment in shown
    }
    return represent_flag(FlagState(flag=flag, environments=targetings), FlagView(_project_key(entry), views))


def _segment(call: Call, entry: AuditEntry, state: State) -> Any:
    segment = _only(SEGMENTS, state)
    project = _place_of(call, entry)
    environment = None
    if segment is not None:
        environment = ENVIRONMENTS.find(call.tx, "id = :id", id=segment.environment_id)
    if segment is None or project is None or environment is None:
        return UNSET
    return represent_segment(SegmentPlace(project, environment), segment)


def _project(call: Call, entry: AuditEntry, state: State) -> Any:  # noqa: ARG001 - one interface for all kinds
    project = _only(PROJECTS, state)
    return UNSET if project is None else represent_project(project)


def _environment(call: Call, entry: AuditEntry, state: State) -> Any:
    environment = _only(ENVIRONMENTS, state)
    project = _place_of(call, entry)
    if environment is None or project is None:
        return UNSET
    return represent_environment(project, environment, HIDDEN, HIDDEN)


def _context_kind(call: Call, entry: AuditEntry, state: State) -> Any:
    kind = _only(KINDS, state)
    project = _place_of(call, entry)
    return UNSET if kind is None or project is None else represent_kind(project, kind, None)


def _application(call: Call, entry: AuditEntry, state: State) -> Any:  # noqa: ARG001 - one interface for all kinds
    application = _only(APPLICATIONS, state)
    return UNSET if application is None else represent_application(application, "")


def _only(documents: Documents[Model], state: State) -> Model | None:
    bodies = [body for key, body in state.items() if key[0] == documents.table and body is not None]
    return msgspec.convert(bodies[0], documents.model) if bodies else None


def _place_of(call: Call, entry: AuditEntry) -> Project | None:
    return PROJECTS.find(call.tx, "key = :key", key=_project_key(entry))


def _project_key(entry: AuditEntry) -> str:
    subject = subject_of(entry.touched)
    return "" if subject is None else subject.names.get("proj", "")


Represent = Callable[[Call, AuditEntry, State], Any]
# By the table of the main document: the tables that its parts lie in, and how it is shown.
SHAPES: dict[str, tuple[tuple[Documents[Any], ...], Represent]] = {
    FLAGS.table: ((FLAGS, TARGETINGS), _flag),
    TARGETINGS.table: ((FLAGS, TARGETINGS), _flag),
    SEGMENTS.table: ((SEGMENTS,), _segment),
    PROJECTS.table: ((PROJECTS,), _project),
    ENVIRONMENTS.table: ((ENVIRONMENTS,), _environment),
    KINDS.table: ((KINDS,), _context_kind),
    APPLICATIONS.table: ((APPLICATIONS,), _application),
}
