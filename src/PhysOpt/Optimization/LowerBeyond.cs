using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>Asks the loss itself along the directions in which neither a slope nor a curvature need hold it.</summary>
/// <remarks>
/// At x^3 = 0 slope and curvature vanish together, and a method comes to rest there as at a minimum: it takes a third derivative to tell
/// them apart, or a value on either side. Where a curvature vanishes a run converges slowly, so that its last step lies along that
/// direction; second derivatives show the others. One value on either side of each: at a minimum it is higher. A bound holds a variable by
/// a slope alone, which differences cannot tell from none. Nocedal and Wright (2006), theorems 2.2 and 2.4: between them no second
/// derivative decides.
/// </remarks>
internal static class LowerBeyond
{
    const double Near = 1e-3, Far = 1e-2, Farther = 0.1, Farthest = 0.5; // of the sizes: on from where nothing is seen
    static readonly double[] Parts = [Near, Far, Farther, Farthest];

    const double Next = 1e-8; // to nothing, beside the largest variable
    const double Spacings = 4; // of x, that a step may be by rounding
    const double Slight = 1e-2; // of the largest curvature
    const int MostCurvatures = 4, MostVariables = 16, MostUnmoved = 4, Decades = 12, MostTurns = 2;

    /// <summary>A point within a tenth of the variables' sizes at which the loss is lower; null where none is seen.</summary>
    /// <param name="f">The objective.</param>
    /// <param name="at">The point, with its gradient.</param>
    /// <param name="arrival">How the run came there.</param>
    /// <param name="first">Where the search began.</param>
    /// <param name="hessian">The second derivatives; null where the method does not know them.</param>
    internal static Point? Find(IObjective f, Point at, Arrival arrival, SearchStart first, Matrix? hessian)
    {
        var (start, least) = (first.X, LossRounding.Clear(first.Loss, at.Value));
        var unseen = double.Max(least, LossRounding.ClearOfFirst(first.Loss));
        if (f is ILeastSquares && at.Value <= unseen) return null; // no sum of squares is lower by as much
        var sizes = f.Bounds.Sizes(at.X, start);
        foreach (var direction in Ahead(at, arrival, sizes, double.Max(double.Abs(at.Value), double.Abs(first.Loss)))
            .Concat(arrival.Slightest is { } slightest ? [slightest] : [])
            .Concat(Level(hessian, sizes, unseen)).Concat(Unmoved(at.X, start, sizes)))
        {
            if ((Along(1, direction) ?? Along(-1, direction)) is { } lower) return lower;
        }

        foreach (var direction in Inwards(f, at, sizes))
        {
            if (Along(1, direction) is { } lower) return lower;
        }

        foreach (var direction in Together(f, at, start, sizes))
        {
            if ((Along(1, direction, Farthest) ?? Along(-1, direction, Farthest)) is { } lower) return lower;
        }

        return null;

        Point? Along(double sign, Vector direction, double most = Farther)
        {
            foreach (var part in Parts.TakeWhile(part => part <= most))
            {
                var trial = f.Project(at.X.AddScaled(sign * part, direction));
                if (trial.Equals(at.X)) return null;
                var there = f.At(trial);
                if (at.Value - there.Value > least) return there;
                if (!(there.Value - at.Value <= least)) return null;
            }

            return null;
        }
    }

    /// <summary>
    /// The last step, but for what is rounding, as long as the sizes of the variables, unless the slopes at its ends show a curvature: a
    /// single variable needs no step.
    /// </summary>
    static IEnumerable<Vector> Ahead(Point at, Arrival arrival, Vector sizes, double loss)
    {
        if (arrival.Step is not { } step || step.Norm == 0)
        {
            if (sizes.Count == 1) yield return sizes;
            yield break;
        }

        var seen = step.Zip(at.X, (s, x) => double.Abs(s) <= Spacings * (double.BitIncrement(double.Abs(x)) - double.Abs(x)) ? 0 : s);
        if (seen.InfinityNorm == 0) seen = step;
        var least = Next * sizes.InfinityNorm; // what is next to nothing has no size of its own
        var longest = seen.Zip(sizes, (s, size) => s / double.Max(size, least)).InfinityNorm;
        if (!(longest > 0) || !double.IsFinite(1 / longest)) yield break;
        if (arrival.IsCurved(at) && step.Dot(at.Gradient - arrival.Before!.Gradient!) / (longest * longest) > Slight * loss) yield break;
        yield return 1 / longest * seen;
    }

    /// <summary>
    /// The eigenvectors of a Hessian in units of the sizes whose curvature is slight beside the largest, or would not be seen in the loss.
    /// </summary>
    static IEnumerable<Vector> Level(Matrix? hessian, Vector sizes, double unseen)
    {
        var n = sizes.Count;
        if (hessian is not { IsFinite: true } || n == 1) return [];
        var scaled = new Matrix(n, n, (i, j) => hessian[i, j] * sizes[i] * sizes[j]);
        var slight = double.Max(Slight * Enumerable.Range(0, n).Max(i => scaled.Row(i).Norm), 2 * unseen / (Near * Near));
        return InverseIteration.SlightEigenvectors(scaled, slight, MostCurvatures)
            .Select(v => Vector.Wrap([.. v.Zip(sizes, (each, size) => each * size)]));
    }

    /// <summary>Variables that are 0 as they were: nothing is known of their sizes, which are looked for in decades.</summary>
    static IEnumerable<Vector> Unmoved(Vector x, Vector start, Vector sizes)
    {
        foreach (var i in Enumerable.Range(0, x.Count).Where(i => x[i] == 0 && start[i] == 0).Take(MostUnmoved))
        {
            for (var decade = 0; decade <= Decades; decade += 3)
                yield return Vector.Zero(x.Count).With(i, double.Pow(10, -decade) * sizes[i]);
        }
    }

    /// <summary>
    /// Directions in which all variables move that have not, and have no slope: x y z may be level along each of them at 0, whose
    /// derivatives up to the second are nothing, and along any two. Each has a partner in which their product has the other sign.
    /// </summary>
    static IEnumerable<Vector> Together(IObjective f, Point at, Vector start, Vector sizes)
    {
        int[] level = [.. Enumerable.Range(0, at.X.Count).Where(i => at.X[i] == start[i]
            && (!f.Bounds.Exist || f.Bounds.Lower[i] < f.Bounds.Upper[i])
            && double.Abs(at.Gradient[i]) * sizes[i] <= LossRounding.Of(at.Value))];
        if (level.Length < 2) yield break;
        var least = level.All(i => at.X[i] == 0) ? Decades : 0; // nothing is known of their sizes
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var seed = SlopeDirections.Seeded(at.X, sizes, null, null, turn);
            for (var decade = 0; decade <= least; decade += 3)
            {
                var way = new double[at.X.Count];
                foreach (var i in level) way[i] = double.Pow(10, -decade) * seed[i];
                yield return new(way);
                way[level[0]] = -way[level[0]];
                yield return new(way);
            }
        }
    }

    /// <summary>From a bound inwards: all variables together whose slope there is nothing or of differences, and each alone.</summary>
    static IEnumerable<Vector> Inwards(IObjective f, Point at, Vector sizes)
    {
        if (!f.Bounds.Exist) yield break;
        var (x, lower, upper, isExact) = (at.X, f.Bounds.Lower, f.Bounds.Upper, f.IsExactAt(at));
        int[] held = [.. Enumerable.Range(0, x.Count).Where(i => lower[i] < upper[i] && (x[i] <= lower[i] || x[i] >= upper[i])
            && (!isExact || double.Abs(at.Gradient[i]) * sizes[i] <= LossRounding.Of(at.Value))).Take(MostVariables)];
        if (held.Length > 1) yield return Of(held);
        foreach (var i in held) yield return Of(i);

        Vector Of(params int[] variables)
        {
            var way = new double[x.Count];
            foreach (var i in variables) way[i] = x[i] <= lower[i] ? sizes[i] : -sizes[i];
            return Vector.Wrap(way);
        }
    }
}

/// <summary>How a run came to where it ends.</summary>
/// <param name="Step">The last step; null at a start.</param>
/// <param name="Before">The record before it; null where it is not known.</param>
internal readonly record struct Arrival(Vector? Step, IterationRecord? Before)
{
    /// <summary>A direction in which the loss hardly curves there, or downwards, one size long; null where none is known.</summary>
    internal Vector? Slightest { get; init; }

    const double NotQuadratic = 0.1; // of what the mean slope explains: 1/3 where x^3 comes to 0

    /// <summary>True where the slopes at both ends of the step are those of one quadratic, which has a curvature.</summary>
    internal bool IsCurved(Point at)
    {
        if (Step is null || Before?.Gradient is not { } slopes) return false;
        var explained = -Step.Dot(at.Gradient + slopes) / 2;
        return double.Abs(Before.Loss - at.Value - explained)
            <= NotQuadratic * double.Abs(explained) + LossRounding.Of(double.Max(double.Abs(at.Value), double.Abs(Before.Loss)));
    }
}
