using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>
/// The minimiser of the quadratic model over the variables that are free at the Cauchy point, the others held at their bounds: the direct
/// primal method of Byrd, Lu, Nocedal, Zhu (1995), section 5.1, and the projection of Morales and Nocedal (2011).
/// </summary>
internal static class SubspaceMinimum
{
    /// <summary>Moves the workspace's target from the Cauchy point on to the minimiser; false where the system is not positive definite.</summary>
    internal static bool Find(Point at, Bounds bounds, CurvaturePairs pairs, Workspace work)
    {
        var (k, theta) = (pairs.Count, pairs.Theta);
        var x = at.X.AsSpan();
        var g = at.Gradient.AsSpan();
        var lower = bounds.Lower.AsSpan();
        var upper = bounds.Upper.AsSpan();
        var cauchy = work.Target.AsSpan();
        var free = work.Free.AsSpan();
        var d = work.Direction;
        var freeCount = 0;
        for (var i = 0; i < x.Length; i++)
        {
            var inside = lower[i] < cauchy[i] && cauchy[i] < upper[i];
            free[i] = inside ? 1 : 0;
            if (inside) freeCount++;
        }

        if (freeCount == 0 || k == 0) return true;
        if (!SubspaceProducts.Factorise(pairs, free, freeCount, work)) return false;

        // (5.4): the negative reduced gradient at the Cauchy point, r = -Z'(g + theta (x^c - x) - W M c), and with it W'Z r
        var mc = work.MC.AsSpan(0, 2 * k);
        var v = work.P.AsSpan(0, 2 * k);
        work.C.AsSpan(0, 2 * k).CopyTo(mc);
        work.Middle.Solve(mc);
        SpanKernel.Scale(theta, mc[k..], mc[k..]); // W mc = Y mc_1 + S (theta mc_2)
        v.Clear();
        for (var start = 0; start < x.Length; start += SpanKernel.Block)
        {
            var r = d.Slice(start, int.Min(SpanKernel.Block, x.Length - start));
            for (var i = 0; i < r.Length; i++) r[i] = -g[start + i] - theta * (cauchy[start + i] - x[start + i]);
            pairs.AddCombination(mc[..k], mc[k..], start, r);
            for (var i = 0; i < r.Length; i++) r[i] *= free[start + i];
            pairs.AddTimes(r, start, v[..k], v[k..]);
        }

        // (5.11): d = r / theta + Z'W (I - M W'ZZ'W / theta)^-1 M W'Z r / theta^2, where the middle is the inverse of M^-1 - W'ZZ'W / theta
        SpanKernel.Scale(theta, v[k..], v[k..]);
        work.Subspace.Solve(v);
        SpanKernel.Scale(1 / theta, v[k..], v[k..]); // of theta S, / theta^2
        SpanKernel.Scale(1 / (theta * theta), v[..k], v[..k]);
        pairs.Combine(1 / theta, d, v[..k], v[k..], d);

        MoveWithin(x, g, lower, upper, free, d, cauchy);
        return true;
    }

    /// <summary>The projection P(x^c + d) where it is a descent from x, otherwise as much of d as the bounds leave. Morales, Nocedal (2011), section 2.</summary>
    static void MoveWithin(
        ReadOnlySpan<double> x, ReadOnlySpan<double> g, ReadOnlySpan<double> lower, ReadOnlySpan<double> upper,
        ReadOnlySpan<double> free, ReadOnlySpan<double> d, Span<double> cauchy)
    {
        var (slope, fraction) = (0.0, 1.0);
        for (var i = 0; i < x.Length; i++)
        {
            if (free[i] == 0)
            {
                slope += (cauchy[i] - x[i]) * g[i];
                continue;
            }

            var end = cauchy[i] + d[i];
            var inside = double.Clamp(end, lower[i], upper[i]);
            slope += (inside - x[i]) * g[i];
            if (end != inside) fraction = double.Min(fraction, (inside - cauchy[i]) / d[i]);
        }

        if (slope <= 0) fraction = 1;
        for (var i = 0; i < x.Length; i++)
        {
            if (free[i] != 0) cauchy[i] = double.Clamp(cauchy[i] + fraction * d[i], lower[i], upper[i]);
        }
    }
}
