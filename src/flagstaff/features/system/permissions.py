"""What the caller may do, many questions in one call: for pages that say so before anything is pressed."""

from typing import Annotated

from msgspec import Meta, Struct

from flagstaff.access.alike import list_alike
from flagstaff.access.checks import CheckReasonRep, CheckRep, ChecksRep, check_access
from flagstaff.access.elsewhere import list_elsewhere
from flagstaff.access.specifiers import Resource
from flagstaff.features.system.resources import read_resource
from flagstaff.http.call import Call
from flagstaff.http.operations import Operation

Actions = Annotated[tuple[Annotated[str, Meta(max_length=256)], ...], Meta(min_length=1, max_length=100)]
MOST = 100


class MayQuestionPost(Struct, frozen=True, forbid_unknown_fields=True):
    """Actions on one resource, which need not be there yet, such as `proj/default:env/test:segment/new`.

    With `some` it is enough that the caller may do them all with one of another name and tags in its place.
    """

    resource: Annotated[str, Meta(max_length=2_048)]
    actions: Actions
    some: bool = False


class MayPost(Struct, frozen=True, forbid_unknown_fields=True):
    """What is asked about."""

    questions: Annotated[tuple[MayQuestionPost, ...], Meta(min_length=1, max_length=MOST)]


class MayAnswerRep(Struct, frozen=True):
    """What the caller may do with one resource.

    `now` is the resource with its tags of today. `elsewhere` names, for each denied action, what the caller's
    own allowances of it are about instead, such as `proj/*:env/*:flag/*;search`.
    """

    resource: str
    now: str
    access: ChecksRep
    elsewhere: dict[str, tuple[str, ...]]


class MayRep(Struct, frozen=True):
    """The answers, in the order of the questions; `resource` is as it was asked."""

    answers: list[MayAnswerRep]


def tell_access(call: Call) -> MayRep:
    """Tell which actions the caller may do on resources, and which role refuses the others."""
    body: MayPost = call.body
    return MayRep([_answer(call, asked, place) for place, asked in enumerate(body.questions)])


def _answer(call: Call, asked: MayQuestionPost, place: int) -> MayAnswerRep:
    resource = read_resource(call.tx, asked.resource, f"$.questions[{place}].resource")
    caller = call.identity.caller
    alike = list_alike(caller, resource) if asked.some else iter((resource,))
    found = (_check(call, asked.actions, one) for one in alike)
    access = next(found)
    if access.denied:
        access = next((other for other in found if not other.denied), access)
    if not call.sees(resource):
        return MayAnswerRep(asked.resource, asked.resource, access, {})
    named = {check.action: list_elsewhere(caller, check.action, resource) for check in access.denied}
    elsewhere = {action: texts for action, texts in named.items() if texts}
    return MayAnswerRep(asked.resource, resource.text, access, elsewhere)


def _check(call: Call, actions: tuple[str, ...], resource: Resource) -> ChecksRep:
    access = check_access(call.identity.caller, actions, resource)
    if call.sees(resource):
        return access
    # Nothing is told of why.
    denied = [CheckRep(action, CheckReasonRep(effect="deny")) for action in actions]
    return ChecksRep(denied=denied, allowed=[])


OPERATIONS = (
    Operation(
        tell_access,
        "POST",
        "/api/v2/flagstaff/may",
        ("flagstaff", "tell_access"),
        reads=True,
        body=MayPost,
        answer=MayRep,
    ),
)
