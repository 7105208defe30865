"""The runner, for the tests of the renderers."""

from tests.commands.running import make_runner  # noqa: F401 - the fixture `microcare`
