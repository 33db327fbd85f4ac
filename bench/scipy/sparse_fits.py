"""Least squares with a sparse Jacobian by hand: median ms, evaluations and the loss that SciPy comes to."""
import statistics
import sys
import time

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import least_squares

name, n, repeats = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def tridiagonal(x):
    y = (3 - 2 * x) * x + 1
    y[1:] -= x[:-1]
    y[:-1] -= 2 * x[1:]
    return y


def tridiagonal_jacobian(x):
    return sparse.diags([-np.ones(n - 1), 3 - 4 * x, -2 * np.ones(n - 1)], [-1, 0, 1], format="csr")


def banded(x):
    y = x * (2 + 5 * x * x) + 1
    g = x * (1 + x)
    for shift in (1, 2, 3, 4, 5):
        y[shift:] -= g[:-shift]
    y[:-1] -= g[1:]
    return y


def banded_jacobian(x):
    d = -(1 + 2 * x)
    return sparse.diags([d[:-5], d[:-4], d[:-3], d[:-2], d[:-1], 2 + 15 * x * x, d[1:]], [-5, -4, -3, -2, -1, 0, 1], format="csr")


f, j = (tridiagonal, tridiagonal_jacobian) if name == "tridiagonal" else (banded, banded_jacobian)
times = []
for _ in range(repeats):
    start = time.perf_counter()
    result = least_squares(f, -np.ones(n), j, method="trf", tr_solver="lsmr", xtol=1e-12, ftol=1e-12, gtol=1e-12)
    times.append(1e3 * (time.perf_counter() - start))
print(statistics.median(times), result.nfev, 2 * result.cost)
