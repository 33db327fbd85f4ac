using PhysOpt.Functions;
using PhysOpt.Problems;

namespace PhysOpt.Optimization;

/// <summary>
/// Tells a gradient that vanishes at a minimum from one that vanishes because the loss does not depend on a variable there.
/// </summary>
/// <remarks>
/// At a minimum a tenth of a variable more or less changes the loss. Where it does not, but further away it does, the gradient says
/// nothing: it is that of exp(-356), or of a peak far from all data. A variable on which the loss depends nowhere stands in nobody's way.
/// Looked at are only the variables whose slope is nothing beside the loss: at a minimum there are few, and one value acquits each, or
/// each group. Where the loss depends on no variable at all, it is looked for in finer steps, which find a peak whose width is a fifth of
/// its distance; a loss that changes nowhere is flat in all of them.
/// </remarks>
internal static class FlatVariables
{
    const double Negligible = 0.01; // of the rounding of the loss: slope times size
    const double Near = 0.1, Farthest = 1e10; // of the size of a variable
    const double Close = 1e-3, Closer = 1e-6; // where a lower loss shows that the point is no minimum
    const double Next = 1e-8; // to nothing, beside the largest variable
    const double Fine = 1.2, FineUpTo = 1e4; // the ratio of distances in finer steps
    const int MostGroups = 16, MostFound = 16, MostNamed = 4;

    /// <summary>The distances at which a change is looked for, in sizes of the variable.</summary>
    /// <param name="isFine">In finer steps.</param>
    internal static IEnumerable<double> Distances(bool isFine)
    {
        for (var distance = Near; distance <= Farthest; distance *= isFine && distance < FineUpTo ? Fine : 10) yield return distance;
    }

    /// <summary>What was seen of the variables whose slope is nothing.</summary>
    /// <param name="Variables">
    /// Those on which the loss does not depend at the point, but does elsewhere; or all of them, where it depends on none anywhere.
    /// </param>
    /// <param name="IsElsewhere">False where it depends on none anywhere.</param>
    /// <param name="Lower">One beside which the loss is lower, as at the edge of a step or an inflection; null where none is.</param>
    internal readonly record struct Findings(IReadOnlyList<int> Variables, bool IsElsewhere = true, int? Lower = null);

    /// <summary>Looks beside a point at the variables whose slope is nothing there.</summary>
    /// <param name="points">The points around one, whose gradient is known or will be asked for.</param>
    /// <param name="start">Where the run began.</param>
    /// <param name="knowsSlopes">False where the gradient must not be asked for: any variable may then be level.</param>
    internal static Findings At(NearbyPoints points, Vector start, bool knowsSlopes = true)
    {
        var (f, at) = (points.Objective, points.Middle);
        if (f.IsLeast(at)) return new([]);
        var sizes = VariableSizes.Of(at.X, start);
        var common = sizes.InfinityNorm;
        var all = new Vector(sizes.Select(_ => common));
        int? lower = null;
        List<int> suspects = [.. Enumerable.Range(0, at.X.Count).Where(IsSuspect)];
        // one that only happens to be exactly at its minimum must not speak for the others
        var groups = suspects.Chunk(int.Max(1, (suspects.Count + MostGroups - 1) / MostGroups));
        List<int> level = [.. groups.Where(IsLevel).SelectMany(group => group).Take(MostFound).Where(i => IsLevel([i]))];
        List<int> flat = [.. level.Where(i => Matters(Beside(i, 1, isFine: false), Beside(i, -1, isFine: false)))];
        if (at.X.Equals(start))
            lower ??= suspects.Take(MostFound).Where(i => IsLower([i], 1) || IsLower([i], -1)).Cast<int?>().FirstOrDefault();
        if (flat.Count > 0 || level.Count == 0 || level.Count < Enumerable.Range(0, at.X.Count).Count(IsFree))
            return new(flat, Lower: lower);
        List<(int Variable, Side Up, Side Down)> sides =
            [.. level.Select(i => (i, Beside(i, 1, isFine: true), Beside(i, -1, isFine: true)))];
        // between bounds that leave no room for a change every point is a minimum
        return sides.All(each => each.Up.IsLevel && each.Down.IsLevel && !(each.Up.IsBound && each.Down.IsBound))
            ? new(level, IsElsewhere: false)
            : new([.. sides.Where(each => Matters(each.Up, each.Down)).Select(each => each.Variable)], Lower: lower);

        bool IsSuspect(int i)
        {
            if (!knowsSlopes) return IsFree(i);
            var (g, x, bounds) = (at.Gradient[i], at.X[i], f.Bounds);
            if (double.Abs(g) * sizes[i] > Negligible * LossRounding.Of(at.Value)) return false;
            return IsFree(i) && (!bounds.Exist || (!(g > 0 && x <= bounds.Lower[i]) && !(g < 0 && x >= bounds.Upper[i])));
        }

        bool IsFree(int i) => !f.Bounds.Exist || f.Bounds.Lower[i] < f.Bounds.Upper[i];

        bool IsLevel(int[] variables) =>
            !Changes(variables, 1, Near, sizes) && !Changes(variables, -1, Near, sizes)
            // what is next to nothing has no size of its own: that of the others acquits it too
            && (variables.All(i => sizes[i] > Next * common)
                || (!Changes(variables, 1, Near, all) && !Changes(variables, -1, Near, all)));

        // a bowl that is level at its bottom rises on both sides; a bound is a side that rises where it is nearer than the loss changes
        static bool Matters(Side up, Side down) => !(up.IsLevel && down.IsLevel) && !(Rises(up, down) && Rises(down, up));

        static bool Rises(Side side, Side other) => side.IsBound ? side.Distance <= other.Distance : side.Change > 0;

        Side Beside(int i, int sign, bool isFine)
        {
            var bound = !f.Bounds.Exist ? double.PositiveInfinity
                : double.Abs((sign > 0 ? f.Bounds.Upper[i] : f.Bounds.Lower[i]) - at.X[i]);
            foreach (var distance in Distances(isFine).Append(2 * bound / sizes[i]).Where(double.IsFinite))
            {
                var wanted = at.X[i] + sign * distance * sizes[i];
                var trial = points.At(at.X.With(i, wanted));
                var way = double.Abs(trial.X[i] - at.X[i]);
                var change = way == 0 ? 0 : trial.Value - at.Value;
                if (!(double.Abs(change) <= LossRounding.Of(at.Value)))
                    return new(way, double.IsNaN(change) ? double.PositiveInfinity : change, IsBound: false);
                if (trial.X[i] != wanted) return new(way, 0, IsBound: true);
            }

            return new(double.PositiveInfinity, 0, IsBound: false);
        }

        bool Changes(int[] variables, int sign, double part, Vector of)
        {
            var change = Change(variables, sign * part, of);
            if (!(change < 0)) return change != 0;
            if (!IsLower(variables, sign)) return Change(variables, sign * Close, of) != 0; // level close by, and lower further away
            lower ??= variables[0];
            return true;
        }

        bool IsLower(int[] variables, int sign) =>
            Change(variables, sign * Close, sizes) < 0 || Change(variables, sign * Closer, sizes) < 0;

        // 0 where it cannot be told from rounding
        double Change(int[] variables, double part, Vector of)
        {
            var x = at.X.ToArray();
            foreach (var i in variables) x[i] += part * of[i];
            var trial = points.At(Vector.Wrap(x));
            var change = trial.X.Equals(at.X) ? 0 : trial.Value - at.Value;
            return double.Abs(change) <= LossRounding.Of(at.Value) ? 0 : change;
        }
    }

    /// <summary>
    /// A variable on one side of which the loss stays the same, to a tenth of its size and to all of it, while it changes on the other:
    /// where a slope has died away. Null where none is.
    /// </summary>
    /// <param name="points">The points around one.</param>
    /// <param name="start">Where the run began.</param>
    internal static int? OnOneSide(NearbyPoints points, Vector start)
    {
        var at = points.Middle;
        if (points.Objective.IsLeast(at)) return null;
        var sizes = VariableSizes.Of(at.X, start);
        for (var i = 0; i < int.Min(at.X.Count, MostFound); i++)
        {
            var (up, down) = (IsSame(i, Near), IsSame(i, -Near));
            if (up != down && IsSame(i, up ? 1 : -1)) return i;
        }

        return null;

        bool IsSame(int i, double part)
        {
            var wanted = at.X[i] + part * sizes[i];
            var trial = points.At(at.X.With(i, wanted));
            return trial.X[i] == wanted && double.Abs(trial.Value - at.Value) <= LossRounding.Of(at.Value);
        }
    }

    /// <summary>What lies on one side of a variable: where the loss first changes and by how much, or a bound before it does.</summary>
    readonly record struct Side(double Distance, double Change, bool IsBound)
    {
        internal bool IsLevel => Change == 0;
    }

    /// <summary>Their names, for a message.</summary>
    internal static string Names(IReadOnlyList<int> variables, VariableNames? names) =>
        string.Join(", ", variables.Take(MostNamed).Select(i => VariableWords.Component(i, names)))
        + (variables.Count > MostNamed ? " and others" : "");
}
