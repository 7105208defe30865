"""Contradictions in words: who says what, and what the plan follows."""

from __future__ import annotations

from microcare.wording.plan.conflicts import conflict_sentence, conflict_sentences, quote_rule
from tests.samples import entry, plan, protocol


def test_a_conflict_is_told_in_one_sentence() -> None:
    """With the topic, what is said, and what the plan follows."""
    made = plan(
        """
        - {id: short, avoid: sun, until: 3 days after}
        - {id: long, avoid: sun, until: 10 days after, if: peel}
        """
    )
    (found,) = made.conflicts
    assert conflict_sentence(found, made) == (
        "sun exposure: the protocol says “avoid until 3 days after” (short); “avoid until 10 days"
        " after if a peel was recommended with the treatment” (long). The plan follows “avoid"
        " until 10 days after if a peel was recommended with the treatment” (long), and otherwise"
        " “avoid until 3 days after” (short)."
    )


def test_the_same_instructions_are_told_once() -> None:
    """With every topic on which they contradict each other."""
    made = plan(
        """
        - {id: short, avoid: [sauna, sun], until: 3 days after}
        - {id: long, avoid: [sauna, sun], until: 10 days after}
        """
    )
    assert len(made.conflicts) == 2
    (sentence,) = conflict_sentences(made)
    assert sentence.startswith("sauna, sun exposure: the protocol says “avoid until 3 days after”")


def test_a_rule_is_quoted_with_its_person_and_its_condition() -> None:
    """Between the two stands a comma, behind the last nothing."""
    fields = "avoid: sauna\nask-first: your doctor"
    for more, said in (
        ("", "“avoid with no time stated, after asking your doctor”"),
        ("\nif: peel", ", after asking your doctor, if a peel was recommended with the treatment”"),
    ):
        sheet = protocol(entry(fields + more))
        assert quote_rule(sheet.instructions[0], sheet).endswith(said)
