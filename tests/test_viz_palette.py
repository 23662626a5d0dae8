"""The colours of the map can be told apart, also by those who do not see all of them."""

import itertools

import numpy as np
import pytest

from graphmodel.viz.palette import BACKGROUND, LOOKS, OTHER, UNKNOWN, in_order

# Machado, Oliveira and Fernandes 2009, full severity, on linear RGB
SIGHT = {
    "normal": np.eye(3),
    "protanopia": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
    "deuteranopia": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
    "tritanopia": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
WHITE = np.array([0.9505, 1.0, 1.089])


def linear(color: str) -> np.ndarray:
    rgb = np.array([int(color[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(color: str, sight: str) -> np.ndarray:
    x, y, z = TO_XYZ @ np.clip(np.array(SIGHT[sight]) @ linear(color), 0, 1) / WHITE
    f = [np.cbrt(v) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z)]
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(color: str, other: str) -> float:
    low, high = sorted(float(TO_XYZ[1] @ linear(c)) for c in (color, other))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize(("theme", "least"), [("light", 23.5), ("dark", 26.5)])
def test_no_two_colors_look_alike(sight: str, theme: str, least: float) -> None:
    colors = [lab(getattr(look, theme), sight) for look in LOOKS]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(colors, 2)) >= least


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_every_color_stands_out_from_the_background(theme: str) -> None:
    for look in (*LOOKS, OTHER, UNKNOWN):
        assert contrast(getattr(look, theme), BACKGROUND[theme]) >= 2.95


def test_every_color_has_a_shape_of_its_own() -> None:
    assert len({(look.shape, look.hollow) for look in (*LOOKS, OTHER, UNKNOWN)}) == len(LOOKS) + 2


def test_the_order_of_values_does_not_depend_on_how_often_they_occur() -> None:
    assert in_order(["museum", "ngo", "ngo"]) == in_order(["ngo", "museum", "museum"]) == ["ngo", "museum"]
