"""A server whose members sign in with a provider on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.features.accounts.oidc.calls import SignIn, starting
from tests.support.identity_provider import IdentityProvider, providing


@pytest.fixture
def provider() -> Iterator[IdentityProvider]:
    with providing() as running:
        yield running


@pytest.fixture
def site(template: Path, tmp_path: Path, provider: IdentityProvider) -> Iterator[SignIn]:
    """A server that takes in anyone whom the provider knows."""
    with starting(template, tmp_path, provider, PROVISIONING="anyone") as running:
        yield running
