using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>The directions in which neither a slope nor a curvature need hold the loss, one size of the variables long.</summary>
/// <param name="f">The objective.</param>
/// <param name="at">The point, with its gradient.</param>
/// <param name="start">Where the search began.</param>
/// <param name="sizes">The sizes of the variables.</param>
/// <param name="loss">The size of the loss.</param>
internal sealed class LevelDirections(IObjective f, Point at, Vector start, Vector sizes, double loss)
{
    internal const int MostVariables = 16;

    const double Next = 1e-8; // to nothing, beside the largest variable
    const double Spacings = 4; // of x, that a step may be by rounding
    const double SlightPart = 1e-2, NothingPart = 1e-8; // of the largest curvature
    const int MostCurvatures = 4, MostUnmoved = 4, Decades = 12, MostTurns = 4;
    const double Noise = 1e-6; // of the loss: what differences, and the way that is left to the end, make of no slope
    const double Short = 0.2; // of every second variable, in every second direction

    static readonly int[] OneWay = [1], BothWays = [1, -1];

    readonly Vector x = at.X;

    /// <summary>Variables at a bound that no slope holds there, as far as is known for certain.</summary>
    readonly int[] loose = AtBounds(f, at, sizes, f.IsExactAt(at) ? LossRounding.Of(at.Value) : double.PositiveInfinity);

    /// <summary>Those whose slope may be next to nothing.</summary>
    readonly int[] unheld = AtBounds(f, at, sizes, Noise * loss);

    /// <summary>
    /// The last step, but for what is rounding, as long as the sizes of the variables, unless the slopes at its ends show a curvature: a
    /// single variable needs no step.
    /// </summary>
    internal IEnumerable<Vector> Ahead(Arrival arrival)
    {
        if (arrival.Step is not { } step || step.Norm == 0)
        {
            if (sizes.Count == 1) yield return sizes;
            yield break;
        }

        var seen = step.Zip(at.X, (s, x) => double.Abs(s) <= Spacings * (double.BitIncrement(double.Abs(x)) - double.Abs(x)) ? 0 : s);
        if (seen.InfinityNorm == 0) seen = step;
        if (f.Bounds.Exist) seen = Vector.Wrap([.. seen.Select((s, i) => f.Bounds.Inward(x, i) == 0 ? s : 0)]); // others are held
        var least = Next * sizes.InfinityNorm; // what is next to nothing has no size of its own
        var longest = seen.Zip(sizes, (s, size) => s / double.Max(size, least)).InfinityNorm;
        if (!(longest > 0) || !double.IsFinite(1 / longest)) yield break;
        if (arrival.IsCurved(at, f.IsExactAt(at))
            && step.Dot(at.Gradient - arrival.Before!.Gradient!) / (longest * longest) > SlightPart * loss) yield break;
        yield return 1 / longest * seen;
    }

    /// <summary>
    /// The eigenvectors of a Hessian in units of the sizes whose curvature is slight beside the largest, or would not be seen in the loss,
    /// and the sums of those whose curvature is nothing: the loss may change along these alone. And whether it curves upwards, more than
    /// slightly, along all.
    /// </summary>
    internal (IReadOnlyList<Vector> Directions, bool IsCurvedUpwards) SlightlyCurved(Matrix? hessian, double unseen)
    {
        var n = sizes.Count;
        if (hessian is not { IsFinite: true } || n == 1) return ([], false);
        var scaled = new Matrix(n, n, (i, j) => hessian[i, j] * sizes[i] * sizes[j]);
        var largest = Enumerable.Range(0, n).Max(i => scaled.Row(i).Norm);
        var unseenCurvature = double.Max(NothingPart * largest, 2 * unseen / (LowerBeyond.Near * LowerBeyond.Near));
        var slight = double.Max(SlightPart * largest, unseenCurvature);
        List<Vector> found = [.. InverseIteration.SlightEigenvectors(scaled, slight, MostCurvatures)];
        var count = found.Count(v => double.Abs(v.Dot(scaled.Multiply(v))) <= unseenCurvature);
        for (var signs = 0; count > 1 && signs < 1 << (count - 1); signs++)
        {
            var sum = found[0];
            for (var k = 1; k < count; k++) sum = sum.AddScaled((signs >> (k - 1) & 1) == 0 ? 1 : -1, found[k]);
            found.Add(sum);
        }

        return ([.. found.Select(v => Vector.Wrap([.. v.Zip(sizes, (each, size) => each * size)]))],
            found.Count == 0 && Cholesky.Factorise([.. scaled.ByColumns], n));
    }

    /// <summary>Variables that are 0 as they were: nothing is known of their sizes, which are looked for in decades.</summary>
    internal IEnumerable<Vector> UnmovedAlone()
    {
        foreach (var i in Enumerable.Range(0, x.Count).Where(i => x[i] == 0 && start[i] == 0).Take(MostUnmoved))
        {
            for (var decade = 0; decade <= Decades; decade += 3)
                yield return Vector.Zero(x.Count).With(i, double.Pow(10, -decade) * sizes[i]);
        }
    }

    /// <summary>From a bound inwards: all variables together whose slope there is nothing or of differences, and each alone.</summary>
    internal IEnumerable<Vector> Inwards()
    {
        if (loose.Length > 1) yield return Of(loose);
        foreach (var i in loose) yield return Of(i);

        Vector Of(params int[] variables)
        {
            var way = new double[x.Count];
            foreach (var i in variables) way[i] = f.Bounds.Inward(x, i) * sizes[i];
            return new(way);
        }
    }

    /// <summary>True where a variable is at a bound that no slope shows to hold it.</summary>
    internal bool IsAnyUnheld => unheld.Length > 0;

    /// <summary>
    /// Directions in which variables move together that have no slope and have not moved: x y z may be level along each of them at 0, whose
    /// derivatives up to the second are nothing, and along any two. And how far to go while the loss is level.
    /// </summary>
    internal IEnumerable<(Vector Direction, double Most)> UnmovedTogether(int[] free) => Patterns(
        [.. free.Where(i => x[i] == start[i] && HasSlightSlope(at, sizes, i, Noise * loss))], null);

    /// <summary>The same for all variables, each by a part of its size.</summary>
    internal IEnumerable<(Vector Direction, double Most)> Together(int[] free, double[] parts) => Patterns(free, parts);

    /// <summary>Both ways along each of these is one of several patterns of signs; what is at a bound goes inwards in all.</summary>
    IEnumerable<(Vector Direction, double Most)> Patterns(int[] free, double[]? parts)
    {
        if (free.Length + unheld.Length < 2 || free.Length == 0) yield break; // a single one, or inwards alone, has been looked along
        var hasNoSize = free.All(i => x[i] == 0 && start[i] == 0); // as far as is known
        var (least, most) = hasNoSize ? (Decades, LowerBeyond.Anywhere) : (0, LowerBeyond.Farthest);
        for (var turn = 0; turn < MostTurns; turn++)
        {
            var seeds = SlopeDirections.OfBothProducts(x, sizes, free, turn);
            for (var decade = 0; decade <= least; decade += 3)
            {
                foreach (var sign in unheld.Length == 0 ? OneWay : BothWays)
                {
                    foreach (var seed in seeds) yield return (Way(seed, sign * double.Pow(10, -decade), turn), most);
                }
            }
        }

        Vector Way(Vector seed, double by, int turn)
        {
            var way = new double[x.Count];
            foreach (var i in unheld) way[i] = f.Bounds.Inward(x, i) * double.Abs(seed[i]);
            for (var k = 0; k < free.Length; k++)
                way[free[k]] = by * seed[free[k]] * (turn > 1 && (k + turn) % 2 == 0 ? Short : 1) * (parts?[free[k]] ?? 1);
            return Vector.Wrap(way);
        }
    }

    static int[] AtBounds(IObjective f, Point at, Vector sizes, double most)
    {
        if (!f.Bounds.Exist) return [];
        return [.. Enumerable.Range(0, at.X.Count)
            .Where(i => f.Bounds.Inward(at.X, i) != 0 && HasSlightSlope(at, sizes, i, most)).Take(MostVariables)];
    }

    /// <summary>True for a slope that makes no more of the loss over a variable's size.</summary>
    static bool HasSlightSlope(Point at, Vector sizes, int i, double most) => double.Abs(at.Gradient[i]) * sizes[i] <= most;
}
