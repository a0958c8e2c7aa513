from dataclasses import fields, replace

from hypothesis import given
from hypothesis import strategies as st

from toolkit.model.identity import Identity, ProjectIdentity, is_genuine, sign

EVALUATION = Identity("南通2024|a", b"secret")
SEALED = sign(EVALUATION, "7", "ab" * 32, "0123456789ab")


def test_a_signed_identity_verifies_with_its_key_only():
    assert is_genuine(SEALED, b"secret")
    assert not is_genuine(SEALED, b"other")


def test_changing_any_part_breaks_the_seal():
    for part in fields(ProjectIdentity):
        assert not is_genuine(replace(SEALED, **{part.name: getattr(SEALED, part.name) + "1"}), b"secret")


def test_the_token_fits_a_defined_name():
    # Excel allows 255 characters in a text constant of a formula.
    assert len(SEALED.token) <= 250
    assert SEALED.token.isascii()


@given(st.text(max_size=20), st.text(max_size=8))
def test_token_round_trip(evaluation: str, project: str):
    try:
        (evaluation + project).encode()
    except UnicodeEncodeError:
        return
    sealed = sign(Identity(evaluation, b"k"), project, "f" * 64, "t")
    assert ProjectIdentity.from_token(sealed.token) == sealed


@given(st.text())
def test_any_text_is_read_or_is_no_identity(text: str):
    found = ProjectIdentity.from_token(text)
    assert found is None or not is_genuine(found, b"secret")
