"""What the installation says about itself over REST: the handlers, then one row per operation."""

from typing import Any

import msgspec

from flagstaff.features.projects.store import list_projects
from flagstaff.features.system import catalogue, store
from flagstaff.features.system.schemas import AddressesRep, RootRep, TagsQuery, TagsRep, VersionsRep
from flagstaff.http.call import Call
from flagstaff.http.operations import ANY_CALLER, Operation
from flagstaff.kernel.paging import Page, page_links
from flagstaff.kernel.versions import DATED, LATEST


def get_root(call: Call) -> RootRep:  # noqa: ARG001 - a handler's interface
    """List the categories of resources, with a link to each."""
    return RootRep(catalogue.list_categories())


def get_openapi_spec(call: Call) -> msgspec.Raw:  # noqa: ARG001 - a handler's interface
    """Show this document."""
    return catalogue.encoded_document()


def get_ips(call: Call) -> AddressesRep:
    """List the networks that the installation uses, for the rules of a firewall."""
    installation = call.installation
    return AddressesRep(list(installation.public_addresses), list(installation.outbound_addresses))


def get_versions(call: Call) -> VersionsRep:
    """List the versions of the API, and name the one in use."""
    return VersionsRep(
        valid_versions=[version.date for version in DATED],
        latest_version=LATEST.date,
        current_version=LATEST.date if call.version.beta else call.version.date,  # as documented
        beta=call.version.beta,
    )


def get_tags(call: Call) -> TagsRep:
    """List the tags in use, in the projects that the caller may see."""
    query: TagsQuery = call.query
    seen = {
        project.id
        for project in call.list_seen(list_projects(call.tx), lambda project: call.sees(project.resource))
    }
    found = store.list_tags(call.tx, query.kind or "", query.pre, archived=query.archived)
    tags = sorted({tag for tag, project_id in found if project_id in seen})
    links = page_links(call.url, call.query_pairs, len(tags), Page(None))
    return TagsRep(links=links, items=tags, total_count=len(tags))


GROUP = "other"
OPERATIONS = (
    Operation(get_root, "GET", catalogue.ROOT, (GROUP, "get_resource_categories"), open=True, answer=RootRep),
    Operation(
        get_openapi_spec,
        "GET",
        "/api/v2/openapi.json",
        (GROUP, "get_openapi_spec"),
        open=True,
        answer=dict[str, Any],
    ),
    Operation(
        get_ips, "GET", "/api/v2/public-ip-list", (GROUP, "get_ip_list"), open=True, answer=AddressesRep
    ),
    Operation(
        get_versions,
        "GET",
        "/api/v2/versions",
        (GROUP, "get_version_information"),
        ANY_CALLER,
        answer=VersionsRep,
    ),
    Operation(get_tags, "GET", "/api/v2/tags", ("tags", "list"), query=TagsQuery, answer=TagsRep),
)
