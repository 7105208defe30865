"""How each command reads its words and lays out its help, over what Typer does by itself."""

from __future__ import annotations

import re
from collections import Counter
from shutil import get_terminal_size
from typing import TYPE_CHECKING

import typer

# Typer offers its formatter under no public name; the bounds of its version hold it.
from typer._click.formatting import HelpFormatter
from typer.core import TyperCommand, TyperGroup, TyperOption

from microcare.load.source.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from typer._click import Context, Parameter

_WIDEST = 80
_STACKED = 60
"""Columns; on a narrower terminal an option's help stands below the option."""
_COMPLETIONS = ("--install-completion", "--show-completion")
_WORD = r"""(?:"[^"]*"|'[^']*'|[^\s"'])+"""
"""One word of a command line with its quotes, as a pattern."""
_SHELLS = ("bash", "zsh", "fish", "powershell", "pwsh")


class _Formatter(HelpFormatter):
    """Lays out help no wider than the terminal; Typer's own has 50 columns at least."""

    def __init__(self) -> None:
        # The last column stays free: some terminals go on to the next line behind it.
        super().__init__(width=max(min(get_terminal_size().columns, _WIDEST) - 1, 20))

    def write_text(self, text: str) -> None:
        """Write paragraphs; a command line in one that is not to be wrapped is folded."""
        room = self.width - self.current_indent
        paragraphs = text.split("\n\n")
        for index, paragraph in enumerate(paragraphs):
            if paragraph.startswith("\b\n"):
                lines = (fold_command(line, room) for line in paragraph.splitlines())
                paragraphs[index] = "\n".join(lines)
        super().write_text("\n\n".join(paragraphs))

    def write_dl(
        self, rows: Sequence[tuple[str, str]], col_max: int = 30, col_spacing: int = 2
    ) -> None:
        """Write options, commands or arguments, each with its help."""
        super().write_dl(rows, 2 if self.width < _STACKED - 1 else col_max, col_spacing)


def fold_command(line: str, width: int) -> str:
    """Return a command line on several lines that a shell reads as one.

    An option stays beside its value.
    """
    if len(line) <= width:
        return line
    first, *parts = re.findall(rf"(?=-){_WORD} (?!-){_WORD}|{_WORD}", line)
    lines = [first]
    for part in parts:
        if len(f"{lines[-1]} {part} \\") <= width:
            lines[-1] += f" {part}"
        else:
            lines.append(f"  {part}")
    return " \\\n".join(lines)


class _Context(typer.Context):
    def make_formatter(self) -> HelpFormatter:
        return _Formatter()


def _note_no_input(context: Context, _: Parameter, value: bool) -> None:
    # All contexts of one command line share this, so that it may stand before the command too.
    context.meta[_ASKS_NOTHING] = value or may_not_ask(context)


def may_not_ask(context: Context) -> bool:
    """Return whether `--no-input` stands on the command line."""
    return bool(context.meta.get(_ASKS_NOTHING))


def list_given_words(context: Context) -> list[str]:
    """Return the words that stand behind the command's name."""
    return [*context.meta[_GIVEN]]


_ASKS_NOTHING, _GIVEN = "microcare.no_input", "microcare.given"
_NO_INPUT = TyperOption(
    param_decls=["--no-input"],
    is_flag=True,
    expose_value=False,
    callback=_note_no_input,
    help="Ask nothing, on a terminal either: what is missing is an error.",
)


def _add_no_input(parameters: list[Parameter]) -> list[Parameter]:
    *own, helping = parameters
    return [*own, _NO_INPUT, helping]


class Command(TyperCommand):
    """A command that takes no option twice; Typer would keep the last one in silence."""

    context_class = _Context

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Return the parameters, with the one that every command takes."""
        return _add_no_input(super().get_params(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read the words of a command line; raises Refusal of those that lose or contradict one."""
        ctx.meta[_GIVEN] = tuple(args)
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        rest = super().parse_args(ctx, args)
        if ctx.resilient_parsing:  # of a line that is still being typed
            return rest
        _refuse_repeated(order)
        if ctx.params.get("quiet") and ctx.params.get("verbose"):
            message = "--quiet and --verbose don't go together."
            raise Refusal(message, "leave one of them out")
        return rest


def _refuse_repeated(order: Iterable[Parameter]) -> None:
    for option, count in Counter(order).items():
        if count > 1 and isinstance(option, TyperOption) and _keeps_one(option):
            name = "/".join((*option.opts[:1], *option.secondary_opts))
            message = f"{name} stands here {count} times, and only one can count."
            raise Refusal(message, "leave one of them")


def _keeps_one(option: TyperOption) -> bool:
    """Return whether another would be lost; a switch that has no opposite may stand twice."""
    return not option.multiple and (not option.is_flag or bool(option.secondary_opts))


class Group(TyperGroup):
    """Commands under one name, which takes no option twice either."""

    context_class = _Context

    def get_params(self, ctx: Context) -> list[Parameter]:
        """Return the parameters, with the one that every command takes."""
        return _add_no_input(super().get_params(ctx))

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read what stands before a command; raises Refusal of what loses a word."""
        _, _, order = self.make_parser(ctx).parse_args(list(args))
        rest = super().parse_args(ctx, args)
        if not ctx.resilient_parsing:
            _refuse_repeated(order)
        return rest


class App(Group):
    """All commands, and completion for any shell; Typer's switches know the present one alone."""

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Read what stands before the command; raises Refusal where a shell is not known."""
        for index, word in enumerate(args):
            option, *words = (*word.split("=", 1), *args[index + 1 :])
            shells = [each for each in words if not each.startswith("-")]
            if option in _COMPLETIONS and shells:
                self._complete_for(option, shells, ctx)
            if not option.startswith("-"):
                break
        return super().parse_args(ctx, args)

    def _complete_for(self, option: str, shells: list[str], ctx: Context) -> None:
        if len(shells) > 1 or shells[0] not in _SHELLS:
            message = f"“{' '.join(shells)[:60]}” is no shell that can be completed for."
            raise Refusal(message, f"{option} takes one of {', '.join(_SHELLS)}")
        switch = next(each for each in self.params if option in each.opts)
        if switch.callback is not None:
            switch.callback(ctx, switch, shells[0])
