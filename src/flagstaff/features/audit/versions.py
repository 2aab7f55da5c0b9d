"""Resources as they were around an audit entry, in the shape that the API shows them in today."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET

from flagstaff.access.specifiers import Resource
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
from flagstaff.storage.documents import Documents
from flagstaff.storage.transaction import Transaction

Model = TypeVar("Model", bound=msgspec.Struct)
Sees = Callable[[Resource], bool]


def versions_around(tx: Transaction, entry: AuditEntry, sees: Sees) -> tuple[Any, Any]:
    """The resource before and after an entry, as far as it is seen.

    UNSET where there was none, or where its kind has no shape of its own.
    """
    main = main_document(entry)
    if main is None or main[0] not in SHAPES:
        return UNSET, UNSET
    table, document_id = main
    tables, represent = SHAPES[table]
    newest = {key: body for documents in tables for key, body in list_rows(tx, documents, document_id)}
    before, after = state_around(tx, entry, document_id, newest)
    return represent(tx, entry, before, sees), represent(tx, entry, after, sees)


def list_rows(tx: Transaction, documents: Documents[Any], document_id: str) -> Iterable[tuple[RowKey, Any]]:
    """The rows of a document in one table, as they are today."""
    columns = ", ".join(documents.keys)
    sql = f"SELECT {columns}, body FROM {documents.table} WHERE {documents.keys[0]} = :id"
    for *keys, body in tx.all(sql, id=document_id):
        yield (documents.table, *keys), msgspec.json.decode(body)


def _flag(tx: Transaction, entry: AuditEntry, state: State, sees: Sees) -> Any:
    bodies = {key[2]: body for key, body in state.items() if key[0] == TARGETINGS.table and body is not None}
    flag = _only(FLAGS, state)
    if flag is None:
        return UNSET
    project = _place_of(tx, entry)
    every = () if project is None else list_environments(tx, project)
    shown = [
        environment
        for environment in every
        if environment.id in bodies and project and sees(environment.resource(project))
    ]
    views = tuple(EnvironmentView(environment.key, environment.name) for environment in shown)
    targetings = {
        environment.key: msgspec.convert(bodies[environment.id], TARGETINGS.model) for environment in shown
    }
    return represent_flag(FlagState(flag=flag, environments=targetings), FlagView(_project_key(entry), views))


def _segment(tx: Transaction, entry: AuditEntry, state: State, sees: Sees) -> Any:  # noqa: ARG001 - one interface for all kinds
    segment = _only(SEGMENTS, state)
    project = _place_of(tx, entry)
    environment = None
    if segment is not None:
        environment = ENVIRONMENTS.find(tx, "id = :id", id=segment.environment_id)
    if segment is None or project is None or environment is None:
        return UNSET
    return represent_segment(SegmentPlace(project, environment), segment)


def _project(tx: Transaction, entry: AuditEntry, state: State, sees: Sees) -> Any:  # noqa: ARG001 - one interface for all kinds
    project = _only(PROJECTS, state)
    return UNSET if project is None else represent_project(project)


def _environment(tx: Transaction, entry: AuditEntry, state: State, sees: Sees) -> Any:  # noqa: ARG001 - one interface for all kinds
    environment = _only(ENVIRONMENTS, state)
    project = _place_of(tx, entry)
    if environment is None or project is None:
        return UNSET
    return represent_environment(project, environment, HIDDEN, HIDDEN)


def _context_kind(tx: Transaction, entry: AuditEntry, state: State, sees: Sees) -> Any:  # noqa: ARG001 - one interface for all kinds
    kind = _only(KINDS, state)
    project = _place_of(tx, entry)
    return UNSET if kind is None or project is None else represent_kind(project, kind, None)


def _application(tx: Transaction, entry: AuditEntry, state: State, sees: Sees) -> Any:  # noqa: ARG001 - one interface for all kinds
    application = _only(APPLICATIONS, state)
    return UNSET if application is None else represent_application(application, "")


def _only(documents: Documents[Model], state: State) -> Model | None:
    bodies = [body for key, body in state.items() if key[0] == documents.table and body is not None]
    return msgspec.convert(bodies[0], documents.model) if bodies else None


def _place_of(tx: Transaction, entry: AuditEntry) -> Project | None:
    return PROJECTS.find(tx, "key = :key", key=_project_key(entry))


def _project_key(entry: AuditEntry) -> str:
    subject = subject_of(entry.touched)
    return "" if subject is None else subject.names.get("proj", "")


Represent = Callable[[Transaction, AuditEntry, State, Sees], Any]
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
