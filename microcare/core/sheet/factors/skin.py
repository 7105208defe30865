"""Traits of the skin, and the conditions that bear on treating it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microcare.core.sheet.conditions import FactorRow

SKIN: tuple[FactorRow, ...] = (
    (
        "cold-sores",
        "you are prone to cold sores",
        "you are not prone to cold sores",
        "Are you prone to cold sores?",
    ),
    ("pregnancy", "you are pregnant", "you are not pregnant", "Are you pregnant?"),
    (
        "breastfeeding",
        "you are breastfeeding",
        "you are not breastfeeding",
        "Are you breastfeeding?",
    ),
    (
        "active-cold-sores",
        "you have active cold sores",
        "you have no active cold sores",
        "Do you have active cold sores?",
    ),
    (
        "herpes-simplex",
        "you have herpes simplex",
        "you have no herpes simplex",
        "Do you have herpes simplex?",
    ),
    ("warts", "you have warts", "you have no warts", "Do you have warts?"),
    ("open-sores", "you have open sores", "you have no open sores", "Do you have open sores?"),
    ("sunburned", "you are sunburned", "you are not sunburned", "Are you sunburned?"),
    (
        "recent-sunburn",
        "you had a sunburn recently",
        "you had no sunburn recently",
        "Did you have a sunburn recently?",
    ),
    (
        "sensitive-skin",
        "your skin is excessively sensitive",
        "your skin is not excessively sensitive",
        "Is your skin excessively sensitive?",
    ),
    ("dermatitis", "you have dermatitis", "you have no dermatitis", "Do you have dermatitis?"),
    (
        "inflammatory-rosacea",
        "you have inflammatory rosacea",
        "you have no inflammatory rosacea",
        "Do you have inflammatory rosacea?",
    ),
    (
        "skin-breakdown",
        "your skin has broken down recently",
        "your skin has not broken down recently",
        "Has your skin broken down recently?",
    ),
    (
        "excessive-dryness",
        "your skin has become excessively dry recently",
        "your skin has not become excessively dry recently",
        "Has your skin become excessively dry recently?",
    ),
    (
        "recent-skin-changes",
        "your skin has changed significantly recently",
        "your skin has not changed significantly recently",
        "Has your skin changed significantly recently?",
    ),
    (
        "sun-unavoidable",
        "you absolutely cannot avoid the sun",
        "you can avoid the sun",
        "Is it impossible for you to avoid the sun?",
    ),
    (
        "keloids",
        "you tend to keloid or raised scars",
        "you do not tend to keloid or raised scars",
        "Do you tend to keloid or raised scars?",
    ),
    (
        "hyperpigmentation",
        "your skin has formed dark patches before",
        "your skin has not formed dark patches before",
        "Has your skin formed dark patches before?",
    ),
    ("melasma", "you have melasma", "you do not have melasma", "Do you have melasma?"),
    (
        "darker-skin",
        "you have a darker skin type",
        "you do not have a darker skin type",
        "Do you have a darker skin type?",
    ),
    ("active-acne", "you have active acne", "you have no active acne", "Do you have active acne?"),
    ("eczema", "you have eczema", "you do not have eczema", "Do you have eczema?"),
    ("psoriasis", "you have psoriasis", "you do not have psoriasis", "Do you have psoriasis?"),
    ("rosacea", "you have rosacea", "you do not have rosacea", "Do you have rosacea?"),
    ("vitiligo", "you have vitiligo", "you do not have vitiligo", "Do you have vitiligo?"),
    (
        "moles",
        "you have moles in the area",
        "you have no moles in the area",
        "Do you have moles in the area?",
    ),
    (
        "tattoo-in-area",
        "you have a tattoo or permanent makeup in the area",
        "you have no tattoo or permanent makeup in the area",
        "Do you have a tattoo or permanent makeup in the area?",
    ),
    (
        "recent-tan",
        "you are tanned or were tanned recently",
        "you are not tanned and were not recently",
        "Are you tanned, or were you recently?",
    ),
    (
        "self-tanner-used",
        "you used self-tanner recently",
        "you used no self-tanner recently",
        "Did you use self-tanner recently?",
    ),
    (
        "light-sensitive",
        "light makes your skin react",
        "light does not make your skin react",
        "Does light make your skin react?",
    ),
    (
        "light-hair",
        "the hair in the area is blond, red, white or gray",
        "the hair in the area is dark",
        "Is the hair in the area blond, red, white or gray?",
    ),
    (
        "filler-in-area",
        "you have filler in the area",
        "you have no filler in the area",
        "Do you have filler in the area?",
    ),
    (
        "permanent-filler",
        "you have permanent filler or silicone in the area",
        "you have no permanent filler or silicone in the area",
        "Do you have permanent filler or silicone in the area?",
    ),
    (
        "recent-botulinum-toxin",
        "you had botulinum toxin recently",
        "you had no botulinum toxin recently",
        "Did you have botulinum toxin recently?",
    ),
    (
        "recent-peel",
        "you had a chemical peel recently",
        "you had no chemical peel recently",
        "Did you have a chemical peel recently?",
    ),
    (
        "recent-laser",
        "you had a laser treatment recently",
        "you had no laser treatment recently",
        "Did you have a laser treatment recently?",
    ),
    (
        "recent-waxing",
        "you were waxed in the area recently",
        "you were not waxed in the area recently",
        "Were you waxed in the area recently?",
    ),
)
"""Here belongs what concerns the skin. Every row is a trait."""
