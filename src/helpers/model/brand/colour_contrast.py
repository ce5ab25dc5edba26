"""How well readers distinguish colours: contrast, colour blindness, and grey."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

Triple = tuple[float, float, float]

# What each kind of colour blindness leaves of linear red, green and blue, at full severity:
# Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision
# Deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009).
COLOUR_BLINDNESS: dict[str, tuple[Triple, Triple, Triple]] = {
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
# sRGB to CIE XYZ (IEC 61966-2-1), and its white.
_TO_XYZ = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
_TO_RGB = (
    (3.2404542, -1.5371385, -0.4985314),
    (-0.9692660, 1.8760108, 0.0415560),
    (0.0556434, -0.2040259, 1.0572252),
)
_WHITE = (0.95047, 1.0, 1.08883)
_CIE_EPSILON, _CIE_KAPPA = 216 / 24389, 24389 / 27
_CHROMA_PARTS = (1.0, 0.8, 0.6, 0.4, 0.2)
_HUE_STEPS = 24
# Two areas look different to everyone from this distance (CIE 1976), where 2.3 is just noticeable;
# the default colours are at least 23 apart.
LEAST_DISTANCE = 20


def contrast_ratio(one: str, other: str) -> float:
    """The contrast of two colours (#rrggbb), 1 to 21, as WCAG 2.2 defines it."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def colour_distance(one: str, other: str, blindness: str | None = None) -> float:
    """How different two colours look (CIE 1976), also to a reader who is colour-blind."""
    return math.dist(_lab(one, blindness), _lab(other, blindness))


def lightness(colour: str) -> float:
    """What is left of a colour in grey: CIE L*, 0 for black to 100 for white."""
    return _lab(colour)[0]


def nearest_colour(colour: str, passes: Callable[[str], bool]) -> str | None:
    """The colour that looks most like another and passes: the same hue where one of it does.

    None if no colour passes: of a grey, only greys are tried.
    """
    if passes(colour):
        return colour
    start = _lab(colour)
    for hues in ((0,), range(1, _HUE_STEPS)):
        found = sorted({(math.dist(start, _lab(one)), one) for one in _variants(start, hues)})
        nearest = next((one for _, one in found if passes(one)), None)
        if nearest is not None:
            return nearest
    return None


def likeness(one: str, other: str) -> str:
    """Where two areas look alike; blank if they differ to every reader."""
    if colour_distance(one, other) < LEAST_DISTANCE:
        return "by any reader"
    for blindness in COLOUR_BLINDNESS:
        if colour_distance(one, other, blindness) < LEAST_DISTANCE:
            return f"by readers with {blindness}"
    return ""


def _variants(start: Triple, hues: range | tuple[int, ...]) -> Iterator[str]:
    chroma, hue = math.hypot(start[1], start[2]), math.atan2(start[2], start[1])
    for turn in hues:
        angle = hue + turn * 2 * math.pi / _HUE_STEPS
        for part in _CHROMA_PARTS:
            a, b = part * chroma * math.cos(angle), part * chroma * math.sin(angle)
            yield from (_hex_of((step / 2, a, b)) for step in range(201))


def _linear(colour: str) -> Triple:
    values = (int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in values)
    return red, green, blue


def _luminance(colour: str) -> float:
    """Relative luminance, with the coefficients of WCAG."""
    return _dot((0.2126, 0.7152, 0.0722), _linear(colour))


@lru_cache(maxsize=65536)
def _lab(colour: str, blindness: str | None = None) -> Triple:
    seen = _linear(colour)
    if blindness is not None:
        red, green, blue = (
            min(1.0, max(0.0, _dot(row, seen))) for row in COLOUR_BLINDNESS[blindness]
        )
        seen = (red, green, blue)
    x, y, z = (
        _cube_root(_dot(row, seen) / white) for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _dot(row: Triple, values: Iterable[float]) -> float:
    return sum(factor * value for factor, value in zip(row, values, strict=True))


def _cube_root(value: float) -> float:
    return value ** (1 / 3) if value > _CIE_EPSILON else (_CIE_KAPPA * value + 16) / 116


def _hex_of(lab: Triple) -> str:
    """The colour in #rrggbb, cut off at what a screen can show."""
    y = (lab[0] + 16) / 116
    parts = (y + lab[1] / 500, y, y - lab[2] / 200)
    cubes = (p**3 if p**3 > _CIE_EPSILON else (116 * p - 16) / _CIE_KAPPA for p in parts)
    xyz = [cube * white for cube, white in zip(cubes, _WHITE, strict=True)]
    linear = [min(1.0, max(0.0, _dot(row, xyz))) for row in _TO_RGB]
    shown = (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055 for v in linear)
    return "#" + "".join(f"{round(value * 255):02x}" for value in shown)
