using System.Numerics;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>
/// The generalized Cauchy point: the first local minimiser of the quadratic model m(x + z) = g'z + z'Bz/2 along the path of steepest
/// descent, bent at the bounds. Byrd, Lu, Nocedal, Zhu (1995), "A limited memory algorithm for bound constrained optimization", algorithm
/// CP.
/// </summary>
internal static class CauchyPoint
{
    /// <summary>
    /// Where no more than this share of the first |d|^2 is left, what the variables at their bounds took away from W'd is large beside the
    /// rest, and W'd is summed anew.
    /// </summary>
    const double Remaining = 1e-6;

    /// <summary>
    /// Writes the point x^c into the workspace, with the time t of arrival, c = W'(x^c - x), the variables that are free there, and p = W'd
    /// of the direction d on which these have arrived; M^-1 must be factorised.
    /// </summary>
    internal static void Find(Point at, Bounds bounds, CurvaturePairs pairs, LbfgsWorkspace work)
    {
        var x = at.X.AsSpan();
        var g = at.Gradient.AsSpan();
        var lower = bounds.Lower.AsSpan();
        var upper = bounds.Upper.AsSpan();
        var (k, theta, moving, breakpoints) = (pairs.Count, pairs.Theta, work.Moving, work.Breakpoints);
        var p = work.P.AsSpan(0, 2 * k);
        var mp = work.MP.AsSpan(0, 2 * k);
        var c = work.C.AsSpan(0, 2 * k);
        var row = work.Row.AsSpan(0, 2 * k);
        var mrow = work.MRow.AsSpan(0, 2 * k);
        c.Clear();
        breakpoints.Clear();
        work.Arrived.Clear();

        // (4.1), (4.2): the direction of the first segment is -g of the variables that can move
        var (squares, nearest) = BoxKernel.FindMoving(x, g, lower, upper, moving.Bits);
        Project(at, pairs, moving, p);
        Multiply(work, p, mp);
        var (slope, curvature, all) = (-squares, theta * squares - SpanKernel.Dot(p, mp), squares); // (4.5)
        var least = Precision.MachineEpsilon * theta * squares;
        curvature = double.Max(curvature, least);
        var (t, ahead) = (0.0, squares > 0 ? squares / curvature : 0);

        // segment by segment, until its minimiser comes before its end; breakpoints are looked for as far as the next ones are needed
        var reach = ahead < nearest ? double.PositiveInfinity : 0;
        while (true)
        {
            if (!breakpoints.TryRemove(double.Min(t + ahead, reach), out var first))
            {
                if (!(t + ahead > reach)) break;
                reach = Collect(at, bounds, reach, 2 * (t + ahead), work);
                continue;
            }

            var (end, b) = first;
            var length = end - t;
            t = end;
            moving.Remove(b);
            work.Arrived.Add(b);
            squares -= g[b] * g[b];
            SpanKernel.Combine(1, c, length, p, c);

            // (4.9), (4.10)
            var (gb, zb) = (g[b], (g[b] > 0 ? lower[b] : upper[b]) - x[b]);
            RowOfW(pairs, b, theta, row);
            Multiply(work, row, mrow);
            slope += length * curvature + gb * gb + theta * gb * zb - gb * SpanKernel.Dot(mrow, c);
            curvature = double.Max(least, curvature - theta * gb * gb - 2 * gb * SpanKernel.Dot(mrow, p)
                - gb * gb * SpanKernel.Dot(row, mrow));
            SpanKernel.Combine(1, p, gb, row, p);
            ahead = double.Max(-slope / curvature, 0);
        }

        if (work.Arrived.Count > 0 && moving.Count == 0) ahead = 0;
        SpanKernel.Combine(1, c, ahead, p, c);
        work.Time = t += ahead;
        BoxKernel.Move(x, t, g, lower, upper, moving.Bits, work.Cauchy, work.Free.Bits);
        foreach (var b in work.Arrived)
        {
            work.Cauchy[b] = g[b] > 0 ? lower[b] : upper[b];
            work.Free.Remove(b);
        }

        // a variable may have come to its bound by rounding: it moves no further
        for (var eight = 0; eight < moving.Bits.Length; eight++)
        {
            for (var rest = moving.Bits[eight] & ~work.Free.Bits[eight]; rest != 0; rest &= rest - 1)
            {
                var b = 8 * eight + BitOperations.TrailingZeroCount(rest);
                moving.Remove(b);
                squares -= g[b] * g[b];
                RowOfW(pairs, b, theta, row);
                SpanKernel.Combine(1, p, g[b], row, p);
            }
        }

        if (!(squares > Remaining * all)) Project(at, pairs, moving, p);
    }

    /// <summary>Looks for the steps beyond one and up to another at which variables that move meet their bounds.</summary>
    static double Collect(Point at, Bounds bounds, double beyond, double upTo, LbfgsWorkspace work)
    {
        var x = at.X.AsSpan();
        var g = at.Gradient.AsSpan();
        var lower = bounds.Lower.AsSpan();
        var upper = bounds.Upper.AsSpan();
        var found = work.Free.Bits; // not known yet
        BoxKernel.FindStopping(x, g, lower, upper, upTo, work.Moving.Bits, found);
        for (var eight = 0; eight < found.Length; eight++)
        {
            for (int rest = found[eight]; rest != 0; rest &= rest - 1)
            {
                var i = 8 * eight + BitOperations.TrailingZeroCount(rest);
                var step = (g[i] < 0 ? upper[i] - x[i] : x[i] - lower[i]) / double.Abs(g[i]);
                if (step > beyond || beyond == 0) work.Breakpoints.Add(step, i);
            }
        }

        return upTo;
    }

    /// <summary>p = W'd with d = -g of the variables that move.</summary>
    static void Project(Point at, CurvaturePairs pairs, VariableSet moving, Span<double> p)
    {
        if (pairs.IsEmpty) return;
        var k = pairs.Count;
        pairs.InnerProducts(at.Gradient, moving, p[..k], p[k..]);
        SpanKernel.Scale(-1, p[..k], p[..k]);
        SpanKernel.Scale(-pairs.Theta, p[k..], p[k..]);
    }

    static void RowOfW(CurvaturePairs pairs, int variable, double theta, Span<double> row)
    {
        for (var j = 0; j < pairs.Count; j++) (row[j], row[pairs.Count + j]) = (pairs.Y(j)[variable], theta * pairs.S(j)[variable]);
    }

    static void Multiply(LbfgsWorkspace work, ReadOnlySpan<double> v, Span<double> product)
    {
        v.CopyTo(product);
        if (!v.IsEmpty) work.Middle.Solve(product);
    }
}
