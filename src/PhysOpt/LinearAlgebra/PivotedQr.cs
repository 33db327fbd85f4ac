namespace PhysOpt.LinearAlgebra;

/// <summary>
/// The decomposition A P = Q R of an m by n matrix, with k = min(m, n), an orthogonal Q, an upper trapezoidal R whose diagonal falls, and
/// a permutation P: it shows the rank. O(m n k) by reflections of whole columns.
/// </summary>
/// <remarks>
/// <para>Householder's reflections with the longest remaining column first: Businger and Golub (1965), "Linear least squares solutions by
/// Householder transformations"; Golub and Van Loan (2013), algorithm 5.4.1. Lengths of what remains of columns are taken down from step
/// to step, and computed anew where that cancels: Drmac and Bujanovic (2008), "On the failure of rank-revealing QR factorization software".
/// </para>
/// <para>A reflection is I - t v v' with v of the order of 1 whatever the size of the column, so that no square overflows or vanishes.
/// </para>
/// </remarks>
internal sealed class PivotedQr
{
    static readonly double cancelled = double.Sqrt(Precision.MachineEpsilon);

    readonly double[] columns; // of R above the diagonal; v, scaled, on it and below
    readonly double[] diagonal, factors; // of R, k numbers; t of each reflection
    readonly int[] pivots;
    PivotedQr? acrossRange; // of the transpose of the first rows of R, where the rank is below n

    PivotedQr(int rows, int columns, double[] entries, bool pivots)
    {
        (RowCount, ColumnCount, this.columns) = (rows, columns, entries);
        var k = int.Min(rows, columns);
        (diagonal, factors, this.pivots) = (new double[k], new double[k], [.. Enumerable.Range(0, columns)]);
        Factorise(pivots);
        Rank = k;
        for (var i = k - 1; i >= 0 && double.Abs(diagonal[i]) <= Negligible; i--) Rank = i;
    }

    /// <summary>The decomposition of a matrix whose columns are divided by the given scales, if any.</summary>
    internal static PivotedQr Of(Matrix a, Vector? scale = null)
    {
        var entries = (double[])a.ByColumns.Clone();
        for (var j = 0; scale is not null && j < a.ColumnCount; j++)
        {
            var column = entries.AsSpan(j * a.RowCount, a.RowCount);
            foreach (ref var entry in column) entry /= scale[j]; // 1/scale may overflow
        }

        return new(a.RowCount, a.ColumnCount, entries, pivots: true);
    }

    /// <summary>m.</summary>
    internal int RowCount { get; }

    /// <summary>n.</summary>
    internal int ColumnCount { get; }

    /// <summary>The number of diagonal entries of R that are not negligible: up to max(m, n) eps times the first.</summary>
    internal int Rank { get; }

    double Negligible => diagonal.Length == 0 ? 0
        : int.Max(RowCount, ColumnCount) * Precision.MachineEpsilon * double.Abs(diagonal[0]);

    /// <summary>Entry i, j of R.</summary>
    internal double R(int i, int j) => i > j || i >= diagonal.Length ? 0 : i == j ? diagonal[i] : columns[j * RowCount + i];

    /// <summary>The column of A that is column j of A P.</summary>
    internal int Pivot(int j) => pivots[j];

    /// <summary>Replaces b, m numbers, by Q'b.</summary>
    internal void MultiplyByTransposedQ(Span<double> b)
    {
        for (var k = 0; k < diagonal.Length; k++) Reflect(k, b[k..]);
    }

    /// <summary>Replaces b, m numbers, by Q b.</summary>
    internal void MultiplyByQ(Span<double> b)
    {
        for (var k = diagonal.Length - 1; k >= 0; k--) Reflect(k, b[k..]);
    }

    /// <summary>The x that minimises |A x - b|, the shortest where there are many.</summary>
    /// <param name="b">b, m numbers; Q'b afterwards.</param>
    internal Vector Solve(Span<double> b)
    {
        MultiplyByTransposedQ(b);
        return SolveRotated(b);
    }

    /// <summary>The same, for c = Q'b, of which the first k numbers are wanted.</summary>
    internal Vector SolveRotated(ReadOnlySpan<double> c)
    {
        var y = new double[ColumnCount];
        c[..Rank].CopyTo(y);
        if (Rank == ColumnCount)
        {
            SolveUpper(y);
        }
        else if (Rank > 0)
        {
            // [R11 R12] = L Z' with a lower triangular L, so that y = Z L^-1 c: Golub and Van Loan (2013), section 5.4.7
            acrossRange ??= AcrossRange();
            acrossRange.SolveTransposedUpper(y.AsSpan(0, Rank));
            acrossRange.MultiplyByQ(y);
        }

        return Unpermuted(y);
    }

    /// <summary>P y.</summary>
    internal Vector Unpermuted(ReadOnlySpan<double> y)
    {
        var x = new double[ColumnCount];
        for (var j = 0; j < x.Length; j++) x[pivots[j]] = y[j];
        return Vector.Wrap(x);
    }

    /// <summary>Replaces b, n numbers, by R'^-1 b, for R with n rows.</summary>
    internal void SolveTransposedUpper(Span<double> b)
    {
        for (var j = 0; j < b.Length; j++) b[j] = (b[j] - SpanKernel.Dot(columns.AsSpan(j * RowCount, j), b[..j])) / diagonal[j];
    }

    void SolveUpper(Span<double> b)
    {
        for (var j = b.Length - 1; j >= 0; j--)
        {
            b[j] /= diagonal[j];
            var above = b[..j];
            SpanKernel.Combine(1, above, -b[j], columns.AsSpan(j * RowCount, j), above);
        }
    }

    PivotedQr AcrossRange()
    {
        var transposed = new double[ColumnCount * Rank];
        for (var i = 0; i < Rank; i++)
        {
            for (var j = i; j < ColumnCount; j++) transposed[i * ColumnCount + j] = R(i, j);
        }

        return new(ColumnCount, Rank, transposed, pivots: false);
    }

    Span<double> Rest(int j, int from) => columns.AsSpan(j * RowCount + from, RowCount - from);

    void Factorise(bool pivots)
    {
        var lengths = new double[ColumnCount]; // of what remains of each column
        for (var j = 0; pivots && j < lengths.Length; j++) lengths[j] = SpanKernel.Norm(Rest(j, 0));
        var exact = (double[])lengths.Clone(); // when they were last computed
        for (var k = 0; k < diagonal.Length; k++)
        {
            if (pivots) BringLongestTo(k, lengths, exact);
            var own = Rest(k, k);
            (diagonal[k], factors[k]) = Householder.Of(own);
            for (var j = k + 1; j < ColumnCount; j++)
            {
                var other = Rest(j, k);
                Householder.Reflect(own, factors[k], other);
                if (pivots) lengths[j] = Shortened(j, k, other[0], lengths[j], exact);
            }
        }
    }

    double Shortened(int j, int k, double taken, double length, double[] exact)
    {
        if (length == 0) return 0;
        var part = double.Abs(taken) / length;
        var rest = double.Max(0, (1 - part) * (1 + part));
        if (rest * (length / exact[j]) * (length / exact[j]) > cancelled) return length * double.Sqrt(rest);
        return exact[j] = SpanKernel.Norm(Rest(j, k + 1));
    }

    void BringLongestTo(int k, double[] lengths, double[] exact)
    {
        var longest = k;
        for (var j = k + 1; j < lengths.Length; j++)
        {
            if (lengths[j] > lengths[longest]) longest = j;
        }

        if (longest == k) return;
        for (var i = 0; i < RowCount; i++)
            (columns[k * RowCount + i], columns[longest * RowCount + i]) = (columns[longest * RowCount + i], columns[k * RowCount + i]);
        (lengths[longest], exact[longest]) = (lengths[k], exact[k]);
        (pivots[k], pivots[longest]) = (pivots[longest], pivots[k]);
    }

    void Reflect(int k, Span<double> b) => Householder.Reflect(Rest(k, k), factors[k], b);
}
