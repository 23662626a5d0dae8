"""The Equal Earth projection: areas of countries keep their proportions (Šavrič, Patterson and Jenny 2018)."""

import numpy as np

from graphmodel.viz.forces import Numbers

A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
M = np.sqrt(3) / 2


def project(degrees: Numbers) -> Numbers:
    """Return the places of points on a sphere of radius one, y pointing down.

    Parameters
    ----------
    degrees: (points, 2), longitude and latitude.

    References
    ----------
    Šavrič, B., Patterson, T. and Jenny, B. (2019). The Equal Earth map projection. International Journal of
    Geographical Information Science 33(3), 454-465.

    >>> project(np.array([[180.0, 0.0], [0.0, 90.0]])).round(4).tolist()
    [[2.7066, -0.0], [0.0, -1.3174]]
    """
    longitude, latitude = np.radians(np.asarray(degrees, dtype=float)).T
    theta = np.arcsin(M * np.sin(latitude))
    square, sixth = theta**2, theta**6
    x = longitude * np.cos(theta) / (M * (A1 + 3 * A2 * square + sixth * (7 * A3 + 9 * A4 * square)))
    y = theta * (A1 + A2 * square + sixth * (A3 + A4 * square))
    return np.column_stack([x, -y])
