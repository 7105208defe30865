"""The runner, for the tests of the commands."""

from tests.commands.running import make_runner  # noqa: F401 - the fixture `microcare`
