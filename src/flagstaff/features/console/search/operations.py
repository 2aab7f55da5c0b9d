"""Search over everything, over REST: the handler and its row."""

from collections.abc import Iterator
from typing import Annotated

from msgspec import UNSET, Meta, Struct, UnsetType, field

from flagstaff.features.console.search.ranking import Kind, Match, rank, split_words
from flagstaff.features.console.search.store import (
    find_contexts,
    find_flags,
    find_people,
    find_places,
    find_segments,
)
from flagstaff.features.projects.environments.model import Environment
from flagstaff.features.projects.environments.store import list_environments
from flagstaff.features.projects.model import Project
from flagstaff.features.projects.store import get_project, list_projects, unknown_project
from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, Operation
from flagstaff.kernel.errors import InvalidRequest, NotFound
from flagstaff.kernel.links import Link, Links
from flagstaff.kernel.paging import read_page

PATH = "/api/v2/flagstaff/search"
PAGE, LONGEST_PAGE = 20, 100
LONGEST, MOST_WORDS = 200, 10  # characters and words of what is looked for


class SearchQuery(Struct, frozen=True, rename="camel"):
    """What to look for, and where."""

    q: str = ""
    project_key: Annotated[str, Meta(description="Only in this project; without it, in all.")] = ""
    environment_key: Annotated[
        str, Meta(description="Only segments of this environment of the project, and its contexts as well.")
    ] = ""
    limit: int | None = None


class MatchRep(Struct, frozen=True, rename="camel", kw_only=True):
    """Something that was found. A context has its kind in `contextKind`, a member its address in `email`."""

    kind: Kind
    key: str
    name: str
    project_key: str | UnsetType = UNSET
    environment_key: str | UnsetType = UNSET
    context_kind: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    archived: bool | UnsetType = UNSET


class MatchesRep(Struct, frozen=True, kw_only=True):
    """What was found, the best first."""

    items: tuple[MatchRep, ...]
    links: Links = field(name="_links")


def get_search(call: Call) -> MatchesRep:
    """Look for flags, segments, environments, projects, contexts, members and teams by key and name.

    Every word must occur. What has exactly that key or name comes first, then what begins with it. Contexts
    are found by the beginning of their key, in the environment that is named.
    """
    query: SearchQuery = call.query
    words = split_words(query.q)
    if len(query.q) > LONGEST or len(words) > MOST_WORDS:
        raise InvalidRequest(f"query: at most {LONGEST} characters and {MOST_WORDS} words - at `q`")
    limit = read_page(query.limit, None, PAGE, LONGEST_PAGE).limit or PAGE
    places = list(_list_places(call, query))
    found = rank(_find(call, places, query.q), query.q, limit) if words else []
    return MatchesRep(items=tuple(_represent(match) for match in found), links={"self": Link(call.url)})


def _list_places(call: Call, query: SearchQuery) -> Iterator[tuple[Project, Environment]]:
    """The environments that the caller may see and asks about; raises NotFound for what it names in vain."""
    projects = call.list_seen(
        [get_project(call.tx, query.project_key)] if query.project_key else list_projects(call.tx),
        lambda project: call.sees(project.resource),
    )
    if query.project_key and not projects:
        raise unknown_project(query.project_key)
    if query.environment_key and not query.project_key:
        raise InvalidRequest("query: an environment needs its project - at `environmentKey`")
    found = False
    for project in projects:
        for environment in list_environments(call.tx, project):
            if query.environment_key in {"", environment.key}:
                found = True
                yield project, environment
    if query.environment_key and not found:
        raise NotFound(f"Unknown environment key {query.environment_key[:100]}")


def _find(call: Call, places: list[tuple[Project, Environment]], text: str) -> Iterator[Match]:
    projects = list({project.id: project for project, _ in places}.values())
    yield from find_flags(call.tx, projects, text)
    yield from find_segments(call.tx, places, text)
    yield from find_places(places, text)
    yield from find_people(call, text)
    if call.query.environment_key:
        yield from find_contexts(call.tx, *places[0], text)


def _represent(match: Match) -> MatchRep:
    return MatchRep(
        kind=match.kind,
        key=match.key,
        name=match.name,
        project_key=match.project_key or UNSET,
        environment_key=match.environment_key or UNSET,
        context_kind=match.detail if match.kind == "context" else UNSET,
        email=match.detail if match.kind == "member" else UNSET,
        archived=match.archived or UNSET,
    )


OPERATIONS = (
    Operation(
        get_search,
        "GET",
        PATH,
        ("flagstaff", "search"),
        ANY_CALLER,
        query=SearchQuery,
        answer=MatchesRep,
        errors=(404,),
    ),
)
