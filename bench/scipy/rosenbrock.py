"""Minimises the chained Rosenbrock function by SciPy's L-BFGS-B, for PhysOpt.Bench: the command "scipy" starts this as a child process.

A line of standard input asks for one run: "hand|approx n factr pgtol". A line of standard output answers it:
"milliseconds calls loss", where calls are those of the objective, and those that differences take are counted. The first line says which versions answer.
"""

import sys
import time

try:
    import numpy
    import scipy
    from scipy.optimize import fmin_l_bfgs_b
except ImportError as error:
    print(f"missing: {error}", flush=True)
    sys.exit(1)


def value_and_gradient(x):
    """As one would write it by hand in NumPy: whole vectors, what value and gradient share computed once."""
    a = x[:-1]
    t = x[1:] - a * a
    u = 1 - a
    gradient = numpy.zeros_like(x)
    gradient[1:] = 200 * t
    gradient[:-1] -= 400 * a * t + 2 * u
    return 100 * t.dot(t) + u.dot(u), gradient


def loop(x):
    """The loop of the script block."""
    s = 0.0
    for i in range(len(x) - 1):
        t = x[i + 1] - x[i] * x[i]
        u = 1 - x[i]
        s += 100 * t * t + u * u
    return s


def start(n):
    return numpy.array([1.0 if i % 2 else -1.2 for i in range(n)])


def run(way, n, factr, pgtol):
    x0 = start(n)
    begin = time.perf_counter()
    if way == "hand":
        _, loss, report = fmin_l_bfgs_b(value_and_gradient, x0, factr=factr, pgtol=pgtol, maxfun=10**9, maxiter=10**6)
    else:
        _, loss, report = fmin_l_bfgs_b(loop, x0, approx_grad=True, factr=factr, pgtol=pgtol, maxfun=10**9, maxiter=10**6)
    elapsed = time.perf_counter() - begin
    return f"{1e3 * elapsed!r} {report['funcalls']} {float(loss)!r}"


print(f"SciPy {scipy.__version__}, NumPy {numpy.__version__}, Python {sys.version.split()[0]}", flush=True)
for line in sys.stdin:
    way, n, factr, pgtol = line.split()
    print(run(way, int(n), float(factr), float(pgtol)), flush=True)
