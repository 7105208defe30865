"""A desk that runs batches."""

from pathlib import Path

import pytest

from tests.commands.batches.tables import Desk
from tests.commands.running import Runner


@pytest.fixture
def desk(microcare: Runner, tmp_path: Path) -> Desk:
    """Return a desk with a folder of its own."""
    return Desk(microcare, tmp_path)
