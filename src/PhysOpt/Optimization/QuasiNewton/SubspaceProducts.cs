using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>
/// The system M^-1 - W'ZZ'W / theta of the free variables Z, and M^-1 itself. With A the variables at bounds it is
/// [-(D + Y'ZZ'Y / theta), C'; C, theta S'AA'S], where C is S'AA'Y below its diagonal and -S'ZZ'Y on and above it: nothing is subtracted.
/// </summary>
internal static class SubspaceProducts
{
    /// <summary>How many rows of S and Y are taken at once.</summary>
    internal const int Block = 128;

    /// <summary>Factorises M^-1 = [-D, L'; L, theta S'S], (3.4) of Byrd, Lu, Nocedal, Zhu (1995); false where it is not as definite as it should be.</summary>
    internal static bool FactoriseMiddle(CurvaturePairs pairs, Workspace work)
    {
        var (k, theta, system) = (pairs.Count, pairs.Theta, work.Middle);
        var a = system.A;
        var c = system.C;
        var g = system.G;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < k; j++)
            {
                a[i * k + j] = i == j ? pairs.SY(i, i) : 0;
                c[i * k + j] = i > j ? pairs.SY(i, j) : 0;
                g[i * k + j] = theta * pairs.SS(i, j);
            }
        }

        return system.Factorise(k);
    }

    /// <summary>Factorises the system of the free variables.</summary>
    internal static bool Factorise(CurvaturePairs pairs, ReadOnlySpan<double> free, int freeCount, Workspace work)
    {
        var (k, theta, system) = (pairs.Count, pairs.Theta, work.Subspace);
        var a = system.A[..(k * k)];
        var c = system.C[..(k * k)];
        var g = system.G[..(k * k)];
        if (freeCount == free.Length)
        {
            for (var i = 0; i < k; i++)
            {
                for (var j = 0; j < k; j++)
                {
                    a[i * k + j] = pairs.YY(i, j);
                    c[i * k + j] = i > j ? 0 : -pairs.SY(i, j);
                    g[i * k + j] = 0;
                }
            }
        }
        else
        {
            a.Clear();
            c.Clear();
            g.Clear();
            for (var start = 0; start < free.Length; start += Block) AddRows(pairs, free.Slice(start, int.Min(Block, free.Length - start)), start, work.Columns, a, c, g);
        }

        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j <= i; j++) (a[i * k + j], g[i * k + j]) = (a[i * k + j] / theta, g[i * k + j] * theta);
            a[i * k + i] += pairs.SY(i, i);
        }

        return system.Factorise(k);
    }

    /// <summary>Adds the share of some rows to Y'ZZ'Y, C and S'AA'S.</summary>
    static void AddRows(CurvaturePairs pairs, ReadOnlySpan<double> free, int start, double[] columns, Span<double> a, Span<double> c, Span<double> g)
    {
        var (k, length) = (pairs.Count, free.Length);
        for (var i = 0; i < k; i++)
        {
            var s = pairs.S(i).Slice(start, length);
            var y = pairs.Y(i).Slice(start, length);
            var freeY = columns.AsSpan(2 * i * Block, length);
            var boundS = columns.AsSpan((2 * i + 1) * Block, length);
            for (var row = 0; row < length; row++) (freeY[row], boundS[row]) = (free[row] * y[row], s[row] - free[row] * s[row]);
        }

        for (var i = 0; i < k; i++)
        {
            var s = pairs.S(i).Slice(start, length);
            var y = pairs.Y(i).Slice(start, length);
            for (var j = 0; j < k; j++)
            {
                var freeY = columns.AsSpan(2 * j * Block, length);
                var boundS = columns.AsSpan((2 * j + 1) * Block, length);
                if (j <= i)
                {
                    a[i * k + j] += SpanKernel.Dot(y, freeY);
                    g[i * k + j] += SpanKernel.Dot(s, boundS);
                }

                if (j >= i) c[i * k + j] -= SpanKernel.Dot(s, freeY); // s_i'y_j over the free, i <= j
                else c[i * k + j] += SpanKernel.Dot(columns.AsSpan((2 * i + 1) * Block, length), pairs.Y(j).Slice(start, length)); // over the bound, i > j
            }
        }
    }
}
