"""One fresh Python with SciPy, the peer of bench/cold/session.ps1: import, first answer and ten runs, in milliseconds, on one line."""

import sys
import time

begin = time.perf_counter()
import numpy
from scipy.optimize import fmin_l_bfgs_b, minimize

imported = time.perf_counter()


def rosenbrock(x):
    a = 1 - x[0]
    b = x[1] - x[0] * x[0]
    return a * a + 100 * b * b


def value_and_gradient(x):
    """The chained function as one would write it by hand in NumPy: whole vectors, what value and gradient share computed once."""
    a = x[:-1]
    t = x[1:] - a * a
    u = 1 - a
    gradient = numpy.zeros_like(x)
    gradient[1:] = 200 * t
    gradient[:-1] -= 400 * a * t + 2 * u
    return 100 * t.dot(t) + u.dot(u), gradient


minimize(rosenbrock, [-1.2, 1.0], method="L-BFGS-B")
times = [imported - begin, time.perf_counter() - imported]
n = int(sys.argv[1])
start = numpy.array([1.0 if i % 2 else -1.2 for i in range(n)])
for _ in range(10 if n > 0 else 0):
    begin = time.perf_counter()
    fmin_l_bfgs_b(value_and_gradient, start, factr=1e7, pgtol=1e-5, maxfun=10**9, maxiter=10**6)
    times.append(time.perf_counter() - begin)
print(*(1e3 * t for t in times))
