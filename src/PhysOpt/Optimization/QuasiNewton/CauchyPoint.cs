using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>
/// The generalized Cauchy point: the first local minimiser of the quadratic model m(x + z) = g'z + z'Bz/2 along the path of steepest descent,
/// bent at the bounds. Byrd, Lu, Nocedal, Zhu (1995), "A limited memory algorithm for bound constrained optimization", algorithm CP.
/// </summary>
internal static class CauchyPoint
{
    /// <summary>Writes the point into the workspace's target, with c = W'(x^c - x); M^-1 must be factorised.</summary>
    internal static void Find(Point at, Bounds bounds, CurvaturePairs pairs, Workspace work)
    {
        var x = at.X.AsSpan();
        var g = at.Gradient.AsSpan();
        var lower = bounds.Lower.AsSpan();
        var upper = bounds.Upper.AsSpan();
        var (k, theta, breakpoints) = (pairs.Count, pairs.Theta, work.Breakpoints);
        var target = work.Target.AsSpan();
        var d = work.Direction;
        var p = work.P.AsSpan(0, 2 * k);
        var mp = work.MP.AsSpan(0, 2 * k);
        var c = work.C.AsSpan(0, 2 * k);
        var row = work.Row.AsSpan(0, 2 * k);
        var mrow = work.MRow.AsSpan(0, 2 * k);
        c.Clear();
        x.CopyTo(target);

        // (4.1), (4.2): where each variable meets its bound, and the direction of the first segment
        breakpoints.Clear();
        var (moving, slope) = (0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var room = g[i] < 0 ? upper[i] - x[i] : g[i] > 0 ? x[i] - lower[i] : 0;
            d[i] = room > 0 ? -g[i] : 0;
            if (!(room > 0)) continue;
            moving++;
            slope -= g[i] * g[i];
            if (double.IsFinite(room)) breakpoints.Add(room / double.Abs(g[i]), i);
        }

        if (moving == 0) return;
        pairs.Times(d, p[..k], p[k..]);
        SpanKernel.Scale(theta, p[k..], p[k..]);
        Multiply(work, p, mp);
        var curvature = -theta * slope - SpanKernel.Dot(p, mp); // (4.5)
        var least = Precision.MachineEpsilon * -theta * slope;
        curvature = double.Max(curvature, least);
        var (t, ahead) = (0.0, -slope / curvature);

        // segment by segment, until its minimiser comes before its end
        while (breakpoints.Count > 0)
        {
            var (end, b) = breakpoints.First;
            var length = end - t;
            if (ahead < length) break;
            breakpoints.RemoveFirst();
            (t, d[b]) = (end, 0);
            target[b] = g[b] > 0 ? lower[b] : upper[b];
            if (--moving == 0) ahead = 0;
            SpanKernel.Combine(1, c, length, p, c);

            // (4.9), (4.10)
            var (gb, zb) = (g[b], target[b] - x[b]);
            RowOfW(pairs, b, theta, row);
            Multiply(work, row, mrow);
            slope += length * curvature + gb * gb + theta * gb * zb - gb * SpanKernel.Dot(mrow, c);
            curvature = double.Max(least, curvature - theta * gb * gb - 2 * gb * SpanKernel.Dot(mrow, p) - gb * gb * SpanKernel.Dot(row, mrow));
            SpanKernel.Combine(1, p, gb, row, p);
            if (moving == 0) return;
            ahead = -slope / curvature;
        }

        ahead = double.Max(ahead, 0);
        t += ahead;
        SpanKernel.Combine(1, c, ahead, p, c);
        for (var i = 0; i < x.Length; i++)
        {
            if (d[i] != 0) target[i] = double.Clamp(x[i] + t * d[i], lower[i], upper[i]);
        }
    }

    static void RowOfW(CurvaturePairs pairs, int variable, double theta, Span<double> row)
    {
        for (var j = 0; j < pairs.Count; j++) (row[j], row[pairs.Count + j]) = (pairs.Y(j)[variable], theta * pairs.S(j)[variable]);
    }

    static void Multiply(Workspace work, ReadOnlySpan<double> v, Span<double> product)
    {
        v.CopyTo(product);
        if (!v.IsEmpty) work.Middle.Solve(product);
    }
}
