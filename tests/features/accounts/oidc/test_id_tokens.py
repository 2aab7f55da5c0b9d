import base64
import json

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from flagstaff.features.accounts.oidc.id_tokens import has_key, import_keys

CURVE = ECKey.generate_key("P-256", {"kid": "k1"})


def a_token(**header: str) -> str:
    return base64.urlsafe_b64encode(json.dumps(header).encode()).rstrip(b"=").decode() + ".e30.AA"


def test_only_keys_that_sign_publicly_are_taken():
    document = {
        "keys": [
            CURVE.as_dict(private=False),
            OctKey.generate_key(256, {"kid": "secret"}).as_dict(),
            {**ECKey.generate_key("P-256", {"kid": "seals"}).as_dict(private=False), "use": "enc"},
            {"kty": "RSA", "kid": "broken"},
            {"kty": "EC", "kid": "unknown", "crv": "P-0", "x": "AA", "y": "AA"},
            "nonsense",
        ]
    }
    assert [key.kid for key in import_keys(document).keys] == ["k1"]
    assert import_keys({}).keys == []


@pytest.mark.parametrize(
    ("token", "is_there"),
    [
        (a_token(alg="ES256", kid="k1"), True),
        (a_token(alg="ES256"), True),
        (a_token(alg="ES256", kid="k2"), False),
        ("nonsense", True),
    ],
)
def test_a_key_is_looked_for_by_its_id(token, is_there):
    keys = import_keys({"keys": [CURVE.as_dict(private=False)]})
    assert has_key(keys, token) is is_there
    assert not has_key(import_keys({}), token)


def test_rsa_keys_are_taken_too():
    document = {"keys": [RSAKey.generate_key(2048, {"kid": "r1"}).as_dict(private=False)]}
    assert [key.kid for key in import_keys(document).keys] == ["r1"]
