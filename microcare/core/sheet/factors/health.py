"""Traits of the patient: illnesses, implants, what was recently, habits."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microcare.core.sheet.conditions import FactorRow

HEALTH: tuple[FactorRow, ...] = (
    # health
    ("diabetes", "you have diabetes", "you do not have diabetes", "Do you have diabetes?"),
    (
        "type-1-diabetes",
        "you have type 1 diabetes",
        "you do not have type 1 diabetes",
        "Do you have type 1 diabetes?",
    ),
    (
        "heart-disease",
        "you have heart disease",
        "you do not have heart disease",
        "Do you have heart disease?",
    ),
    (
        "heart-failure",
        "you have heart failure",
        "you do not have heart failure",
        "Do you have heart failure?",
    ),
    (
        "heart-valve",
        "you have an artificial heart valve",
        "you have no artificial heart valve",
        "Do you have an artificial heart valve?",
    ),
    (
        "irregular-heartbeat",
        "you have an irregular heartbeat",
        "you have no irregular heartbeat",
        "Do you have an irregular heartbeat?",
    ),
    ("stent", "you have a stent", "you have no stent", "Do you have a stent?"),
    (
        "recent-heart-attack",
        "you had a heart attack or stroke recently",
        "you had no heart attack or stroke recently",
        "Did you have a heart attack or stroke recently?",
    ),
    (
        "high-blood-pressure",
        "you have high blood pressure",
        "you do not have high blood pressure",
        "Do you have high blood pressure?",
    ),
    (
        "kidney-disease",
        "you have kidney disease",
        "you do not have kidney disease",
        "Do you have kidney disease?",
    ),
    ("dialysis", "you are on dialysis", "you are not on dialysis", "Are you on dialysis?"),
    (
        "liver-disease",
        "you have liver disease",
        "you do not have liver disease",
        "Do you have liver disease?",
    ),
    ("asthma", "you have asthma", "you do not have asthma", "Do you have asthma?"),
    (
        "lung-disease",
        "you have lung disease",
        "you do not have lung disease",
        "Do you have lung disease?",
    ),
    (
        "sleep-apnea",
        "you have sleep apnea",
        "you do not have sleep apnea",
        "Do you have sleep apnea?",
    ),
    (
        "cpap",
        "you sleep with a CPAP machine",
        "you do not sleep with a CPAP machine",
        "Do you sleep with a CPAP machine?",
    ),
    (
        "epilepsy",
        "you have epilepsy or seizures set off by light",
        "you do not have epilepsy or seizures set off by light",
        "Do you have epilepsy or seizures set off by light?",
    ),
    (
        "bleeding-disorder",
        "you have a bleeding disorder",
        "you have no bleeding disorder",
        "Do you have a bleeding disorder?",
    ),
    (
        "autoimmune-disease",
        "you have an autoimmune disease",
        "you have no autoimmune disease",
        "Do you have an autoimmune disease?",
    ),
    (
        "immune-suppression",
        "your immune system is weakened",
        "your immune system is not weakened",
        "Is your immune system weakened by an illness or a medicine?",
    ),
    (
        "neuromuscular-disease",
        "you have a disease of nerves and muscles, such as myasthenia gravis",
        "you have no disease of nerves and muscles",
        "Do you have a disease of nerves and muscles, such as myasthenia gravis?",
    ),
    (
        "thyroid-disease",
        "you have thyroid disease",
        "you do not have thyroid disease",
        "Do you have thyroid disease?",
    ),
    ("lupus", "you have lupus", "you do not have lupus", "Do you have lupus?"),
    ("hiv", "you have HIV", "you do not have HIV", "Do you have HIV?"),
    ("hepatitis", "you have hepatitis", "you do not have hepatitis", "Do you have hepatitis?"),
    (
        "cancer-treatment",
        "you are being treated for cancer",
        "you are not being treated for cancer",
        "Are you being treated for cancer?",
    ),
    (
        "skin-cancer",
        "you have or had skin cancer",
        "you have never had skin cancer",
        "Do you have or did you ever have skin cancer?",
    ),
    (
        "radiation-therapy",
        "you had radiation therapy in the area",
        "you had no radiation therapy in the area",
        "Have you had radiation therapy in the area?",
    ),
    (
        "osteoporosis",
        "you have osteoporosis",
        "you do not have osteoporosis",
        "Do you have osteoporosis?",
    ),
    (
        "organ-transplant",
        "you have a transplanted organ",
        "you have no transplanted organ",
        "Do you have a transplanted organ?",
    ),
    (
        "body-dysmorphia",
        "you have body dysmorphic disorder",
        "you do not have body dysmorphic disorder",
        "Do you have body dysmorphic disorder?",
    ),
    ("fainting-tendency", "you tend to faint", "you do not tend to faint", "Do you tend to faint?"),
    ("over-65", "you are 65 or older", "you are not 65 or older", "Are you 65 or older?"),
    ("under-18", "you are under 18", "you are not under 18", "Are you under 18?"),
    (
        "planning-pregnancy",
        "you plan to become pregnant soon",
        "you do not plan to become pregnant soon",
        "Do you plan to become pregnant soon?",
    ),
    (
        "anesthesia-reaction",
        "you had problems with anesthesia before",
        "you had no problems with anesthesia before",
        "Have you had problems with anesthesia before?",
    ),
    # implants
    (
        "pacemaker",
        "you have a pacemaker or another implanted device",
        "you have no pacemaker or other implanted device",
        "Do you have a pacemaker or another implanted device?",
    ),
    (
        "metal-implants",
        "you have metal implants in the area",
        "you have no metal implants in the area",
        "Do you have metal implants in the area?",
    ),
    (
        "joint-replacement",
        "you have an artificial joint",
        "you have no artificial joint",
        "Do you have an artificial joint?",
    ),
    # today
    (
        "active-infection",
        "you have an infection",
        "you have no infection",
        "Do you have an infection?",
    ),
    (
        "skin-infection",
        "you have a skin infection in the area",
        "you have no skin infection in the area",
        "Do you have a skin infection in the area?",
    ),
    (
        "ill-today",
        "you have a fever or a cold",
        "you have no fever or cold",
        "Do you have a fever or a cold?",
    ),
    (
        "recent-illness",
        "you were ill recently",
        "you were not ill recently",
        "Were you ill recently?",
    ),
    (
        "recent-vaccine",
        "you were vaccinated recently",
        "you were not vaccinated recently",
        "Were you vaccinated recently?",
    ),
    (
        "recent-surgery",
        "you had surgery recently",
        "you had no surgery recently",
        "Did you have surgery recently?",
    ),
    (
        "recent-antibiotics",
        "you took antibiotics recently",
        "you took no antibiotics recently",
        "Did you take antibiotics recently?",
    ),
    ("smoker", "you smoke", "you do not smoke", "Do you smoke?"),
    (
        "drinks-alcohol",
        "you drink alcohol every day",
        "you do not drink alcohol every day",
        "Do you drink alcohol every day?",
    ),
)
"""Here belongs what the patient has, had or does. Every row is a trait."""
