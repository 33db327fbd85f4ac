namespace PhysOpt.LinearAlgebra;

/// <summary>
/// The symmetric system [-A C'; C G] (u; v) = (a; b) with k + k unknowns, A and G + C A^-1 C' positive definite: eliminating u leaves
/// (G + C A^-1 C') v = b + C A^-1 a and A u = C'v - a, two Cholesky factorisations. In place, in memory that is used again and again.
/// </summary>
/// <param name="capacity">The largest k.</param>
internal sealed class SaddleSystem(int capacity)
{
    readonly double[] a = new double[capacity * capacity], c = new double[capacity * capacity], g = new double[capacity * capacity];
    readonly double[] solved = new double[capacity * capacity], part = new double[capacity];
    int size;

    /// <summary>The lower triangle of A, row by row; overwritten by <see cref="Factorise"/>.</summary>
    internal Span<double> A => a;

    /// <summary>C, row by row.</summary>
    internal Span<double> C => c;

    /// <summary>The lower triangle of G, row by row; overwritten by <see cref="Factorise"/>.</summary>
    internal Span<double> G => g;

    /// <summary>
    /// Factorises what was written into A, C and G with rows of <paramref name="k"/> numbers; false where a pivot is not positive.
    /// </summary>
    internal bool Factorise(int k)
    {
        size = k;
        if (!Cholesky.Factorise(a, k)) return false;

        // with A = J J': row i of C J'^-1 is J^-1 c_i, and C A^-1 C' the products of these rows
        for (var i = 0; i < k; i++)
        {
            var row = solved.AsSpan(i * k, k);
            c.AsSpan(i * k, k).CopyTo(row);
            Cholesky.SolveLower(a, k, row);
            for (var j = 0; j <= i; j++) g[i * k + j] += SpanKernel.Dot(row, solved.AsSpan(j * k, k));
        }

        return Cholesky.Factorise(g, k);
    }

    /// <summary>Replaces the right-hand side (a; b) by the solution (u; v).</summary>
    internal void Solve(Span<double> right)
    {
        var k = size;
        var work = part.AsSpan(0, size);
        var u = right[..k];
        var v = right[k..(2 * k)];
        u.CopyTo(work);
        Cholesky.SolveLower(a, k, work);
        for (var i = 0; i < k; i++) v[i] += SpanKernel.Dot(solved.AsSpan(i * k, k), work); // b + C A^-1 a
        Cholesky.SolveLower(g, k, v);
        Cholesky.SolveUpper(g, k, v);
        for (var j = 0; j < k; j++)
        {
            var sum = -u[j];
            for (var i = 0; i < k; i++) sum += c[i * k + j] * v[i];
            u[j] = sum;
        }

        Cholesky.SolveLower(a, k, u);
        Cholesky.SolveUpper(a, k, u);
    }
}
