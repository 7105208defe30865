"""The runner, for the tests of the exports."""

from tests.commands.running import make_runner  # noqa: F401 - the fixture `microcare`
