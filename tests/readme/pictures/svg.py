"""An SVG of texts and rectangles: light and dark, with a name, loading nothing."""

from collections.abc import Iterable, Mapping
from html import escape

INK = {"light": "#1f2328", "dark": "#e6edf3"}
QUIET = {"light": "#59636e", "dark": "#9aa4af"}
PAPER = {"light": "#ffffff", "dark": "#0d1117"}
EDGE = {"light": "#d1d9e0", "dark": "#3d444d"}
RED = {"light": "#b3261e", "dark": "#ff9088"}
GREEN = {"light": "#1a7f37", "dark": "#56d364"}
CYAN = {"light": "#0a6e7c", "dark": "#56d4dd"}
SANS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif'
MONO = 'ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace'


def draw_svg(
    size: tuple[float, float],
    texts: tuple[str, str],
    font: str,
    colors: Mapping[str, Mapping[str, str]],
    parts: Iterable[str],
) -> str:
    """Return the file.

    `size` is in pixels, `texts` are its title and its description, `font` is as in CSS, and
    `colors` says what each class is filled with on a light and on a dark screen.
    """
    width, height = (number(each) for each in size)
    title, description = (escape(each, quote=False) for each in texts)
    light, dark = (
        "".join(f".{name}{{fill:{color[mode]}}}" for name, color in colors.items())
        for mode in ("light", "dark")
    )
    lines = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"',
        f'width="{width}" height="{height}" role="img" aria-labelledby="title desc">',
        f'<title id="title">{title}</title>',
        f'<desc id="desc">{description}</desc>',
        f"<style>text{{font:{font};white-space:pre}}.b{{font-weight:bold}}{light}",
        f"@media (prefers-color-scheme:dark){{{dark}}}</style>",
        *parts,
        "</svg>",
    )
    return "\n".join(lines) + "\n"


def box(look: str, x: float, y: float, width: float, height: float, radius: float = 0) -> str:
    """Return a rectangle of a class, with round corners where a radius is given."""
    sides = {"x": x, "y": y, "width": width, "height": height, "rx": radius}
    given = " ".join(f'{name}="{number(side)}"' for name, side in sides.items() if side)
    return f'<rect class="{look}" {given}/>'


def text(look: str, x: float, y: float, told: str, more: str = "") -> str:
    """Return a line of text of some classes that begins at `x` and stands on `y`."""
    return (
        f'<text class="{look}" x="{number(x)}" y="{number(y)}"{more}>'
        f"{escape(told, quote=False)}</text>"
    )


def number(value: float) -> str:
    """Return a length as short as it can be written, to a hundredth of a pixel."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
