"""What the front desk must ask now: contraindications, patient factors, what has begun."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from microcare.core.plan.last_times import Keeping
from microcare.core.plan.plan import Plan
from microcare.core.plan.planned import Kind, PlannedInstruction, Standing
from microcare.core.sheet.conditions import (
    All,
    Answer,
    Condition,
    Factor,
    FactorKind,
    Is,
    Not,
    evaluate,
    list_condition_factors,
)
from microcare.core.sheet.points import Side
from microcare.core.sheet.word_search import split_words
from microcare.core.values import value
from microcare.language.messages import say
from microcare.wording.conditions import condition_text
from microcare.wording.labels import label_topic
from microcare.wording.persons import ask_words, told_text
from microcare.wording.plan.footnotes import Told, list_unclear
from microcare.wording.plan.releases import ReleaseWords
from microcare.wording.plan.words import PlanWords
from microcare.wording.rules import rule_text


@value
class Question:
    """One thing to ask, and what follows from the answer.

    `factors` are those that an answer settles, none for a date; `lasts` are the topics whose last
    time does, by the names that `--last` takes. With `blocks`, a yes means that the treatment is
    not done, and `text` is the protocol's own sentence on it. `unclear` is what the sheet leaves
    open of what is asked, in sentences.
    """

    text: str
    consequences: tuple[Told, ...] = ()
    factors: tuple[str, ...] = ()
    blocks: bool = False
    unclear: tuple[str, ...] = ()
    lasts: tuple[str, ...] = ()


def list_questions(plan: Plan, words: PlanWords, *, brief: bool = False) -> tuple[Question, ...]:
    """Return the questions in the order of asking them; unless `brief` with the sheet's times."""
    held = ReleaseWords(plan, words)
    return (
        *_screening_questions(plan, words),
        *_factor_questions(plan, words, held),
        *_person_questions(plan, words, held),
        *_begun_questions(plan, words, brief=brief),
        *_time_question(plan, words),
    )


class PromptKind(Enum):
    """What a prompt is about, with the sentence above the first of the kind."""

    BAR = "If yes, do not treat. Type y or n, or only Enter if it is not known."
    FACTOR = "The plan depends on it. Type y or n, or only Enter if it is not known."
    LAST = "When was the last time? Type a date, or never, or only Enter if it is not known."


@value
class Prompt:
    """One question to somebody who can answer at once: about one factor or one topic's last time.

    `name` is the factor's, or the topic's, as `--with` or `--last` takes it.
    """

    kind: PromptKind
    name: str
    text: str

    @property
    def key(self) -> tuple[bool, str]:
        """What it is about, in whatever words and whatever it is asked for."""
        return self.kind is PromptKind.LAST, self.name


def list_prompts(plan: Plan) -> tuple[Prompt, ...]:
    """Return what can still be answered, in the order of `list_questions`, each thing once.

    Nothing more where the treatment is not done, and no reason against one that has been done. Of
    several treatments the time of day of a later one has no name of its own.
    """
    if plan.blocked_by:
        return ()
    prompts = []
    known = {each.topic for each in plan.lasts}
    named = {name for each in plan.treatments for name in each.protocol.factors}
    for each in list_questions(plan, PlanWords(plan)):
        if each.blocks and plan.is_past:
            continue
        kind = PromptKind.BAR if each.blocks else PromptKind.FACTOR
        for name in filter(named.__contains__, each.factors):
            text = _prompt_text(each, plan.protocol.factors[name])
            prompts.append(Prompt(kind, name, text))
        for name in each.lasts:
            if name not in known:
                label = plan.protocol.topics[name].label
                text = f"{label[:1].upper()}{label[1:]}:"
                prompts.append(Prompt(PromptKind.LAST, name, text))
    found: dict[tuple[bool, str], Prompt] = {}
    for prompt in prompts:
        found.setdefault(prompt.key, prompt)
    return tuple(found.values())


def _prompt_text(question: Question, factor: Factor) -> str:
    """Return a factor's question, with the sheet's own sentence where that says more than it."""
    says_more = question.blocks and question.text != f"You cannot be treated if {factor.yes}."
    return " ".join((factor.ask, *([question.text] if says_more else []), *question.unclear))


def list_screens(plan: Plan) -> Iterable[PlannedInstruction]:
    """Yield what forbids the treatment and is to be asked for; of two sheets that ask alike one."""
    told: list[tuple[tuple[str, ...], str | None, Condition | None]] = []
    for each in plan.instructions:
        rule = each.instruction
        if rule.verb.traits.screens and each.applies is Answer.ASK:
            key = (rule.topics, rule.area, rule.condition)
            if not plan.is_joint or key not in told:
                yield each
            told.append(key)


def _screening_questions(plan: Plan, words: PlanWords) -> Iterable[Question]:
    for each in list_screens(plan):
        instruction = each.instruction
        area = f" ({instruction.area})" if instruction.area else ""
        factors = tuple(name for name in instruction.topics if name not in plan.answers)
        condition = further_condition(each, plan, words)
        said = told_text(instruction)
        text = say("If {condition}: {text}", condition=condition, text=said) if condition else said
        unclear = list_unclear(plan, instruction)
        yield Question(f"{text}{area}", factors=factors, blocks=True, unclear=unclear)


def further_condition(each: PlannedInstruction, plan: Plan, words: PlanWords) -> str | None:
    """Return the `if` of a screening in words, where it has one beside its own factors."""
    match each.instruction.condition:
        case All((condition, _)) if evaluate(condition, plan.answers) is Answer.ASK:
            return condition_text(condition, words.named.factors)
        case _:
            return None


def _factor_questions(plan: Plan, words: PlanWords, held: ReleaseWords) -> Iterable[Question]:
    depending: dict[str, list[PlannedInstruction]] = {}
    for each in plan.instructions:
        condition = each.instruction.condition
        if condition is None or each.applies is not Answer.ASK:
            continue
        screened = each.instruction.topics if each.instruction.verb.traits.screens else ()
        for name in list_condition_factors(condition):
            known = name in plan.answers or name in screened
            if not known and plan.protocol.factors[name].kind is not FactorKind.SYMPTOM:
                depending.setdefault(name, []).append(each)
    for name, planned in depending.items():
        changes = tuple(dict.fromkeys(_consequence(each, plan, words, held) for each in planned))
        yield Question(plan.protocol.factors[name].ask, changes, (name,))


def _consequence(
    each: PlannedInstruction, plan: Plan, words: PlanWords, held: ReleaseWords
) -> Told:
    match each.instruction.condition:
        case Is():
            lead = say("if so")
        case Not(Is()):
            lead = say("if not")
        case _:
            lead = words.condition(each) or ""
    text = f"{lead}: {told_text(each.instruction)}"
    return Told(text, list_unclear(plan, each.instruction), _start_words(each, words, held))


def _start_words(each: PlannedInstruction, words: PlanWords, held: ReleaseWords) -> str:
    """Return in brackets the moment at which an instruction begins, if no ban forbids it."""
    start = each.dated.start
    facts = [say("but not {topics}", topics=lost) for lost in held.list_lost(each, start)]
    if start is not None:
        when = words.start(each)
        since = say("from {time}", time=when) if each.kind is Kind.WINDOW else when
        facts.insert(0, words.guessed_start(each) or since)
    return f" ({'; '.join(facts)})" if facts else ""


def _person_questions(plan: Plan, words: PlanWords, held: ReleaseWords) -> Iterable[Question]:
    """Yield whom the patient must ask before following an instruction, once for each person."""
    asked: dict[str, list[PlannedInstruction]] = {}
    for each in plan.instructions:
        person = each.instruction.ask_first
        # A screening is a question already, and names its persons there.
        concerns = each.applies is not Answer.NO and not each.instruction.verb.traits.screens
        if person is not None and concerns and each.standing is not Standing.OVER:
            asked.setdefault(person, []).append(each)
    for person, planned in asked.items():
        about = ", ".join(dict.fromkeys(words.labels(each.instruction) for each in planned))
        changes = []
        for each in planned:
            lead = words.condition(each) or say("before this")
            text = f"{lead}: {each.instruction.text}"
            unclear = list_unclear(plan, each.instruction)
            changes.append(Told(text, unclear, _start_words(each, words, held)))
        text = say("Have you asked {person} about this: {topics}?", person=person, topics=about)
        yield Question(text, tuple(changes))


def _begun_questions(plan: Plan, words: PlanWords, *, brief: bool) -> Iterable[Question]:
    """Yield what should have been kept or done by now, before anybody had told the patient."""
    if plan.is_past:
        return
    unasked: dict[str, list[str]] = {}
    for judged in plan.judged:
        open_ = [judged.topic] if judged.keeping is Keeping.UNASKED else []
        unasked.setdefault(judged.planned.instruction.id, []).extend(open_)
    for each in plan.instructions:
        instruction, traits = each.instruction, each.instruction.verb.traits
        when = _past_words(each, plan, words)
        if each.applies is Answer.NO or when is None or not (traits.restricts or traits.asks):
            continue
        chosen = tuple(unasked.get(instruction.id, instruction.topics))
        if not chosen or each.is_overruled(each.dated.start) or _is_asked_longer(each, plan):
            continue
        lasts = chosen if instruction.id in unasked else ()
        if brief:
            about = _name_topics(each, chosen, words) if lasts else words.labels(instruction)
            about = f"{about[:1].upper()}{about[1:]}"
            done = say("{topics} done {time}?", topics=about, time=when)
            text = say("{topics} {time}?", topics=about, time=when) if each.restricts else done
        else:
            about = words.topics(instruction, chosen)
            done = say("Done {time}: {topics}?", topics=about, time=when)
            text = say("No {topics} {time}?", topics=about, time=when) if each.restricts else done
        rule = None if brief else rule_text(instruction, words.named)
        facts = ", ".join(filter(None, [*ask_words(instruction), words.condition(each), rule]))
        unclear = list_unclear(plan, instruction)
        yield Question(f"{text} ({facts})" if facts else text, unclear=unclear, lasts=lasts)


def _is_asked_longer(each: PlannedInstruction, plan: Plan) -> bool:
    """Return whether another treatment has it asked for a longer time, and of everybody."""
    if not plan.is_joint or not each.restricts or each.dated.start is None:
        return False
    own = (each.dated.start, each.treatment.number)
    return any(
        other.restricts
        and other.applies is Answer.YES
        and other.side is Side.BEFORE
        and other.treatment is not each.treatment
        and other.dated.start is not None
        and (other.dated.start, other.treatment.number) < own
        and {*each.instruction.topics} <= {*other.instruction.topics}
        for other in plan.applicable
    )


def _name_topics(each: PlannedInstruction, chosen: tuple[str, ...], words: PlanWords) -> str:
    """Return topics by the names that `--last` takes, with their words where they are others."""
    told = []
    for name, label in zip(chosen, words.topic_list(each.instruction, chosen), strict=True):
        stem = label_topic(name, each.instruction, words.named)
        # Another language may spell it almost so: "láser".
        is_spelt = stem.isascii() and split_words(stem) == split_words(name)
        told.append(f"{name if is_spelt else f'{stem} [{name}]'}{label.removeprefix(stem)}")
    return ", ".join(told)


def _time_question(plan: Plan, words: PlanWords) -> Iterable[Question]:
    """Yield the question for the time of day, where what hangs on it may not be guessed."""
    changes = tuple(
        dict.fromkeys(
            Told(told_text(each.instruction), list_unclear(plan, each.instruction), f" ({guessed})")
            for each in plan.instructions
            if each.applies is not Answer.NO and (guessed := words.guess(each)) is not None
        )
    )
    if changes:
        text = say("At what time is the appointment? Hours are counted from it.")
        yield Question(text, changes)


def _past_words(each: PlannedInstruction, plan: Plan, words: PlanWords) -> str | None:
    """Return since or until when something has held, or when it was due; None where it hasn't."""
    start, until = each.dated.start, each.dated.until
    if each.kind is Kind.MOMENT:
        due = each.dated.start_at_latest or start
        over = each.standing is Standing.OVER
        return say("on {time}", time=words.start(each, due)) if over and due is not None else None
    if each.standing is Standing.OVER and until is not None:
        end = words.until(until, with_day=each.dated.ends_with_day)
        if start is None:
            return end
        return say("from {time} {until}", time=words.start(each), until=end)
    if each.side is Side.BEFORE and start is not None and start < plan.now:
        return say("since {time}", time=words.start(each))
    return None
