"""The versions of the REST API, which are dates, and `beta`, which is 20220603 with beta resources."""

from dataclasses import dataclass

from flagstaff.kernel.errors import InvalidRequest


@dataclass(frozen=True, order=True)
class ApiVersion:
    """Compares by `date`: a rule that came with a version holds for it and all later ones."""

    date: int
    beta: bool = False

    def __str__(self) -> str:
        """As the header LD-API-Version has it."""
        return "beta" if self.beta else str(self.date)


V20160426 = ApiVersion(20160426)
V20191212 = ApiVersion(20191212)
V20210729 = ApiVersion(20210729)
V20220603 = ApiVersion(20220603)
V20240415 = ApiVersion(20240415)
BETA = ApiVersion(20220603, beta=True)  # the contract describes its answers like those of that version

DATED = (V20160426, V20191212, V20210729, V20220603, V20240415)
LATEST = V20240415
DEFAULT = V20220603  # for tokens that name none
BY_NAME = {str(version): version for version in (*DATED, BETA)}


def choose_version(header: str | None, token_default: int | None = None) -> ApiVersion:
    """Return the version that a call asks for, else its token's, else 20220603; raise InvalidRequest."""
    name = (header or "").strip() or str(token_default or DEFAULT)
    version = BY_NAME.get(name)
    if version is None:
        raise InvalidRequest(
            f"Unknown API version {name[:40]!r}: the header LD-API-Version takes {', '.join(BY_NAME)}"
        )
    return version
