"""PNG pictures made small: few colours, in as few bits as these need."""

import struct
import zlib
from collections import Counter, defaultdict
from collections.abc import Sequence

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">IIBBBBB")
_RGBA = (8, 6, 0, 0, 0)
_PALETTE = (4, 3, 0, 0, 0)
_GREYS = tuple((round(each * 255 / 11),) * 3 for each in range(12))
_TINTS = 4
_LEAST_TINT = 24
_Color = tuple[int, ...]


def read_chunks(png: bytes) -> dict[bytes, bytes]:
    """Return the chunks by their names; that of the pixels is no longer compressed."""
    found: defaultdict[bytes, bytes] = defaultdict(bytes)
    at = len(_SIGNATURE)
    while at < len(png):
        (size,) = struct.unpack_from(">I", png, at)
        found[png[at + 4 : at + 8]] += png[at + 8 : at + 8 + size]
        at += size + 12
    return {**found, b"IDAT": zlib.decompress(found[b"IDAT"])}


def read_rows(png: bytes) -> list[list[_Color]]:
    """Return the pixels, each as red, green, blue and opacity, of a file that has these."""
    chunks = read_chunks(png)
    width, height, *kind = _HEADER.unpack(chunks[b"IHDR"])
    if tuple(kind) != _RGBA:
        raise ValueError("only pictures of 8 bits with opacity, not interlaced")
    stride = 4 * width + 1
    rows = []
    above = bytes(stride - 1)
    for start in range(0, height * stride, stride):
        line = chunks[b"IDAT"][start : start + stride]
        above = _undo_filter(line[0], line[1:], above)
        rows.append(list(zip(*[iter(above)] * 4, strict=True)))
    return rows


def _undo_filter(kind: int, line: bytes, above: bytes) -> bytes:
    """Return the bytes of a row (section 9 of the PNG specification)."""
    if kind == 0:
        return line
    if kind == 2:
        return bytes((one + up) & 255 for one, up in zip(line, above, strict=True))
    done = bytearray(4)
    corner = bytes(4) + above
    for at, (one, up) in enumerate(zip(line, above, strict=True)):
        left = done[at]
        if kind == 1:
            guess = left
        elif kind == 3:
            guess = (left + up) >> 1
        else:
            guess = _nearest_neighbour(left, up, corner[at])
        done.append((one + guess) & 255)
    return bytes(done[4:])


def _nearest_neighbour(left: int, up: int, corner: int) -> int:
    to_left, to_up, to_corner = abs(up - corner), abs(left - corner), abs(left + up - 2 * corner)
    if to_left <= to_up and to_left <= to_corner:
        return left
    return up if to_up <= to_corner else corner


def write_png(rows: Sequence[Sequence[_Color]]) -> bytes:
    """Return the file of these pixels in the nearest of 16 colours; opacity is left out."""
    pixels = Counter(each[:3] for row in rows for each in row)
    palette = _choose_palette(pixels)
    index = {each: _find_nearest(each, palette) for each in pixels}
    data = bytearray()
    for row in rows:
        places = [index[each[:3]] for each in row]
        pairs = zip(places[::2], [*places[1::2], 0], strict=False)
        data += bytes([0, *(first << 4 | second for first, second in pairs)])
    chunks = {
        b"IHDR": _HEADER.pack(len(rows[0]), len(rows), *_PALETTE),
        b"PLTE": bytes(part for color in palette for part in color),
        b"IDAT": zlib.compress(data, 9),
        b"IEND": b"",
    }
    return _SIGNATURE + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in chunks.items()
    )


def _choose_palette(pixels: Counter[_Color]) -> list[_Color]:
    """Return the greys of letters, and of each of the commonest kinds of other colours one."""
    kinds: defaultdict[_Color, Counter[_Color]] = defaultdict(Counter)
    for color, count in pixels.items():
        if max(color) - min(color) > _LEAST_TINT:
            kinds[tuple(part >> 5 for part in color)][color] = count
    commonest = sorted(kinds.values(), key=lambda kind: (-kind.total(), min(kind)))[:_TINTS]
    return [*_GREYS, *(min(kind, key=lambda each: (-kind[each], each)) for kind in commonest)]


def _find_nearest(color: _Color, palette: Sequence[_Color]) -> int:
    if max(color) - min(color) <= _LEAST_TINT:
        palette = _GREYS
    far = [sum((one - two) ** 2 for one, two in zip(color, each, strict=True)) for each in palette]
    return far.index(min(far))
