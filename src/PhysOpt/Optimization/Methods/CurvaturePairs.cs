using System.Collections.Immutable;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.Methods;

/// <summary>
/// The last m curvature pairs s = x+ - x, y = g+ - g of a quasi-Newton method, oldest first, and their inner products. Immutable: the next
/// pairs share the vectors of the last.
/// </summary>
/// <remarks>
/// With S = (s_1 ... s_k), Y = (y_1 ... y_k) and theta = y_k'y_k / s_k'y_k the Hessian is B = theta I - W M W', W = (Y  theta S), and its inverse
/// H = I / theta + ... alike: the compact representation of Byrd, Nocedal, Schnabel (1994). An update costs one pass over the pairs.
/// </remarks>
public sealed class CurvaturePairs
{
    readonly int memory;
    readonly ImmutableArray<Vector> s, y;
    readonly double[] ss, sy, yy; // s_i's_j, s_i'y_j and y_i'y_j, row by row
    readonly (Vector Gradient, double[] S, double[] Y)? known; // S'g and Y'g at the newest point

    CurvaturePairs(int memory, ImmutableArray<Vector> s, ImmutableArray<Vector> y, double[] ss, double[] sy, double[] yy, (Vector, double[], double[])? known) =>
        (this.memory, this.s, this.y, this.ss, this.sy, this.yy, this.known) = (memory, s, y, ss, sy, yy, known);

    /// <summary>No pairs yet, and room for <paramref name="memory"/>.</summary>
    public static CurvaturePairs Empty(int memory) => new(memory, [], [], [], [], [], null);

    /// <summary>True when there is no pair: the Hessian is then the identity.</summary>
    public bool IsEmpty => s.Length == 0;

    /// <summary>k, how many pairs there are.</summary>
    public int Count => s.Length;

    /// <summary>theta, the newest y'y / s'y: the curvature where the pairs say nothing. 1 without pairs.</summary>
    public double Theta => IsEmpty ? 1 : yy[^1] / sy[^1];

    internal ReadOnlySpan<double> S(int i) => s[i].AsSpan();

    internal ReadOnlySpan<double> Y(int i) => y[i].AsSpan();

    internal double SS(int i, int j) => ss[i * Count + j];

    internal double SY(int i, int j) => sy[i * Count + j];

    internal double YY(int i, int j) => yy[i * Count + j];

    /// <summary>The same memory without its pairs.</summary>
    public CurvaturePairs Cleared() => Empty(memory);

    /// <summary>With the pair of the step between two points, unless s'y &lt;= eps (-g's): its curvature would not be positive.</summary>
    internal CurvaturePairs Updated(Point from, Point to) => Updated(from, to, to.X - from.X);

    /// <summary>The same, with the step between the points.</summary>
    internal CurvaturePairs Updated(Point from, Point to, Vector step)
    {
        var change = to.Gradient - from.Gradient;
        var product = step.Dot(change);
        if (product <= Precision.MachineEpsilon * -from.Gradient.Dot(step)) return this;

        var dropped = Count < memory ? 0 : 1;
        var k = Count - dropped + 1;
        ImmutableArray<Vector> nextS = [.. s.AsSpan()[dropped..], step], nextY = [.. y.AsSpan()[dropped..], change];
        var (nextSS, nextSY, nextYY) = (Shifted(ss, dropped, k), Shifted(sy, dropped, k), Shifted(yy, dropped, k));
        double[] sg = new double[k], yg = new double[k];
        var ds = step.AsSpan();
        var dy = change.AsSpan();
        var g = to.Gradient.AsSpan();
        for (var start = 0; start < ds.Length; start += SpanKernel.Block)
        {
            var length = int.Min(SpanKernel.Block, ds.Length - start);
            var partS = ds.Slice(start, length);
            var partY = dy.Slice(start, length);
            var partG = g.Slice(start, length);
            for (var i = 0; i < k; i++)
            {
                SpanKernel.AddDots(nextS[i].AsSpan().Slice(start, length), partS, partY, partG, ref nextSS[i * k + k - 1], ref nextSY[i * k + k - 1], ref sg[i]);
                var ignored = 0.0;
                ref var withS = ref i < k - 1 ? ref nextSY[(k - 1) * k + i] : ref ignored; // s_k'y_k has been counted with s_k
                SpanKernel.AddDots(nextY[i].AsSpan().Slice(start, length), partS, partY, partG, ref withS, ref nextYY[i * k + k - 1], ref yg[i]);
            }
        }

        for (var i = 0; i < k - 1; i++) (nextSS[(k - 1) * k + i], nextYY[(k - 1) * k + i]) = (nextSS[i * k + k - 1], nextYY[i * k + k - 1]);
        return new(memory, nextS, nextY, nextSS, nextSY, nextYY, (to.Gradient, sg, yg));
    }

    /// <summary>H g with the inverse Hessian H that the pairs describe.</summary>
    internal Vector InverseHessianTimes(Vector g)
    {
        var to = new double[g.Count];
        InverseHessianTimes(g, to);
        return Vector.Wrap(to);
    }

    /// <summary>
    /// H g = g / theta + S (R'^-1 ((D + Y'Y / theta) p - Y'g / theta)) - Y p / theta with p = R^-1 S'g, D the diagonal and R the upper triangle of S'Y.
    /// Byrd, Nocedal, Schnabel (1994), (3.1) and algorithm 3.2.
    /// </summary>
    internal void InverseHessianTimes(Vector g, Span<double> to)
    {
        var (k, theta) = (Count, Theta);
        Span<double> p = stackalloc double[k], q = stackalloc double[k];
        if (known is { } newest && ReferenceEquals(newest.Gradient, g))
        {
            newest.S.CopyTo(p);
            newest.Y.CopyTo(q);
        }
        else
        {
            Times(g.AsSpan(), q, p);
        }

        for (var i = k - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < k; j++) p[i] -= SY(i, j) * p[j];
            p[i] /= SY(i, i);
        }

        for (var i = 0; i < k; i++) q[i] = SY(i, i) * p[i] + (SpanKernel.Dot(yy.AsSpan(i * k, k), p) - q[i]) / theta;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < i; j++) q[i] -= SY(j, i) * q[j];
            q[i] /= SY(i, i);
        }

        for (var i = 0; i < k; i++) p[i] /= -theta;
        Combine(1 / theta, g.AsSpan(), p, q, to);
    }

    /// <summary>Y'v and S'v, one pass over the pairs.</summary>
    internal void Times(ReadOnlySpan<double> v, Span<double> withY, Span<double> withS)
    {
        withY.Clear();
        withS.Clear();
        for (var start = 0; start < v.Length; start += SpanKernel.Block) AddTimes(v.Slice(start, int.Min(SpanKernel.Block, v.Length - start)), start, withY, withS);
    }

    /// <summary>Adds the share of the part of v that begins at component <paramref name="start"/> to Y'v and S'v.</summary>
    internal void AddTimes(ReadOnlySpan<double> part, int start, Span<double> withY, Span<double> withS)
    {
        for (var i = 0; i < Count; i++)
        {
            withY[i] += SpanKernel.Dot(part, Y(i).Slice(start, part.Length));
            withS[i] += SpanKernel.Dot(part, S(i).Slice(start, part.Length));
        }
    }

    /// <summary>to = a v + Y withY + S withS, one pass over the pairs.</summary>
    internal void Combine(double a, ReadOnlySpan<double> v, ReadOnlySpan<double> withY, ReadOnlySpan<double> withS, Span<double> to)
    {
        for (var start = 0; start < v.Length; start += SpanKernel.Block)
        {
            var part = to.Slice(start, int.Min(SpanKernel.Block, v.Length - start));
            SpanKernel.Scale(a, v.Slice(start, part.Length), part);
            AddCombination(withY, withS, start, part);
        }
    }

    /// <summary>Adds Y withY + S withS to the part of a vector that begins at component <paramref name="start"/>.</summary>
    internal void AddCombination(ReadOnlySpan<double> withY, ReadOnlySpan<double> withS, int start, Span<double> part)
    {
        for (var i = 0; i < Count; i++) SpanKernel.Add(withY[i], Y(i).Slice(start, part.Length), withS[i], S(i).Slice(start, part.Length), part);
    }

    /// <summary>The square matrix without its first rows and columns, at the upper left of one of k rows.</summary>
    static double[] Shifted(double[] from, int dropped, int k)
    {
        var to = new double[k * k];
        var old = k - 1 + dropped;
        for (var i = 0; i < k - 1; i++) from.AsSpan((i + dropped) * old + dropped, k - 1).CopyTo(to.AsSpan(i * k));
        return to;
    }
}
