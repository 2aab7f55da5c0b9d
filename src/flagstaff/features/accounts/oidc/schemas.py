"""Signing in with a provider of identities on the wire."""

from typing import Annotated

from msgspec import Meta, Struct

Text = Annotated[str, Meta(max_length=4_096)]


class SignInQuery(Struct, frozen=True):
    """Where to go on after signing in."""

    next: Annotated[Text, Meta(description="A page of the installation, such as `/default/features`.")] = "/"


class CallbackQuery(Struct, frozen=True):
    """What the provider answers."""

    code: Annotated[Text, Meta(description="What is exchanged for tokens.")] = ""
    state: Annotated[Text, Meta(description="The sign-in that it belongs to.")] = ""
    iss: Annotated[Text | None, Meta(description="Who answers (RFC 9207).")] = None
    error: Annotated[Text, Meta(description="Why the provider let nobody in.")] = ""
