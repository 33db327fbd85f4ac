"""What an iteration of SciPy's L-BFGS-B costs on a separable function, without the function's own time.

Usage: lbfgs_cost.py n memory iterations warm low high; "none" for no bound. Prints two medians over the iterations after
the first `warm` ones, in ms: all of SciPy between two evaluations, and the compiled routine setulb alone.
"""
import sys
import time
import types

import numpy as np
from scipy.optimize import _lbfgsb_py as lbfgsb

n, memory, iterations, warm = (int(text) for text in sys.argv[1:5])
low, high = (None if text == "none" else float(text) for text in sys.argv[5:7])

i = np.arange(n)
centre = np.sin(i)
weight = 1000.0 ** ((i * 7919 % n) / n)
in_function, in_routine, marks = [0.0], [0.0], []


def function(x):
    """sum w (z^2 / 2 + z^4 / 4) with z = x - c."""
    start = time.perf_counter()
    z = x - centre
    square = z * z
    value = np.dot(weight, 0.5 * square + 0.25 * square * square)
    gradient = weight * (z + z * square)
    in_function[0] += time.perf_counter() - start
    return value, gradient


def timed(*arguments):
    start = time.perf_counter()
    result = setulb(*arguments)
    in_routine[0] += time.perf_counter() - start
    return result


def mark(_):
    marks.append((time.perf_counter() - in_function[0], in_routine[0]))


setulb = lbfgsb._lbfgsb.setulb
lbfgsb._lbfgsb = types.SimpleNamespace(setulb=timed, types=lbfgsb._lbfgsb.types)
bounds = None if low is None and high is None else [(low, high)] * n
lbfgsb.fmin_l_bfgs_b(function, np.full(n, 0.3), bounds=bounds, m=memory, factr=0, pgtol=0, maxiter=iterations, maxfun=10 * iterations, callback=mark)
medians = np.median(np.diff(np.array(marks), axis=0)[warm:], axis=0) * 1e3
print(f"{medians[0]:.3f} {medians[1]:.3f} {len(marks)}")
