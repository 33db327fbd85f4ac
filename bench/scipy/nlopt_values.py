"""NLopt by values of another process: a line of numbers out for each point, a number back.

Usage: nlopt_values.py algorithm most_evaluations stop_value x0 x1 ...; the last line is "end" and how it ended. The
first steps are NLopt's own, the end is at a relative change of x of 1e-10 if not before.
"""
import sys

import nlopt
import numpy as np

algorithm, most, stop = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
start = np.array([float(text) for text in sys.argv[4:]])


def function(x, gradient):
    print(*(float(value).hex() for value in x), flush=True)
    return float(sys.stdin.readline())


search = nlopt.opt(getattr(nlopt, algorithm), start.size)
search.set_min_objective(function)
search.set_stopval(stop)
search.set_maxeval(most)
search.set_xtol_rel(1e-10)
try:
    search.optimize(start)
    print("end", search.last_optimize_result())
except Exception as exception:  # rounding errors end a run of NLopt by an exception
    print("end", type(exception).__name__)
