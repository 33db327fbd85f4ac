"""Medians in ms of NumPy's and SciPy's decompositions of a random m by n matrix, by whatever BLAS they have.

Usage: decompositions.py m n repeats. Prints: QR with column pivoting (scipy.linalg.qr, R and Q), QR (numpy.linalg.qr),
singular values and vectors (numpy.linalg.svd), eigenvalues and vectors of the symmetric part of a square one (0
otherwise); to the error stream, the files of BLAS and LAPACK that are loaded.
"""
import sys
import time

import numpy as np
import scipy.linalg

m, n, repeats = (int(text) for text in sys.argv[1:4])
i, j = np.meshgrid(np.arange(m), np.arange(n), indexing="ij")
a = 43758.5453 * np.sin(12.9898 * i + 78.233 * j)  # as good as random
a = a - np.floor(a) - 0.5


def median(function):
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        function()
        times.append(time.perf_counter() - start)
    return 1e3 * sorted(times)[len(times) // 2]


pivoted = median(lambda: scipy.linalg.qr(a, mode="economic", pivoting=True))
plain = median(lambda: np.linalg.qr(a))
svd = median(lambda: np.linalg.svd(a, full_matrices=False))
eigen = median(lambda: np.linalg.eigh(a + a.T)) if m == n else 0.0
print(pivoted, plain, svd, eigen)
with open("/proc/self/maps") as maps:
    print(sorted({line.split("/")[-1].strip() for line in maps if "blas" in line or "lapack" in line}), file=sys.stderr)
