"""What the shell is offered behind the options that commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.commands.shared.options import complete_factor, complete_protocol
from microcare.load.vocabulary import load_built_in_factors

if TYPE_CHECKING:
    import pytest


def test_every_factor_is_offered_in_order() -> None:
    """Those that a protocol describes itself are not known before it is."""
    found = complete_factor()
    assert found == sorted(found)
    assert set(found) == set(load_built_in_factors())


def test_built_in_protocols_are_offered(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Without a folder of its own a clinic has these two."""
    monkeypatch.delenv("MICROCARE_PROTOCOLS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("home")))
    assert complete_protocol() == ["clinic-a", "clinic-b"]
