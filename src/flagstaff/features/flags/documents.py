"""A patched representation read back into state: strict and typed, with ids in the place of indexes."""

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from flagstaff.features.flags.document_targeting import Reading, read_targeting
from flagstaff.features.flags.element_schemas import AvailabilityRep, CustomPropertyRep, VariationRep
from flagstaff.features.flags.model import Defaults, Flag, FlagState, Targeting, Variation
from flagstaff.features.flags.properties import CustomProperties, set_property
from flagstaff.features.flags.schemas import FlagDocument, TargetingDocument
from flagstaff.features.flags.variation_indexes import Document, Numbering
from flagstaff.features.flags.variations import check_replacement, settle_lost
from flagstaff.features.projects.model import ClientSideAvailability
from flagstaff.kernel.clock import Millis
from flagstaff.kernel.errors import InvalidRequest
from flagstaff.kernel.ids import check_name, check_tags
from flagstaff.kernel.instructions import Edit
from flagstaff.kernel.json_bounds import convert_json

Shape = TypeVar("Shape", bound=msgspec.Struct)


def read_document(
    before: FlagState, shown: Document, patched: Document, numbering: Numbering, edit: Edit
) -> FlagState:
    """Return the state that `patched` stands for, where `shown` is the representation of `before`.

    Raises InvalidRequest for what is no valid flag; of a wrong type it names the JSON path.
    """
    document = _convert(patched, shown, FlagDocument, "$")
    variations = tuple(_variation(sent) for sent in document.variations)
    check_replacement(before.flag, variations)
    flag = replace(
        _read_settings(before.flag, document, shown, edit),
        variations=variations,
        defaults=Defaults(
            on_variation_id=numbering.variation_id(document.defaults.on_variation),
            off_variation_id=numbering.variation_id(document.defaults.off_variation),
        ),
    )
    reading = Reading(_with_lost(flag, numbering), numbering, edit)
    environments = _read_environments(before, shown, document, reading)
    lost = set(numbering.lost) - flag.indexes.keys()
    return settle_lost(replace(before, flag=flag, environments=environments), lost)


def build_properties(sent: Mapping[str, CustomPropertyRep]) -> CustomProperties:
    """Return custom properties as they are kept; raise InvalidRequest beyond their bounds."""
    properties: CustomProperties = {}
    for key, held in sent.items():
        properties = set_property(properties, key, held.name, held.value)
    return properties


def build_availability(sent: AvailabilityRep) -> ClientSideAvailability:
    """Return whom a flag is available to."""
    return ClientSideAvailability(
        using_mobile_key=sent.using_mobile_key, using_environment_id=sent.using_environment_id
    )


def _variation(sent: VariationRep) -> Variation:
    return Variation(id=sent.id, value=sent.value, name=sent.name or "", description=sent.description or "")


def _with_lost(flag: Flag, numbering: Numbering) -> Flag:
    """While targeting is read, it may refer to variations that are removed: that is settled last."""
    lost = [own for own in numbering.lost if own not in flag.indexes]
    return replace(flag, variations=(*flag.variations, *(Variation(id=own, value=None) for own in lost)))


def _read_settings(before: Flag, document: FlagDocument, shown: Document, edit: Edit) -> Flag:
    if document.maintainer_id and document.maintainer_team_key:
        raise InvalidRequest("a flag is maintained by a member or by a team, not by both")
    return replace(
        before,
        name=check_name(document.name, "flag"),
        description=document.description,
        temporary=document.temporary,
        tags=check_tags(document.tags),
        client_side_availability=_read_availability(before, document, shown),
        custom_properties=build_properties(document.custom_properties),
        maintainer_id=document.maintainer_id or None,
        maintainer_team_key=document.maintainer_team_key or None,
        archived=document.archived,
        archived_date=_date(document.archived, before.archived, before.archived_date, edit.now),
        deprecated=document.deprecated,
        deprecated_date=_date(document.deprecated, before.deprecated, before.deprecated_date, edit.now),
    )


def _read_availability(before: Flag, document: FlagDocument, shown: Document) -> ClientSideAvailability:
    """`includeInSnippet` is the older name of one of the two; it counts if it is the one that was changed."""
    sent = build_availability(document.client_side_availability)
    if sent == before.client_side_availability and document.include_in_snippet != shown["includeInSnippet"]:
        return replace(sent, using_environment_id=document.include_in_snippet)
    return sent


def _date(on: bool, was_on: bool, since: Millis | None, now: Millis) -> Millis | None:
    if not on:
        return None
    return since if was_on else now


def _read_environments(
    before: FlagState, shown: Document, document: FlagDocument, reading: Reading
) -> dict[str, Targeting]:
    environments = dict(before.environments)
    for key, patched in document.environments.items():
        was = shown["environments"][key]
        if patched != was or reading.numbering.moved:
            wire = _convert(patched, was, TargetingDocument, f"$.environments.{key}")
            environments[key] = _read_targeting(key, environments[key], wire, reading)
    return environments


def _read_targeting(key: str, before: Targeting, wire: TargetingDocument, reading: Reading) -> Targeting:
    try:
        return read_targeting(before, wire, reading)
    except InvalidRequest as error:
        raise InvalidRequest(f"{error.message} - in environment {key!r}") from None


def _convert(patched: Document, shown: Document, shape: type[Shape], path: str) -> Shape:
    """Read the members that a patch may change; those of `shown` that it may not are passed over."""
    known = shape.__struct_encode_fields__
    members = {name: value for name, value in patched.items() if name in known or name not in shown}
    # A search through the bytes is far quicker than the walk, and nearly always spares it.
    has_nulls = b"null" in msgspec.json.encode(members)
    return convert_json(_without_nulls(members) if has_nulls else members, shape, path)


def _without_nulls(value: Any) -> Any:
    """A member that is null is one that is not there; what a variation gives is left as it is."""
    if isinstance(value, dict):
        return {
            name: member if name == "value" else _without_nulls(member)
            for name, member in value.items()
            if member is not None
        }
    return [_without_nulls(element) for element in value] if isinstance(value, list) else value
