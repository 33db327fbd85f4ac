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
    internal const double Near = 1e-3, Farthest = 1, Anywhere = 1e6; // of the sizes
    const double Farther = 0.1;
    const double Rounding = 4 * Precision.MachineEpsilon; // of the size of a variable

    /// <summary>A point at which the loss is lower, most often within a tenth of the variables' sizes; null where none is seen.</summary>
    /// <param name="points">The points around where a run would end.</param>
    /// <param name="arrival">How the run came there.</param>
    /// <param name="first">Where the search began.</param>
    /// <param name="hessian">Gives the second derivatives; null where the method does not know them.</param>
    internal static Point? Find(NearbyPoints points, Arrival arrival, SearchStart first, Func<Point, Matrix?> hessian)
    {
        var (f, at) = (points.Objective, points.Middle);
        var (start, least) = (first.X, LossRounding.Clear(first.Loss, at.Value));
        var unseen = double.Max(least, LossRounding.ClearOfFirst(first.Loss));
        if (f is ILeastSquares && at.Value <= unseen) return null; // no sum of squares is lower by as much
        var sizes = f.Bounds.Sizes(at.X, start);
        var rise = 0.0; // of the loss, near along the last direction
        var ways = new LevelDirections(f, at, start, sizes, double.Max(double.Abs(at.Value), double.Abs(first.Loss)));
        var (slight, isCurvedUpwards) = ways.SlightlyCurved(hessian(at), unseen);
        foreach (var direction in ways.Ahead(arrival)
            .Concat(arrival.Slightest is { } slightest ? [slightest] : []).Concat(slight).Concat(ways.UnmovedAlone()))
        {
            if ((Along(1, direction) ?? Along(-1, direction)) is { } lower) return lower;
        }

        foreach (var direction in ways.Inwards())
        {
            if (Along(1, direction) is { } lower) return lower;
        }

        var free = f.Bounds.Between(at.X);
        foreach (var (direction, most) in ways.UnmovedTogether(free))
        {
            if ((Along(1, direction, most) ?? Along(-1, direction, most)) is { } lower) return lower;
        }

        isCurvedUpwards |= arrival.IsCurvedUpwards;
        if (isCurvedUpwards && !ways.IsAnyUnheld) return null;
        double[] rises = new double[at.X.Count];
        foreach (var i in isCurvedUpwards ? [] : free.Take(LevelDirections.MostVariables))
        {
            foreach (var sign in (int[])[1, -1])
            {
                if (Along(sign, Vector.Zero(at.X.Count).With(i, sizes[i])) is { } lower) return lower;
                rises[i] = double.Max(rises[i], rise);
            }
        }

        // one that makes the loss rise much hides what the others do
        var slowest = double.Max(least, free.Select(i => rises[i]).DefaultIfEmpty(0).Min());
        double[] parts = [.. rises.Select(each => each > slowest ? double.Sqrt(slowest / each) : 1)];
        foreach (var (direction, most) in ways.Together(free, parts))
        {
            if ((Along(1, direction, most) ?? Along(-1, direction, most)) is { } lower) return lower;
        }

        return null;

        Point? Along(double sign, Vector direction, double most = Farther)
        {
            rise = 0;
            for (var part = Near; part <= most; part *= 10) // on while the loss is level
            {
                var there = points.At(at.X + Visible(sign * part, direction));
                if (there.X.Equals(at.X)) return null;
                var change = there.Value - at.Value;
                if (part == Near) rise = change;
                if (-change > least) return there;
                if (!(change <= least)) return null;
            }

            return null;
        }

        // a variable that has come to next to nothing is at 0 but for rounding: less than that of its size shows nothing
        Vector Visible(double by, Vector direction) => Vector.Wrap(
            [.. direction.Zip(sizes, (d, size) => double.Abs(by * d) > Rounding * size ? by * d : 0)]);
    }
}
