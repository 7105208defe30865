"""Traits of the patient: medicines taken, and allergies."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microcare.core.sheet.conditions import FactorRow

HISTORY: tuple[FactorRow, ...] = (
    # medicines
    (
        "recent-isotretinoin",
        "you took isotretinoin recently",
        "you took no isotretinoin recently",
        "Did you take isotretinoin (Accutane) recently?",
    ),
    (
        "gold-therapy",
        "you have had gold therapy",
        "you have never had gold therapy",
        "Have you ever had gold therapy?",
    ),
    (
        "blood-thinners",
        "you take blood thinners",
        "you do not take blood thinners",
        "Do you take blood thinners?",
    ),
    (
        "aspirin-taken",
        "you take aspirin every day",
        "you do not take aspirin every day",
        "Do you take aspirin every day?",
    ),
    ("insulin", "you use insulin", "you do not use insulin", "Do you use insulin?"),
    (
        "diabetes-tablets",
        "you take tablets for diabetes",
        "you do not take tablets for diabetes",
        "Do you take tablets for diabetes?",
    ),
    (
        "glp-1-agonists",
        "you take a GLP-1 medicine",
        "you do not take a GLP-1 medicine",
        "Do you take a GLP-1 medicine?",
    ),
    (
        "sglt2-inhibitors",
        "you take an SGLT2 inhibitor",
        "you do not take an SGLT2 inhibitor",
        "Do you take an SGLT2 inhibitor?",
    ),
    (
        "blood-pressure-medicines",
        "you take blood pressure medicines",
        "you do not take blood pressure medicines",
        "Do you take blood pressure medicines?",
    ),
    (
        "diuretics",
        "you take water tablets",
        "you do not take water tablets",
        "Do you take water tablets?",
    ),
    ("iron", "you take iron", "you do not take iron", "Do you take iron?"),
    (
        "photosensitizing-medicines",
        "you take medicines that make your skin sensitive to light",
        "you do not take medicines that make your skin sensitive to light",
        "Do you take medicines that make your skin sensitive to light?",
    ),
    (
        "steroids",
        "you take steroid tablets",
        "you do not take steroid tablets",
        "Do you take steroid tablets?",
    ),
    (
        "opioids",
        "you take opioid pain medicines",
        "you do not take opioid pain medicines",
        "Do you take opioid pain medicines?",
    ),
    (
        "bone-medicines",
        "you take medicines against bone loss",
        "you do not take medicines against bone loss",
        "Do you take medicines against bone loss?",
    ),
    (
        "seizure-medicines",
        "you take seizure medicines",
        "you do not take seizure medicines",
        "Do you take seizure medicines?",
    ),
    (
        "tamsulosin",
        "you take tamsulosin (Flomax)",
        "you do not take tamsulosin (Flomax)",
        "Do you take tamsulosin (Flomax)?",
    ),
    (
        "contraceptive-pill",
        "you take the contraceptive pill",
        "you do not take the contraceptive pill",
        "Do you take the contraceptive pill?",
    ),
    ("retinoids-used", "you use retinoids", "you do not use retinoids", "Do you use retinoids?"),
    (
        "glaucoma-drops",
        "you use glaucoma eye drops",
        "you do not use glaucoma eye drops",
        "Do you use glaucoma eye drops?",
    ),
    # allergies
    (
        "allergy-latex",
        "you are allergic to latex",
        "you are not allergic to latex",
        "Are you allergic to latex?",
    ),
    (
        "allergy-product",
        "you are allergic to the product or one of its ingredients",
        "you are not allergic to the product or one of its ingredients",
        "Are you allergic to the product or one of its ingredients?",
    ),
    (
        "allergy-egg",
        "you are allergic to egg",
        "you are not allergic to egg",
        "Are you allergic to egg?",
    ),
    (
        "allergy-milk",
        "you are allergic to cow's milk protein",
        "you are not allergic to cow's milk protein",
        "Are you allergic to cow's milk protein?",
    ),
    (
        "allergy-soy",
        "you are allergic to soy",
        "you are not allergic to soy",
        "Are you allergic to soy?",
    ),
    (
        "allergy-lidocaine",
        "you are allergic to lidocaine or other local anesthetics",
        "you are not allergic to lidocaine or other local anesthetics",
        "Are you allergic to lidocaine or other local anesthetics?",
    ),
    (
        "allergy-aspirin",
        "you are allergic to aspirin",
        "you are not allergic to aspirin",
        "Are you allergic to aspirin?",
    ),
    (
        "allergy-anti-inflammatories",
        "you are allergic to ibuprofen or other anti-inflammatory medicines",
        "you are not allergic to ibuprofen or other anti-inflammatory medicines",
        "Are you allergic to ibuprofen or other anti-inflammatory medicines?",
    ),
    (
        "allergy-penicillin",
        "you are allergic to penicillin",
        "you are not allergic to penicillin",
        "Are you allergic to penicillin?",
    ),
    (
        "allergy-antibiotics",
        "you are allergic to an antibiotic",
        "you are not allergic to an antibiotic",
        "Are you allergic to an antibiotic?",
    ),
    (
        "allergy-iodine",
        "you are allergic to iodine",
        "you are not allergic to iodine",
        "Are you allergic to iodine?",
    ),
    (
        "allergy-adhesive",
        "you are allergic to adhesive tape",
        "you are not allergic to adhesive tape",
        "Are you allergic to adhesive tape?",
    ),
    (
        "allergy-metal",
        "you are allergic to a metal",
        "you are not allergic to a metal",
        "Are you allergic to a metal?",
    ),
    (
        "severe-allergies",
        "you have had a severe allergic reaction",
        "you have never had a severe allergic reaction",
        "Have you ever had a severe allergic reaction?",
    ),
)
"""Here belongs what the patient takes or does not bear. Every row is a trait."""
