"""`microcare schema`: the protocol language as JSON Schema, for editors."""

from microcare.commands.shared.output import write


def schema() -> None:
    """Print a JSON Schema of protocol files, with which editors complete and check them.

    A file's first line tells the editor where the schema is; `microcare new` writes that line:
    # yaml-language-server: $schema=microcare.schema.json

    \b
    microcare schema > microcare.schema.json
    """
    from microcare.export.data.json_text import json_text
    from microcare.load.protocol.schema import make_schema

    write(json_text(make_schema()))
