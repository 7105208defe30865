"""Medicines for the bowel and the stomach. Every row here is a medicine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from microcare.core.sheet.vocabulary import TopicRow

BOWEL: tuple[TopicRow, ...] = (
    (
        "bowel-prep-solution",
        "bowel preparation",
        (
            "bowel prep",
            "bowel preparation solution",
            "bowel preparations",
            "bowel cleansing solution",
            "laxative solution",
            "colonoscopy prep",
        ),
        (),
    ),
    (
        "peg-solution",
        "PEG bowel preparation",
        (
            "polyethylene glycol solution",
            "PEG electrolyte solution",
            "GoLYTELY",
            "NuLYTELY",
            "CoLyte",
            "TriLyte",
            "GaviLyte",
            "PEGLyte",
            "Klean-Prep",
            "MoviPrep",
            "Plenvu",
        ),
        ("bowel-prep-solution",),
    ),
    (
        "sulfate-solution",
        "sulfate bowel preparation",
        ("sodium sulfate solution", "sodium sulphate solution", "Suprep"),
        ("bowel-prep-solution",),
    ),
    (
        "sulfate-tablets",
        "sulfate bowel preparation tablets",
        ("Sutab", "sodium sulfate tablets"),
        ("bowel-prep-solution",),
    ),
    (
        "sodium-picosulfate",
        "sodium picosulfate",
        (
            "sodium picosulphate",
            "picosulfate",
            "Picoprep",
            "Prepopik",
            "Pico-Salax",
            "Picolax",
            "Purg-Odan",
            "Clenpiq",
            "CitraFleet",
        ),
        ("bowel-prep-solution",),
    ),
    (
        "sodium-phosphate",
        "sodium phosphate",
        ("OsmoPrep", "Visicol", "sodium phosphate tablets", "Fleet Phospho-soda"),
        ("bowel-prep-solution",),
    ),
    ("laxatives", "laxatives", ("laxative",), ()),
    (
        "bisacodyl",
        "bisacodyl",
        ("Dulcolax", "bisacodyl tablets", "bisacodyl tablet"),
        ("laxatives",),
    ),
    ("senna", "senna", ("Senokot", "Ex-Lax"), ("laxatives",)),
    (
        "magnesium-citrate",
        "magnesium citrate",
        ("citrate of magnesia", "magnesium citrate solution", "Citromag"),
        ("laxatives",),
    ),
    ("milk-of-magnesia", "milk of magnesia", ("magnesium hydroxide",), ("laxatives",)),
    ("lactulose", "lactulose", (), ("laxatives",)),
    (
        "miralax",
        "polyethylene glycol powder (MiraLAX)",
        (
            "PEG powder",
            "polyethylene glycol powder",
            "GlycoLax",
            "RestoraLAX",
            "PEG 3350 powder",
        ),
        ("laxatives",),
    ),
    (
        "stool-softeners",
        "stool softeners",
        ("stool softener", "docusate", "Colace"),
        ("laxatives",),
    ),
    ("enema", "enema", ("enemas", "Fleet enema"), ()),
    ("simethicone", "simethicone", ("simeticone", "Gas-X", "Mylicon"), ()),
    (
        "anti-diarrheals",
        "medicines against diarrhea",
        (
            "anti-diarrheal",
            "antidiarrheals",
            "anti-diarrheal medicines",
            "anti-diarrhoeals",
            "anti-diarrheal medications",
            "anti-diarrhoeal medicines",
            "constipating medicines",
        ),
        (),
    ),
    ("loperamide", "loperamide", ("Imodium",), ("anti-diarrheals",)),
    ("diphenoxylate", "diphenoxylate with atropine", ("Lomotil",), ("anti-diarrheals",)),
    (
        "bismuth-subsalicylate",
        "bismuth subsalicylate",
        ("Pepto-Bismol", "Kaopectate"),
        ("anti-diarrheals",),
    ),
    (
        "fiber-supplements",
        "fiber supplements",
        (
            "fibre supplements",
            "fiber supplement",
            "fibre supplement",
            "psyllium",
            "Metamucil",
            "Citrucel",
            "Benefiber",
            "FiberCon",
            "Fybogel",
            "ispaghula",
        ),
        ("supplements",),
    ),
    ("antacids", "antacids", ("antacid", "Tums", "Maalox", "Gaviscon"), ()),
    (
        "acid-reducers",
        "medicines against stomach acid",
        ("proton pump inhibitors", "acid reflux medicine", "acid reducer"),
        (),
    ),
    ("omeprazole", "omeprazole", ("Prilosec", "Losec"), ("acid-reducers",)),
    ("pantoprazole", "pantoprazole", ("Protonix",), ("acid-reducers",)),
    ("famotidine", "famotidine", ("Pepcid",), ("acid-reducers",)),
    (
        "hemorrhoid-cream",
        "hemorrhoid cream",
        ("haemorrhoid cream", "Preparation H"),
        (),
    ),
)
"""A bowel preparation is no laxative here: “no other laxatives” must not forbid it."""
