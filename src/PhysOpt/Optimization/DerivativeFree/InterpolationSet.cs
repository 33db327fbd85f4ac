using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.DerivativeFree;

/// <summary>
/// The m = 2n + 1 points that a quadratic model interpolates, and the inverse H of the matrix of their conditions, which gives the Lagrange
/// functions: H = ((Omega, Xi'), (Xi, Upsilon)) with Omega = Z Z', m by n.
/// </summary>
/// <remarks>
/// W = ((A, X'), (X, 0)), A_ij = ((x_i - x_0)'(x_j - x_0))^2 / 2, with the row of ones that H needs no column of. Replacing a point costs
/// O(m^2). Powell (2004), "Least Frobenius norm updating of quadratic models that satisfy interpolation conditions";
/// Powell (2006), "The NEWUOA software for unconstrained optimization without derivatives".
/// </remarks>
internal sealed class InterpolationSet
{
    readonly double[] points, omega, gradients, weights, column, sums;

    /// <param name="n">The number of variables.</param>
    internal InterpolationSet(int n)
    {
        (Dimension, Count) = (n, 2 * n + 1);
        (points, Values) = (new double[Count * n], new double[Count]);
        (omega, gradients) = (new double[n * Count], new double[(Count + n) * n]);
        (weights, Lagrange, column) = (new double[Count + n], new double[Count + n], new double[Count + n]);
        (sums, Origin, Optimum) = (new double[n], new double[n], new double[n]);
    }

    /// <summary>n.</summary>
    internal int Dimension { get; }

    /// <summary>m.</summary>
    internal int Count { get; }

    /// <summary>x_0, which all points are relative to; n components.</summary>
    internal double[] Origin { get; }

    /// <summary>The values at the points, m numbers.</summary>
    internal double[] Values { get; }

    /// <summary>The number of the point with the least value.</summary>
    internal int Best { get; private set; }

    /// <summary>x_opt, that point relative to the origin; n components.</summary>
    internal double[] Optimum { get; }

    /// <summary>After <see cref="Weigh"/>: the Lagrange functions at the new point, m numbers, then n more of H w.</summary>
    internal double[] Lagrange { get; }

    /// <summary>After <see cref="Weigh"/>: beta, |x - x_0|^4 / 2 - w'H w.</summary>
    internal double Beta { get; private set; }

    /// <summary>Point k, relative to the origin.</summary>
    internal Span<double> Point(int k) => points.AsSpan(k * Dimension, Dimension);

    /// <summary>The gradient of Lagrange function k at the origin; for k from m on, row k - m of Upsilon.</summary>
    internal Span<double> GradientAtOrigin(int k) => gradients.AsSpan(k * Dimension, Dimension);

    /// <summary>Takes point k for x_opt.</summary>
    internal void Prefer(int k)
    {
        Best = k;
        Point(k).CopyTo(Optimum);
    }

    Span<double> Factor(int j) => omega.AsSpan(j * Count, Count);

    /// <summary>Omega_kk, alpha of point k.</summary>
    internal double Alpha(int k)
    {
        var sum = 0.0;
        for (var j = 0; j < Dimension; j++) sum += omega[j * Count + k] * omega[j * Count + k];
        return sum;
    }

    /// <summary>to += s Omega e_k, m numbers.</summary>
    internal void AddColumn(int k, double s, Span<double> to)
    {
        for (var j = 0; j < Dimension; j++)
        {
            if (omega[j * Count + k] is not 0 and var factor) SpanKernel.Add(s * factor, Factor(j), 0, Factor(j), to);
        }
    }

    /// <summary>to = Omega v, m numbers.</summary>
    internal void Multiply(ReadOnlySpan<double> v, Span<double> to)
    {
        to.Clear();
        for (var j = 0; j < Dimension; j++) SpanKernel.Add(SpanKernel.Dot(Factor(j), v), Factor(j), 0, Factor(j), to);
    }

    /// <summary>
    /// The points x_0, x_0 + a_i e_i, x_0 + b_i e_i and their H, in closed form: on each axis the Lagrange functions are those of a
    /// parabola. Point 0 is x_0, point 1 + i has a_i, point 1 + n + i has b_i.
    /// </summary>
    internal void Reset(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Array.Clear(points);
        Array.Clear(omega);
        Array.Clear(gradients);
        for (var i = 0; i < Dimension; i++)
        {
            var (first, second) = (1 + i, 1 + Dimension + i);
            (Point(first)[i], Point(second)[i]) = (a[i], b[i]);
            var (ofA, ofB) = (1 / (a[i] * (a[i] - b[i])), 1 / (b[i] * (b[i] - a[i]))); // the leading coefficients
            (GradientAtOrigin(first)[i], GradientAtOrigin(second)[i]) = (-b[i] * ofA, -a[i] * ofB);
            GradientAtOrigin(0)[i] = b[i] * ofA + a[i] * ofB;
            var factor = Factor(i);
            (factor[0], factor[first], factor[second]) =
                (double.Sqrt(2) / (a[i] * b[i]), double.Sqrt(2) * ofA, double.Sqrt(2) * ofB);
        }
    }

    /// <summary>The Lagrange functions and beta at x_opt + d: H w less its known part.
    /// </summary>
    internal void Weigh(ReadOnlySpan<double> d)
    {
        var best = Optimum;
        for (var k = 0; k < Count; k++)
        {
            var along = SpanKernel.Dot(Point(k), d);
            weights[k] = along * (along / 2 + SpanKernel.Dot(Point(k), best));
            Lagrange[k] = SpanKernel.Dot(GradientAtOrigin(k), d);
        }

        var quadratic = 0.0;
        var w = weights.AsSpan(0, Count);
        for (var j = 0; j < Dimension; j++)
        {
            var sum = SpanKernel.Dot(Factor(j), w);
            quadratic += sum * sum;
            SpanKernel.Add(sum, Factor(j), 0, Factor(j), Lagrange.AsSpan(0, Count));
        }

        var rest = Lagrange.AsSpan(Count);
        rest.Clear();
        for (var k = 0; k < Count; k++) SpanKernel.Add(weights[k], GradientAtOrigin(k), 0, GradientAtOrigin(k), rest);
        quadratic += SpanKernel.Dot(rest, d);
        for (var i = 0; i < Dimension; i++) SpanKernel.Add(d[i], GradientAtOrigin(Count + i), 0, d, rest);
        quadratic += SpanKernel.Dot(rest, d);
        var (across, square, distance) = (SpanKernel.Dot(d, best), SpanKernel.Dot(d, d), SpanKernel.Dot(best, best));
        Beta = across * across + square * (distance + 2 * across + square / 2) - quadratic;
        Lagrange[Best] += 1;
    }

    /// <summary>sigma = alpha beta + tau^2 for point k in place of which the new one would come.</summary>
    internal double Denominator(int k) => Beta * Alpha(k) + Lagrange[k] * Lagrange[k];

    /// <summary>Moves point t to x_opt + d, which <see cref="Weigh"/> has seen: the update of H. Powell (2004).</summary>
    internal void Replace(int t, ReadOnlySpan<double> d)
    {
        // rotations of the columns of Z leave one entry in row t
        var first = Factor(0);
        for (var j = 1; j < Dimension; j++)
        {
            var other = Factor(j);
            if (other[t] == 0) continue;
            var length = double.Hypot(first[t], other[t]);
            SpanKernel.Rotate(first[t] / length, other[t] / length, first, other);
            other[t] = 0;
        }

        var (alpha, tau) = (first[t] * first[t], Lagrange[t]);
        var g = column.AsSpan();
        SpanKernel.Scale(first[t], first, g[..Count]);
        GradientAtOrigin(t).CopyTo(g[Count..]);
        var sigma = alpha * Beta + tau * tau;
        Lagrange[t] -= 1; // H w - e_t
        var root = double.Sqrt(sigma);
        SpanKernel.Combine(tau / root, first, -first[t] / root, Lagrange.AsSpan(0, Count), first);
        var ofLagrange = sums.AsSpan();
        var ofColumn = weights.AsSpan(0, Dimension);
        SpanKernel.Combine(alpha / sigma, Lagrange.AsSpan(Count), -tau / sigma, g[Count..], ofLagrange);
        SpanKernel.Combine(-Beta / sigma, g[Count..], -tau / sigma, Lagrange.AsSpan(Count), ofColumn);
        for (var k = 0; k < Count + Dimension; k++)
            SpanKernel.Add(Lagrange[k], ofLagrange, g[k], ofColumn, GradientAtOrigin(k));
        Lagrange[t] += 1;
        SpanKernel.Combine(1, Optimum, 1, d, Point(t));
    }

    /// <summary>Takes x_opt for the origin. O(n^3), for when steps have become short beside it. Powell (2006).</summary>
    internal void Recentre()
    {
        var (n, shift) = (Dimension, (double[])Optimum.Clone());
        var quarter = SpanKernel.Dot(shift, shift) / 4;
        var q = new double[Count * n]; // rows (s'y) y + |s|^2 s / 4 with y = x_k - s / 2
        for (var k = 0; k < Count; k++)
        {
            var row = q.AsSpan(k * n, n);
            SpanKernel.Combine(1, Point(k), -0.5, shift, row);
            SpanKernel.Combine(SpanKernel.Dot(shift, row), row, quarter, shift, row);
        }

        // Upsilon + Q Xi' + Xi Q' + Q Omega Q' and Xi + Q Omega
        for (var k = 0; k < Count; k++)
        {
            for (var i = 0; i < n; i++)
            {
                SpanKernel.Add(q[k * n + i], GradientAtOrigin(k), GradientAtOrigin(k)[i], q.AsSpan(k * n, n), GradientAtOrigin(Count + i));
            }
        }

        var product = new double[n];
        for (var j = 0; j < n; j++)
        {
            var factor = Factor(j);
            Array.Clear(product);
            for (var k = 0; k < Count; k++) SpanKernel.Add(factor[k], q.AsSpan(k * n, n), 0, shift, product);
            for (var k = 0; k < Count; k++) SpanKernel.Add(factor[k], product, 0, shift, GradientAtOrigin(k));
            for (var i = 0; i < n; i++) SpanKernel.Add(product[i], product, 0, shift, GradientAtOrigin(Count + i));
        }

        for (var k = 0; k < Count; k++) SpanKernel.Combine(1, Point(k), -1, shift, Point(k));
        Point(Best).Clear();
        Array.Clear(Optimum);
        SpanKernel.Combine(1, Origin, 1, shift, Origin);
    }
}
