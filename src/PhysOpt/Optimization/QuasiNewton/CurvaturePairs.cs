using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization.QuasiNewton;

/// <summary>
/// The last m curvature pairs s = x+ - x, y = g+ - g of a quasi-Newton method, oldest first, and their inner products. Immutable: the next
/// pairs share the vectors of the last.
/// </summary>
/// <remarks>
/// With S = (s_1 ... s_k), Y = (y_1 ... y_k) and theta = y_k'y_k / s_k'y_k the Hessian is B = theta I - W M W', W = (Y  theta S), and its
/// inverse H = I / theta + ... alike: the compact representation of Byrd, Nocedal, Schnabel (1994). An update costs one pass over the
/// pairs. Within bounds the products are kept apart, over the variables that were last free and over those at their bounds.
/// </remarks>
public sealed class CurvaturePairs
{
    /// <summary>A change of more than one in so many variables costs as much one by one as summing anew.</summary>
    const int RebuildFraction = 32;

    readonly int memory;
    readonly PairVectors pairs;
    readonly PairProducts all; // over all variables
    readonly PairProducts? free, bound; // over those of a set, and over the others; null while that set is of all
    readonly VariableSet? set;
    readonly Known? known;

    CurvaturePairs(int memory, PairVectors pairs, PairProducts all, PairProducts? free, PairProducts? bound, VariableSet? set,
        Known? known) =>
        (this.memory, this.pairs, this.all, this.free, this.bound, this.set, this.known) = (memory, pairs, all, free, bound, set, known);

    /// <summary>What an update finds out of the newest gradient on its way.</summary>
    /// <param name="Gradient">g.</param>
    /// <param name="Moving">The variables of which components were taken, the others being zero; null for all.</param>
    /// <param name="S">S'g.</param>
    /// <param name="Y">Y'g.</param>
    sealed record Known(Vector Gradient, VariableSet? Moving, double[] S, double[] Y);

    /// <summary>No pairs yet, and room for <paramref name="memory"/>.</summary>
    public static CurvaturePairs Empty(int memory) => new(memory, new([], []), new(0), null, null, null, null);

    /// <summary>True when there is no pair: the Hessian is then the identity.</summary>
    public bool IsEmpty => Count == 0;

    /// <summary>k, how many pairs there are.</summary>
    public int Count => pairs.Count;

    /// <summary>theta, the newest y'y / s'y: the curvature where the pairs say nothing. 1 without pairs.</summary>
    public double Theta => IsEmpty ? 1 : all.YY[^1] / all.SY[^1];

    internal ReadOnlySpan<double> S(int i) => pairs.S(i);

    internal ReadOnlySpan<double> Y(int i) => pairs.Y(i);

    /// <summary>The products over all variables.</summary>
    internal PairProducts All => all;

    /// <summary>The products over the variables of the set of <see cref="Partitioned"/>.</summary>
    internal PairProducts Free => free ?? all;

    /// <summary>The products over the other variables; null where there are none.</summary>
    internal PairProducts? Bound => bound;

    /// <summary>The least of the curvatures y'y / s'y of the pairs, in units of L per x squared; 0 without pairs.</summary>
    internal double LeastCurvature
    {
        get
        {
            var (least, k) = (double.PositiveInfinity, Count);
            for (var i = 0; i < k; i++) least = double.Min(least, all.YY[i * k + i] / all.SY[i * k + i]);
            return k == 0 ? 0 : least;
        }
    }

    /// <summary>The same memory without its pairs.</summary>
    public CurvaturePairs Cleared() => Empty(memory);

    /// <summary>
    /// With the pair of the step between two points within bounds, unless s'y &lt;= eps (-g's): its curvature would not be positive.
    /// </summary>
    internal CurvaturePairs Updated(Point from, Point to, Vector step, Bounds bounds)
    {
        var n = step.Count;
        var change = GC.AllocateUninitializedArray<double>(n);
        var dropped = Count < memory ? 0 : 1;
        var k = Count - dropped + 1;
        var next = pairs.With(dropped, step, Vector.Wrap(change));
        var (nextFree, nextBound) = (Free.Shifted(dropped, k), bound?.Shifted(dropped, k));
        var moving = bounds.Exist ? new VariableSet(n) : null;
        double[] sg = new double[k], yg = new double[k];
        var room = int.Min(SpanKernel.Block, n);
        var split = nextBound is null ? 0 : 2 * room; // the runtime clears what it takes from the stack
        Span<double> inside = stackalloc double[split], outside = stackalloc double[split],
            moved = stackalloc double[moving is null ? 0 : room];
        var (product, slope) = (0.0, 0.0);
        for (var start = 0; start < n; start += SpanKernel.Block)
        {
            var length = int.Min(SpanKernel.Block, n - start);
            scoped var s = step.AsSpan().Slice(start, length);
            scoped ReadOnlySpan<double> y = change.AsSpan(start, length);
            scoped var g = to.Gradient.AsSpan().Slice(start, length);
            var before = from.Gradient.AsSpan().Slice(start, length);
            SpanKernel.Combine(1, g, -1, before, change.AsSpan(start, length));
            product += SpanKernel.Dot(s, y);
            slope += SpanKernel.Dot(before, s);
            if (moving is not null)
            {
                var bits = moving.Bits[(start / 8)..];
                _ = BoxKernel.FindMoving(to.X.AsSpan().Slice(start, length), g, bounds.Lower.AsSpan().Slice(start, length),
                    bounds.Upper.AsSpan().Slice(start, length), bits);
                BoxKernel.Split(g, bits, moved[..length], []);
                g = moved[..length];
            }

            if (nextBound is not null)
            {
                set!.Split(s, start, inside[..length], outside[..length]);
                set.Split(y, start, inside.Slice(length, length), outside.Slice(length, length));
                s = inside[..length];
                y = inside.Slice(length, length);
            }

            for (var i = 0; i < k; i++)
            {
                nextFree.AddProducts(next, i, k - 1, start, s, y, g, ref sg[i], ref yg[i]);
                nextBound?.AddProducts(next, i, k - 1, start, outside[..length], outside.Slice(length, length), [], ref sg[i], ref yg[i]);
            }
        }

        if (product <= Precision.MachineEpsilon * -slope) return this;
        nextFree.ClosePair(k - 1);
        nextBound?.ClosePair(k - 1);
        return nextBound is null
            ? new(memory, next, nextFree, null, null, null, new(to.Gradient, moving, sg, yg))
            : new(memory, next, nextFree.Plus(nextBound), nextFree, nextBound, set, new(to.Gradient, moving, sg, yg));
    }

    /// <summary>The same pairs, with their products over a set of variables and over the others apart.</summary>
    /// <remarks>
    /// Only variables that have entered or left the set since the last time are added and taken away, as in the routine formk of algorithm
    /// 778. Products over the bound are not the difference of all and the free ones, and all is summed anew where rounding shows or as many
    /// variables have changed that it costs no more.
    /// </remarks>
    internal CurvaturePairs Partitioned(VariableSet variables)
    {
        if (IsEmpty || set?.IsSameAs(variables) == true) return this;
        var (n, nextCount) = (S(0).Length, variables.Count);
        if (nextCount == n && set is null) return this;
        var next = variables.Copy();
        if (nextCount == n) return new(memory, pairs, all, null, null, null, known);
        var (overFree, overBound) = (Free.Shifted(0, Count), bound?.Shifted(0, Count) ?? new(Count));
        var few = n / RebuildFraction;
        var changed = (set ?? VariableSet.All(n)).Differences(next, few);
        if (changed.Count <= few)
        {
            foreach (var variable in changed)
                Exchange(variable, next[variable] ? overFree : overBound, next[variable] ? overBound : overFree);
        }

        if (changed.Count > few || !overFree.IsAccurate) overFree = Summed(next, nextCount, within: true, few);
        if (changed.Count > few || !overBound.IsAccurate) overBound = Summed(next, n - nextCount, within: false, few);
        return new(memory, pairs, all, overFree, overBound, next, known);
    }

    void Exchange(int variable, PairProducts to, PairProducts? from)
    {
        Span<double> s = stackalloc double[Count], y = stackalloc double[Count];
        for (var i = 0; i < Count; i++) (s[i], y[i]) = (S(i)[variable], Y(i)[variable]);
        to.Add(1, s, y);
        from?.Add(-1, s, y);
    }

    /// <summary>The products over the variables in a set, or over those outside it, of which there are so many.</summary>
    PairProducts Summed(VariableSet over, int members, bool within, int few)
    {
        var sum = new PairProducts(Count);
        var n = S(0).Length;
        if (members <= few)
        {
            var none = within ? new VariableSet(n) : VariableSet.All(n);
            foreach (var variable in none.Differences(over, n)) Exchange(variable, sum, null);
            return sum;
        }

        var room = 2 * int.Min(SpanKernel.Block, n);
        Span<double> inside = stackalloc double[room], outside = stackalloc double[room];
        for (var start = 0; start < n; start += SpanKernel.Block)
        {
            var length = int.Min(SpanKernel.Block, n - start);
            for (var j = 0; j < Count; j++)
            {
                over.Split(S(j).Slice(start, length), start, inside[..length], outside[..length]);
                over.Split(Y(j).Slice(start, length), start, inside.Slice(length, length), outside.Slice(length, length));
                var part = within ? inside : outside;
                sum.AddPair(pairs, j, start, part[..length], part.Slice(length, length));
            }
        }

        for (var j = 0; j < Count; j++) sum.ClosePair(j);
        return sum;
    }

    /// <summary>
    /// The quasi-Newton step -H g, where H g = g / theta + S (R'^-1 ((D + Y'Y / theta) p - Y'g / theta)) - Y p / theta with p = R^-1 S'g, D
    /// the diagonal and R the upper triangle of S'Y. Byrd, Nocedal, Schnabel (1994), (3.1) and algorithm 3.2.
    /// </summary>
    /// <returns>The slope -g'H g.</returns>
    internal double NewtonStep(Vector g, Span<double> to)
    {
        var (k, theta, sy) = (Count, Theta, all.SY);
        Span<double> p = stackalloc double[k], q = stackalloc double[k];
        InnerProducts(g, null, q, p);
        for (var i = k - 1; i >= 0; i--)
        {
            for (var j = i + 1; j < k; j++) p[i] -= sy[i * k + j] * p[j];
            p[i] /= sy[i * k + i];
        }

        for (var i = 0; i < k; i++) q[i] = sy[i * k + i] * p[i] + (SpanKernel.Dot(all.YY.AsSpan(i * k, k), p) - q[i]) / theta;
        for (var i = 0; i < k; i++)
        {
            for (var j = 0; j < i; j++) q[i] -= sy[j * k + i] * q[j];
            q[i] /= sy[i * k + i];
        }

        SpanKernel.Scale(1 / theta, p, p);
        SpanKernel.Scale(-1, q, q);
        var slope = 0.0;
        for (var start = 0; start < to.Length; start += SpanKernel.Block)
        {
            var part = to.Slice(start, int.Min(SpanKernel.Block, to.Length - start));
            var share = g.AsSpan().Slice(start, part.Length);
            SpanKernel.Scale(-1 / theta, share, part);
            AddCombination(p, q, start, part);
            slope += SpanKernel.Dot(share, part);
        }

        return slope;
    }

    /// <summary>
    /// Y'v and S'v with v the components of g of a set of variables, null for all, and zeros; one pass over the pairs unless the last
    /// update has found them out.
    /// </summary>
    internal void InnerProducts(Vector g, VariableSet? moving, Span<double> withY, Span<double> withS)
    {
        if (known is { } newest && ReferenceEquals(newest.Gradient, g)
            && (moving is null ? newest.Moving is null : newest.Moving?.IsSameAs(moving) == true))
        {
            newest.S.CopyTo(withS);
            newest.Y.CopyTo(withY);
            return;
        }

        withY.Clear();
        withS.Clear();
        Span<double> part = stackalloc double[int.Min(SpanKernel.Block, g.Count)];
        for (var start = 0; start < g.Count; start += SpanKernel.Block)
        {
            var share = g.AsSpan().Slice(start, int.Min(SpanKernel.Block, g.Count - start));
            if (moving is null)
            {
                AddInnerProducts(pairs, share, start, withY, withS);
                continue;
            }

            moving.Split(share, start, part[..share.Length], []);
            AddInnerProducts(pairs, part[..share.Length], start, withY, withS);
        }
    }

    /// <summary>Adds the share of the part of a vector that begins at component <paramref name="start"/> to Y'v and S'v.</summary>
    static void AddInnerProducts(in PairVectors pairs, ReadOnlySpan<double> part, int start, Span<double> withY, Span<double> withS)
    {
        for (var i = 0; i < pairs.Count; i++)
        {
            withY[i] += SpanKernel.Dot(part, pairs.Y(i).Slice(start, part.Length));
            withS[i] += SpanKernel.Dot(part, pairs.S(i).Slice(start, part.Length));
        }
    }

    /// <summary>Adds Y withY + S withS to the part of a vector that begins at component <paramref name="start"/>.</summary>
    internal void AddCombination(ReadOnlySpan<double> withY, ReadOnlySpan<double> withS, int start, Span<double> part)
    {
        for (var i = 0; i < Count; i++)
            SpanKernel.Add(withY[i], Y(i).Slice(start, part.Length), withS[i], S(i).Slice(start, part.Length), part);
    }
}
