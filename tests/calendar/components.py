"""The components of a calendar file: what stands in what (RFC 5545, section 3.4 to 3.6)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tests.calendar.findings import Code, Finding

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.calendar.content_lines import ContentLine

# Every time is in UTC or a date, so that a file needs no VTIMEZONE.
_PARENTS = {"VEVENT": "VCALENDAR", "VALARM": "VEVENT"}


@dataclass(slots=True)
class Component:
    """A component with the properties and components directly in it, in the file's order."""

    name: str
    line: int  # of its BEGIN
    properties: list[ContentLine] = field(default_factory=list)
    components: list[Component] = field(default_factory=list)

    def first(self, name: str) -> ContentLine | None:
        """Return the first property of this name; a second one is a fault of its own."""
        return next((each for each in self.properties if each.name == name), None)


def build_calendar(lines: Sequence[ContentLine]) -> tuple[Component | None, list[Finding]]:
    """Return the VCALENDAR that the lines are, or None where they don't begin with one."""
    if not lines or (lines[0].name, lines[0].value.upper()) != ("BEGIN", "VCALENDAR"):
        said = "The first line is not BEGIN:VCALENDAR."
        return None, [Finding(lines[0].line if lines else 1, Code.NO_CALENDAR, said)]
    calendar = Component("VCALENDAR", lines[0].line)
    builder = _Builder([calendar])
    for line in lines:
        if line.name in {"BEGIN", "END"}:
            builder.check_capitals(line)
    for line in lines[1:]:
        if not builder.opened:
            said = f"{line.name} stands after END:VCALENDAR."
            builder.report(line.line, Code.AFTER_CALENDAR, said)
            break
        builder.take(line)
    for component in builder.opened:
        builder.report(component.line, Code.BAD_NESTING, f"This {component.name} never ends.")
    return calendar, builder.findings


@dataclass(slots=True)
class _Builder:
    """Takes line by line; `opened` are the components that have not ended, outermost first."""

    opened: list[Component]
    findings: list[Finding] = field(default_factory=list)

    def report(self, line: int, code: Code, sentence: str) -> None:
        """Add a finding."""
        self.findings.append(Finding(line, code, sentence))

    def check_capitals(self, line: ContentLine) -> None:
        """Report a component whose name is not in capitals."""
        if line.value != line.value.upper():
            said = f"The name {line.value} is not in capitals."
            self.report(line.line, Code.LOWERCASE_NAME, said)

    def take(self, line: ContentLine) -> None:
        """Put one line where it belongs."""
        match line.name:
            case "BEGIN":
                self._begin(Component(line.value.upper(), line.line))
            case "END":
                self._end(line.value.upper(), line.line)
            case _:
                self._add(line)

    def _begin(self, component: Component) -> None:
        outer = self.opened[-1]
        # What stands in a component that may not be there is not judged any further.
        if outer.name in {"VCALENDAR", *_PARENTS}:
            if _PARENTS.get(component.name) == outer.name:
                outer.components.append(component)
            else:
                said = f"A {component.name} may not stand in a {outer.name}."
                self.report(component.line, Code.MISPLACED_COMPONENT, said)
        self.opened.append(component)

    def _end(self, name: str, number: int) -> None:
        names = [each.name for each in self.opened]
        if names[-1] != name:
            said = f"END:{name} stands where END:{names[-1]} should be."
            self.report(number, Code.BAD_NESTING, said)
        if name in names:
            while self.opened.pop().name != name:
                pass

    def _add(self, line: ContentLine) -> None:
        component = self.opened[-1]
        component.properties.append(line)
        if component.components:
            said = f"{line.name} stands after a component in its {component.name}."
            self.report(line.line, Code.LATE_PROPERTY, said)
