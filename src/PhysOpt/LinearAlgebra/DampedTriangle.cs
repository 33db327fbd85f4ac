namespace PhysOpt.LinearAlgebra;

/// <summary>
/// The z that minimises |R z + c|^2 + lambda |z|^2 for an upper triangular R, n by n: O(n^3) for each lambda, by whole rows.
/// </summary>
/// <remarks>
/// Rotations take [R; sqrt(lambda) I] to an upper triangle, which keeps the condition of R where R'R + lambda I would square it, and its
/// digits where the rows of R are next to nothing beside sqrt(lambda), which reflections would lose. More (1978), section 3.
/// </remarks>
internal sealed class DampedTriangle
{
    readonly int n;
    readonly PivotedQr qr;
    readonly double[] c, upper, right, row;

    /// <param name="qr">R; rows beyond its last are 0.</param>
    /// <param name="c">c, n numbers.</param>
    internal DampedTriangle(PivotedQr qr, double[] c)
    {
        (n, this.qr, this.c) = (qr.ColumnCount, qr, c);
        (upper, right, row) = (new double[n * n], new double[n], new double[n]);
    }

    /// <summary>Decomposes [R; sqrt(lambda) I], for lambda above 0.</summary>
    internal void Factorise(double lambda)
    {
        for (var i = 0; i < n; i++)
        {
            for (var j = i; j < n; j++) upper[i * n + j] = qr.R(i, j);
        }

        c.CopyTo(right, 0);
        var damping = double.Sqrt(lambda);
        for (var j = 0; j < n; j++)
        {
            // the row of the identity is rotated with one row of R after the other, until nothing of it is left
            Array.Clear(row, j, n - j);
            row[j] = damping;
            var rest = 0.0;
            for (var k = j; k < n; k++)
            {
                if (row[k] == 0) continue;
                var (cosine, sine) = Givens.Rotation(upper[k * n + k], row[k]);
                SpanKernel.Rotate(cosine, sine, upper.AsSpan(k * n + k, n - k), row.AsSpan(k));
                (right[k], rest) = (cosine * right[k] + sine * rest, cosine * rest - sine * right[k]);
            }
        }
    }

    /// <summary>z, after <see cref="Factorise"/>.</summary>
    internal double[] Solve()
    {
        var z = new double[n];
        for (var k = n - 1; k >= 0; k--)
            z[k] = -(right[k] + SpanKernel.Dot(upper.AsSpan(k * n + k + 1, n - k - 1), z.AsSpan(k + 1))) / upper[k * n + k];
        return z;
    }

    /// <summary>|R_l'^-1 z|, with R_l'R_l = R'R + lambda I, after <see cref="Factorise"/>.</summary>
    internal double LengthOfTransposedSolution(ReadOnlySpan<double> z)
    {
        var w = z.ToArray();
        for (var k = 0; k < n; k++)
        {
            w[k] /= upper[k * n + k];
            var after = w.AsSpan(k + 1);
            SpanKernel.Combine(1, after, -w[k], upper.AsSpan(k * n + k + 1, n - k - 1), after);
        }

        return SpanKernel.Norm(w);
    }
}
