using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>
/// The minimiser of the quadratic model over the variables that are free at the Cauchy point, the others held at their bounds: the direct
/// primal method of Byrd, Lu, Nocedal, Zhu (1995), section 5.1, and the projection of Morales and Nocedal (2011).
/// </summary>
internal static class SubspaceMinimum
{
    /// <summary>The step to the minimiser, in the workspace's direction, and its end in the target.</summary>
    /// <param name="IsFound">False where the system of the free variables is not positive definite.</param>
    /// <param name="Slope">g'd of the step d.</param>
    /// <param name="Longest">The largest a with x + a d within the bounds.</param>
    internal readonly record struct Result(bool IsFound, double Slope, double Longest);

    /// <summary>Continues from the Cauchy point to the minimiser.</summary>
    /// <param name="at">x.</param>
    /// <param name="bounds">The bounds.</param>
    /// <param name="pairs">The pairs, with their products over the variables that are free at the Cauchy point.</param>
    /// <param name="work">What <see cref="CauchyPoint"/> has left.</param>
    internal static Result Find(Point at, Bounds bounds, CurvaturePairs pairs, LbfgsWorkspace work)
    {
        var (k, along) = (pairs.Count, 0.0);
        var moves = k > 0 && work.Free.Count > 0;
        if (moves && !Solve(pairs, work, out along)) return default;

        var (slope, fraction, longest) = Extend(1);
        // the projection P(x^c + d) is no descent from x: as much of d as the bounds leave. Morales, Nocedal (2011), section 2
        if (slope > 0) (slope, _, longest) = Extend(fraction);
        return new(true, slope, longest);

        // the end P(x^c + s d), with d = along g + Y withY + S withS of the free variables
        (double Slope, double Fraction, double Longest) Extend(double s)
        {
            var whole = (Slope: 0.0, Fraction: 1.0, Longest: double.PositiveInfinity);
            for (var start = 0; start < at.X.Count; start += SpanKernel.Block)
            {
                var length = int.Min(SpanKernel.Block, at.X.Count - start);
                var g = at.Gradient.AsSpan().Slice(start, length);
                var d = work.Direction.Slice(start, length);
                if (moves)
                {
                    SpanKernel.Scale(along, g, d);
                    pairs.AddCombination(work.P.AsSpan(0, k), work.P.AsSpan(k, k), start, d);
                    work.Free.Split(d, start, d, []);
                }
                else
                {
                    d.Clear();
                }

                var part = BoxKernel.Extend(
                    at.X.AsSpan().Slice(start, length), g, bounds.Lower.AsSpan().Slice(start, length),
                        bounds.Upper.AsSpan().Slice(start, length),
                    work.Cauchy.AsSpan(start, length), s, d, work.Target.AsSpan(start, length));
                whole = (whole.Slope + part.Slope, double.Min(whole.Fraction, part.Fraction), double.Min(whole.Longest, part.Longest));
            }

            return whole;
        }
    }

    /// <summary>
    /// Solves for d = r / theta + Z'W (I - M W'ZZ'W / theta)^-1 M W'Z r / theta^2 of (5.11), where the middle is the inverse of M^-1 -
    /// W'ZZ'W / theta and r of (5.4) the negative reduced gradient at the Cauchy point, -Z'(g + theta (x^c - x) - W M c). There x^c - x is
    /// -t g: r = (theta t - 1) Z'g + Z'W M c.
    /// </summary>
    /// <param name="pairs">The pairs.</param>
    /// <param name="work">p = W'd with d = -Z'g; afterwards the coefficients of Y and S in the step.</param>
    /// <param name="along">The coefficient of g in the step.</param>
    static bool Solve(CurvaturePairs pairs, LbfgsWorkspace work, out double along)
    {
        var (k, theta, free) = (pairs.Count, pairs.Theta, pairs.Free);
        var share = theta * work.Time - 1;
        along = share / theta;
        if (!SubspaceProducts.Factorise(pairs, work)) return false;

        var mc = work.C.AsSpan(0, 2 * k);
        work.Middle.Solve(mc);
        var withY = mc[..k];
        var withS = mc[k..];
        SpanKernel.Scale(theta, withS, withS); // W M c = Y withY + S withS
        var v = work.P.AsSpan(0, 2 * k);
        for (var i = 0; i < k; i++)
        {
            // W'Z r, of the products over the free variables
            var (y, s) = (SpanKernel.Dot(free.YY.AsSpan(i * k, k), withY),
                SpanKernel.Dot(free.SY.AsSpan(i * k, k), withY) + SpanKernel.Dot(free.SS.AsSpan(i * k, k), withS));
            for (var j = 0; j < k; j++) y += free.SY[j * k + i] * withS[j];
            (v[i], v[k + i]) = (y - share * v[i], theta * s - share * v[k + i]);
        }

        work.Subspace.Solve(v);
        for (var i = 0; i < k; i++) (v[i], v[k + i]) = ((withY[i] + v[i] / theta) / theta, (withS[i] + v[k + i]) / theta);
        return true;
    }
}
