using System.Collections.Immutable;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>The last m curvature pairs s = x+ - x, y = g+ - g of a quasi-Newton method, oldest first. Immutable.</summary>
public sealed class CurvaturePairs
{
    readonly ImmutableArray<(Vector S, Vector Y, double SY)> pairs;
    readonly int memory;

    CurvaturePairs(int memory, ImmutableArray<(Vector S, Vector Y, double SY)> pairs) => (this.memory, this.pairs) = (memory, pairs);

    /// <summary>No pairs yet, and room for <paramref name="memory"/>.</summary>
    public static CurvaturePairs Empty(int memory) => new(memory, []);

    /// <summary>True when there is no pair: the inverse Hessian is then the identity.</summary>
    public bool IsEmpty => pairs.IsEmpty;

    /// <summary>The same memory without its pairs.</summary>
    public CurvaturePairs Cleared() => Empty(memory);

    /// <summary>With the pair of the step between two points, unless s'y &lt;= eps (-g's): its curvature would not be positive.</summary>
    internal CurvaturePairs Updated(Point from, Point to)
    {
        var s = to.X - from.X;
        var y = to.Gradient - from.Gradient;
        var sy = s.Dot(y);
        if (sy <= Precision.MachineEpsilon * -from.Gradient.Dot(s)) return this;
        return new(memory, (pairs.Length < memory ? pairs : pairs.RemoveAt(0)).Add((s, y, sy)));
    }

    /// <summary>H g with the inverse Hessian H that the pairs describe: the two-loop recursion. Nocedal and Wright (2006), algorithm 7.4.</summary>
    internal Vector InverseHessianTimes(Vector g)
    {
        if (pairs.IsEmpty) return g;
        var q = g;
        var alpha = new double[pairs.Length];
        for (var i = pairs.Length - 1; i >= 0; i--)
        {
            var (s, y, sy) = pairs[i];
            alpha[i] = s.Dot(q) / sy;
            q = q.AddScaled(-alpha[i], y);
        }

        var newest = pairs[^1];
        var r = newest.SY / newest.Y.Dot(newest.Y) * q;
        for (var i = 0; i < pairs.Length; i++)
        {
            var (s, y, sy) = pairs[i];
            r = r.AddScaled(alpha[i] - y.Dot(r) / sy, s);
        }

        return r;
    }
}
