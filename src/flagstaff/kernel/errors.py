"""The errors that a caller of the API can meet, each with its documented code and status.

ApiError
├── InvalidRequest 400      ├── Conflict 409            ├── PatchFailed 422
│   ├── InvalidPatch        ├── StaleVersion 409        ├── RateLimited 429
│   └── InvalidEmails       ├── TooLarge 413            └── Unavailable 503
├── Unauthorized 401        └── UnsupportedMediaType 415
│   ├── InvalidCredentials
│   ├── SecondFactorRequired
│   └── InvalidCode         ├── OAuthError 400
├── Forbidden 403           └── InvalidClient 401
│   ├── WrongPassword
│   └── WrongCode
├── NotFound 404
└── MethodNotAllowed 405
"""

from collections.abc import Mapping
from typing import ClassVar


class ApiError(Exception):
    """An answer other than success; `message` is for people, `code` and `status` for programs."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_service_error"
    default: ClassVar[str] = "Internal service error"
    keeps: bool = False  # whether what the unit has written stays, as when misuse ends what was misused

    def __init__(self, message: str = "", *, retry_after: int | None = None) -> None:
        self.message = message or self.default
        self.retry_after = retry_after  # seconds, sent as Retry-After
        super().__init__(self.message)


class InvalidRequest(ApiError):
    status = 400
    code = "invalid_request"
    default = "Invalid request body"


class InvalidPatch(InvalidRequest):
    """A JSON patch that cannot be applied to the resource."""

    code = "invalid_patch"


class InvalidEmails(InvalidRequest):
    """People cannot be invited under addresses that the answer lists."""

    def __init__(self, message: str = "", emails: tuple[str, ...] = ()) -> None:
        self.emails = emails
        super().__init__(message)


class EmailInAccount(InvalidEmails):
    code = "email_already_exists_in_account"


class DuplicateEmail(InvalidEmails):
    """One request has an address twice."""

    code = "duplicate_email"


class Unauthorized(ApiError):
    status = 401
    code = "unauthorized"
    default = "Invalid access token"


class InvalidCredentials(Unauthorized):
    """Sign-in failed; nothing tells whether there is such an account."""

    code = "invalid_credentials"
    default = "The e-mail address or the password is wrong"


class SecondFactorRequired(Unauthorized):
    """The password was right, and a code is needed, too."""

    code = "second_factor_required"
    default = "Enter the code of your authenticator app, or a recovery code"


class InvalidCode(Unauthorized):
    """The password was right, the code was not."""

    code = "invalid_code"
    default = "The code is wrong, or was used before"


class Forbidden(ApiError):
    """`accesses` are what the caller's policies do not allow: pairs of action and resource specifier."""

    status = 403
    code = "forbidden"
    default = "Forbidden. Access to the requested resource was denied."

    def __init__(self, message: str = "", *, accesses: tuple[tuple[str, str], ...] = ()) -> None:
        self.accesses = accesses
        super().__init__(message)


class WrongPassword(Forbidden):
    """Who has signed in must give the password once more, and it was another one."""

    code = "invalid_credentials"
    default = "The password is wrong"


class WrongCode(Forbidden):
    """Who has signed in has entered a code that is not right."""

    code = "invalid_code"
    default = "The code is wrong, or was used before"


class NotFound(ApiError):
    status = 404
    code = "not_found"
    default = "Invalid resource identifier"


class MethodNotAllowed(ApiError):
    status = 405
    code = "method_not_allowed"
    default = "Method not allowed"

    def __init__(self, message: str = "", *, allowed: tuple[str, ...] = ()) -> None:
        self.allowed = allowed
        super().__init__(message)


class Conflict(ApiError):
    """A key that is taken, or a resource that others still use."""

    status = 409
    code = "conflict"
    default = "The key is already in use"


class StaleVersion(ApiError):
    """The caller named a version, or tested a value, that is no longer the current one."""

    status = 409
    code = "optimistic_locking_error"
    default = "Conflict. Optimistic lock error. Try again later."


class TooLarge(ApiError):
    status = 413
    code = "request_entity_too_large"
    default = "The request body is too large"


class UnsupportedMediaType(ApiError):
    status = 415
    code = "unsupported_media_type"
    default = "The request body must be JSON"


class PatchFailed(ApiError):
    status = 422
    code = "patch_failed"
    default = "Unprocessable entity. Could not apply patch."


class RateLimited(ApiError):
    status = 429
    code = "rate_limited"
    default = "You've exceeded the API rate limit. Try again later."

    def __init__(
        self, message: str = "", *, retry_after: int | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        self.headers = dict(headers or {})  # what remains of each limit, and when it starts anew
        super().__init__(message, retry_after=retry_after)


class Unavailable(ApiError):
    """Stated overload, a full disk, or start-up: nothing was changed, the same call may be made again."""

    status = 503
    code = "service_unavailable"
    default = "Requested service unavailable"


class OAuthError(ApiError):
    """An error that RFC 6749 has a name for; answers give it as `error`, as clients of OAuth 2.0 expect."""

    status = 400
    code = "invalid_request"
    default = "Invalid request"

    def __init__(self, message: str = "", *, error: str = "invalid_request", keeps: bool = False) -> None:
        self.error = error
        self.keeps = keeps
        super().__init__(message)


class InvalidClient(OAuthError):
    """A program that is not registered, or does not prove to be the one that it says."""

    status = 401
    code = "unauthorized"

    def __init__(self, message: str = "") -> None:
        super().__init__(message, error="invalid_client")
