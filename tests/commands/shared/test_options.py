"""What the shell is offered behind the options that commands share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from microcare.commands.shared.options import complete_protocol

if TYPE_CHECKING:
    import pytest


def test_built_in_protocols_are_offered(
    monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Without a folder of its own a clinic has these two."""
    monkeypatch.delenv("MICROCARE_PROTOCOLS", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("home")))
    assert complete_protocol() == ["clinic-a", "clinic-b"]
