"""Traits of the eyes, the mouth and the bowel."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microcare.core.sheet.conditions import FactorRow

ORGANS: tuple[FactorRow, ...] = (
    ("glaucoma", "you have glaucoma", "you do not have glaucoma", "Do you have glaucoma?"),
    ("dry-eye", "you have dry eyes", "you do not have dry eyes", "Do you have dry eyes?"),
    (
        "contact-lenses",
        "you wear contact lenses",
        "you do not wear contact lenses",
        "Do you wear contact lenses?",
    ),
    (
        "soft-contact-lenses",
        "you wear soft contact lenses",
        "you do not wear soft contact lenses",
        "Do you wear soft contact lenses?",
    ),
    (
        "toric-contact-lenses",
        "you wear toric contact lenses",
        "you do not wear toric contact lenses",
        "Do you wear toric contact lenses?",
    ),
    (
        "hard-contact-lenses",
        "you wear hard contact lenses",
        "you do not wear hard contact lenses",
        "Do you wear hard contact lenses?",
    ),
    (
        "eye-infection",
        "you have an eye infection",
        "you have no eye infection",
        "Do you have an eye infection?",
    ),
    (
        "keratoconus",
        "you have keratoconus",
        "you do not have keratoconus",
        "Do you have keratoconus?",
    ),
    (
        "eye-herpes",
        "you have had herpes of the eye",
        "you have never had herpes of the eye",
        "Have you ever had herpes of the eye?",
    ),
    (
        "unstable-vision",
        "your glasses changed within the last year",
        "your glasses have not changed within the last year",
        "Have your glasses changed within the last year?",
    ),
    (
        "earlier-eye-surgery",
        "you have had eye surgery",
        "you have had no eye surgery",
        "Have you had eye surgery?",
    ),
    ("dentures", "you wear dentures", "you do not wear dentures", "Do you wear dentures?"),
    ("gum-disease", "you have gum disease", "you have no gum disease", "Do you have gum disease?"),
    (
        "stomach-ulcer",
        "you have or had a stomach ulcer",
        "you have never had a stomach ulcer",
        "Do you have or did you ever have a stomach ulcer?",
    ),
    (
        "constipation",
        "you are often constipated",
        "you are not often constipated",
        "Are you often constipated?",
    ),
    (
        "bowel-surgery",
        "you have had bowel surgery",
        "you have had no bowel surgery",
        "Have you had bowel surgery?",
    ),
    (
        "bowel-blockage",
        "you have or had a blocked bowel",
        "you have never had a blocked bowel",
        "Do you have or did you ever have a blocked bowel?",
    ),
    (
        "inflammatory-bowel-disease",
        "you have Crohn's disease or ulcerative colitis",
        "you have neither Crohn's disease nor ulcerative colitis",
        "Do you have Crohn's disease or ulcerative colitis?",
    ),
    (
        "poor-bowel-prep",
        "an earlier bowel preparation did not work well",
        "no earlier bowel preparation has failed",
        "Did an earlier bowel preparation not work well?",
    ),
    ("stoma", "you have a stoma", "you have no stoma", "Do you have a stoma?"),
    (
        "trouble-swallowing",
        "you have trouble swallowing",
        "you have no trouble swallowing",
        "Do you have trouble swallowing?",
    ),
    (
        "g6pd-deficiency",
        "you have G6PD deficiency",
        "you do not have G6PD deficiency",
        "Do you have G6PD deficiency?",
    ),
    (
        "phenylketonuria",
        "you have phenylketonuria (PKU)",
        "you do not have phenylketonuria (PKU)",
        "Do you have phenylketonuria (PKU)?",
    ),
)
"""Here belongs what bears on eye surgery, dental surgery or colonoscopy. Every row is a trait."""
