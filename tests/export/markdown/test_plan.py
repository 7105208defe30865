"""A plan as Markdown: what a protocol says is text, never a mark."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from microcare.core.sheet.protocol import Clinic
from microcare.export.markdown.plan import plan_markdown
from microcare.wording.plan.footnotes import Told
from microcare.wording.plan.heading import Heading
from microcare.wording.plan.outline import Outline, outline_plan
from microcare.wording.plan.questions import Question
from microcare.wording.plan.rows import Row
from microcare.wording.safe import visible
from microcare.wording.verbs import Tone
from tests.commands.running import squeeze
from tests.samples import entry, plan


def written(text: str) -> str:
    """Return a plan that holds a text in each of its parts."""
    outline = Outline(
        blocked=(Told(text),),
        questions=(Question(text, (Told(text),), blocks=True),),
        settled=(text,),
        now=(Row("", "", text, (), Tone.DO),),
        sections=(),
        label_width=10,
        undated=(Row("", "avoid", text, (), Tone.STOP),),
        left_out=((text, "so"),),
        conflicts=(text,),
        notes=(("id", text),),
    )
    heading = Heading((text,), (text,), (text,), (text,))
    return plan_markdown(outline, heading, Clinic(text, text, text), notes=True)


def rendered(markdown: str) -> list[str]:
    """Return the plain text of each heading, paragraph and item, as a reader sees it."""
    inline = (token.children or () for token in MarkdownIt().parse(markdown))
    return ["".join(part.content for part in parts) for parts in inline if parts]


def read_back(text: str) -> list[str]:
    """Return where a reader of the rendered plan finds a text, whole and alone."""
    expected = squeeze(visible(text))
    whole = {
        expected: "whole",
        f"[ ] {expected}": "question",
        f"avoid: {expected}": "undated",
        f"{expected} (because so)": "left out",
        f"id: {expected}": "note",
    }
    return [whole[found] for each in rendered(written(text)) if (found := squeeze(each)) in whole]


MARKS = (
    "1. first", "2) second", "- item", "+ item", "* item", "# title", "> quote", "---", "***",
    "===", "[red] [/]", "![image](x)", "[link](x)", "<b>bold</b>", "<!-- gone -->", "&amp; &#65;",
    "`code`", "``` fence", "~~gone~~", "a_b_c __d__", "*a* **b**", "a | b", "back\\slash \\*",
    "http://a_b_c.example", "38 °C → 日本 😀", "\x1b[31m \u202e", "-5 and +5", ".5 mg",
    "a  \nb",
)  # fmt: skip


@pytest.mark.parametrize("text", MARKS)
def test_text_reads_back_as_it_was(text: str) -> None:
    """In every part of a plan a reader sees the text with all of its characters."""
    found = read_back(text)
    assert found.count("whole") >= 8  # two headings' lines, a remark and five lists
    assert {"question", "undated", "left out", "note"} <= set(found)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip))
def test_any_text_reads_back(text: str) -> None:
    """Whatever it holds, it comes out whole in each part."""
    assert len(read_back(text)) >= 12


def test_parts_that_are_empty_have_no_title() -> None:
    """A plan without conflicts says nothing of conflicts."""
    outline = Outline((), (), (), (), (), 10, (), (), (), ())
    markdown = plan_markdown(outline, Heading(("p",), ("a",), ("a",), ()), Clinic(), notes=True)
    assert markdown == "# p\n\n**a**\n\nWith any question: ask the clinic.\n"


def markdown_of(instructions: str) -> str:
    """Return the plan of a few instructions as Markdown, without its marks."""
    outline = outline_plan(plan(instructions), Clinic())
    return "\n".join(
        rendered(plan_markdown(outline, Heading(("p",), ("a",), ("a",), ()), Clinic(), notes=False))
    )


def test_what_holds_already_has_its_place() -> None:
    """A rule without a beginning stands under a title of its own, before all days."""
    said = markdown_of(entry("avoid: sun\nuntil: 2 days before\nsay: No sun."))
    assert said.index("Now\n") < said.index("No sun. (through Tue 8 Dec") < said.index("Before\n")


def test_what_a_ban_forbids_is_not_to_be_followed() -> None:
    """The loser is marked where it stands, with what governs; it is told anew when it governs."""
    ban = entry("avoid: swimming\nuntil: 2 weeks after\nsay: No swimming.", "ban")
    said = markdown_of(entry("may: swimming\nfrom: 2 days after\nsay: Swim.", "later") + ban)
    assert "not yet: Swim. (swimming: through Thu 24 Dec)" in said
    assert said.count("Swim.") == 2
    within = entry("may: swimming\nfrom: 2 days after\nuntil: 6 days after\nsay: Swim.", "never")
    said = markdown_of(within + ban)
    assert "do not follow: Swim. (swimming: through Thu 24 Dec)" in said
    assert said.count("Swim.") == 1


def test_footnotes_have_a_section_of_their_own() -> None:
    """Behind the rows that they are marked on."""
    made = plan(entry("avoid: sauna\nsay: No sauna.\nunclear: Perhaps [baths] too."))
    outline = outline_plan(made, Clinic())
    markdown = plan_markdown(outline, Heading(("p",), ("a",), ("a",), ()), Clinic(), notes=False)
    assert "- No sauna.¹\n" in markdown
    assert "## Unclear in the sheet (ask the clinic)\n\n- ¹ Perhaps \\[baths\\] too.\n" in markdown
