namespace PhysOpt.LinearAlgebra;

/// <summary>The thin singular value decomposition J = U S V' of an m by n matrix, with k = min(m, n).</summary>
/// <remarks>
/// <para>By one-sided rotations of the columns of R', where J P = Q R has its columns exchanged: the rotations make them orthogonal, and
/// their lengths are the singular values. Hestenes (1958); Drmac and Veselic (2008), "New fast and accurate Jacobi SVD algorithm. I". The
/// pivoting has done most of the work before, so that a few sweeps are enough, each of k^2/2 rotations of whole columns. Small singular
/// values are as exact as the columns of J determine them.</para>
/// </remarks>
/// <param name="Left">U, m by k; its columns are orthonormal, but for those of singular values of 0 where m is below n: 0.</param>
/// <param name="Values">The diagonal of S, k singular values from the largest down.</param>
/// <param name="Right">V, n by k; its columns are orthonormal, but for those of singular values of 0 where m is not below n.</param>
internal sealed record SingularValues(Matrix Left, Vector Values, Matrix Right)
{
    const int MostSweeps = 60; // it takes some five

    /// <summary>The decomposition of a finite matrix.</summary>
    internal static SingularValues Of(Matrix j)
    {
        if (j.RowCount >= j.ColumnCount) return OfTall(j);
        var (left, values, right) = OfTall(j.Transpose());
        return new(right, values, left);
    }

    /// <summary>Singular values up to max(m, n) eps times the largest are zero but for rounding.</summary>
    internal double Negligible => int.Max(Left.RowCount, Right.RowCount) * Precision.MachineEpsilon * Values.InfinityNorm;

    /// <summary>The number of singular values that are not negligible.</summary>
    internal int Rank => Values.Count(value => value > Negligible);

    /// <summary>U'r, k components.</summary>
    internal Vector LeftTimes(Vector r) => Left.TransposeMultiply(r);

    /// <summary>With R' W = X and orthogonal columns of X, J = (Q W) S (P X S^-1)'.</summary>
    static SingularValues OfTall(Matrix j)
    {
        var (m, n) = (j.RowCount, j.ColumnCount);
        var qr = PivotedQr.Of(j);
        var exponent = n > 0 && qr.R(0, 0) != 0 ? double.ILogB(qr.R(0, 0)) : 0; // squares neither overflow nor vanish
        var (x, w) = (new double[n * n], new double[n * n]);
        for (var i = 0; i < n; i++)
        {
            w[i * n + i] = 1;
            for (var k = i; k < n; k++) x[i * n + k] = double.ScaleB(qr.R(i, k), -exponent);
        }

        MakeOrthogonal(x, w, n);
        double[] lengths = [.. Enumerable.Range(0, n).Select(i => SpanKernel.Norm(x.AsSpan(i * n, n)))];
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => lengths[i])];
        var (left, right) = (new double[m * n], new double[n * n]);
        for (var to = 0; to < n; to++)
        {
            var from = order[to] * n;
            var column = left.AsSpan(to * m, m);
            w.AsSpan(from, n).CopyTo(column);
            qr.MultiplyByQ(column);
            if (lengths[order[to]] is not (> 0 and var length)) continue;
            for (var i = 0; i < n; i++) right[to * n + qr.Pivot(i)] = x[from + i] / length;
        }

        return new(
            Matrix.Wrap(m, n, left), Vector.Wrap([.. order.Select(i => double.ScaleB(lengths[i], exponent))]), Matrix.Wrap(n, n, right));
    }

    /// <summary>Rotates the columns of X, n numbers each, and those of W with them, until those of X are orthogonal.</summary>
    static void MakeOrthogonal(double[] x, double[] w, int n)
    {
        var squares = new double[n];
        var nothing = n * Precision.MachineEpsilon; // cosines of the angles between columns
        for (var (sweep, isDone) = (0, false); sweep < MostSweeps && !isDone; sweep++)
        {
            isDone = true;
            for (var i = 0; i < n; i++) squares[i] = SpanKernel.Dot(x.AsSpan(i * n, n), x.AsSpan(i * n, n));
            for (var p = 0; p < n - 1; p++)
            {
                for (var q = p + 1; q < n; q++)
                {
                    var one = x.AsSpan(p * n, n);
                    var other = x.AsSpan(q * n, n);
                    var product = SpanKernel.Dot(one, other);
                    if (!(double.Abs(product) > nothing * double.Sqrt(squares[p]) * double.Sqrt(squares[q]))) continue;
                    isDone = false;
                    var (tangent, cosine) = JacobiRotations.Angle(squares[p], squares[q], product);
                    SpanKernel.Rotate(cosine, -cosine * tangent, one, other);
                    SpanKernel.Rotate(cosine, -cosine * tangent, w.AsSpan(p * n, n), w.AsSpan(q * n, n));
                    (squares[p], squares[q]) = (double.Max(0, squares[p] - tangent * product), squares[q] + tangent * product);
                }
            }
        }
    }
}
