"""How SDKs write bytes into addresses."""

from binascii import a2b_base64

from flagstaff.kernel.errors import InvalidRequest


def decode_base64(text: str) -> bytes:
    """Either alphabet, padded or not, as SDKs differ; raises InvalidRequest."""
    standard = text.replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return a2b_base64(standard + "=" * (-len(standard) % 4), strict_mode=True)
    except ValueError:
        raise InvalidRequest("What must be base64 is not") from None
