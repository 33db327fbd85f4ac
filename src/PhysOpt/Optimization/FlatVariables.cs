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
/// each group.
/// </remarks>
internal static class FlatVariables
{
    const double Negligible = 0.01; // of the rounding of the loss: slope times size
    const double Near = 0.1, Farthest = 1e10; // of the size of a variable
    const double Next = 1e-8; // to nothing, beside the largest variable
    const int MostGroups = 16, MostFound = 16, MostNamed = 4;

    /// <summary>The variables on which the loss does not depend at a point, but does elsewhere.</summary>
    /// <param name="f">The objective.</param>
    /// <param name="at">The point, with its gradient.</param>
    /// <param name="start">Where the run began.</param>
    internal static List<int> At(IObjective f, Point at, Vector start)
    {
        if (at.Value == 0 && f is ILeastSquares) return []; // no sum of squares is lower
        var sizes = VariableSizes.Of(at.X, start);
        var common = sizes.InfinityNorm;
        List<int> suspects = [.. Enumerable.Range(0, at.X.Count).Where(IsSuspect)];
        // one that only happens to be exactly at its minimum must not speak for the others
        var groups = suspects.Chunk(int.Max(1, (suspects.Count + MostGroups - 1) / MostGroups));
        return [.. groups.Where(IsLevel).SelectMany(group => group).Take(MostFound).Where(i => IsLevel([i]) && MattersElsewhere(i))];

        bool IsSuspect(int i)
        {
            var (g, x, bounds) = (at.Gradient[i], at.X[i], f.Bounds);
            if (double.Abs(g) * sizes[i] > Negligible * LossRounding.Of(at.Value)) return false;
            return !bounds.Exist
                || (bounds.Lower[i] < bounds.Upper[i] && !(g > 0 && x <= bounds.Lower[i]) && !(g < 0 && x >= bounds.Upper[i]));
        }

        bool IsLevel(int[] variables) =>
            !Changes(variables, i => at.X[i] + Near * sizes[i]) && !Changes(variables, i => at.X[i] - Near * sizes[i])
            // what is next to nothing has no size of its own: that of the others acquits it too
            && (variables.All(i => sizes[i] > Next * common)
                || (!Changes(variables, i => at.X[i] + Near * common) && !Changes(variables, i => at.X[i] - Near * common)));

        // a bowl that is level at its bottom rises on both sides; a bound is a side that rises where it is nearer than the loss changes
        bool MattersElsewhere(int i) => (Beside(i, 1), Beside(i, -1)) is var (up, down)
            && !(up.IsLevel && down.IsLevel) && !(Rises(up, down) && Rises(down, up));

        static bool Rises(Side side, Side other) => side.IsBound ? side.Distance <= other.Distance : side.Change > 0;

        Side Beside(int i, int sign)
        {
            for (var distance = Near; distance <= Farthest; distance *= 10)
            {
                var wanted = at.X.With(i, at.X[i] + sign * distance * sizes[i]);
                var trial = f.Project(wanted);
                var way = double.Abs(trial[i] - at.X[i]);
                var change = way == 0 ? 0 : f.At(trial).Value - at.Value;
                if (!(double.Abs(change) <= LossRounding.Of(at.Value)))
                    return new(way, double.IsNaN(change) ? double.PositiveInfinity : change, IsBound: false);
                if (trial[i] != wanted[i]) return new(way, 0, IsBound: true);
            }

            return new(double.PositiveInfinity, 0, IsBound: false);
        }

        bool Changes(int[] variables, Func<int, double> to)
        {
            var x = at.X.ToArray();
            foreach (var i in variables) x[i] = to(i);
            var trial = f.Project(Vector.Wrap(x));
            return !trial.Equals(at.X) && !(double.Abs(f.At(trial).Value - at.Value) <= LossRounding.Of(at.Value));
        }
    }

    /// <summary>What lies on one side of a variable: where the loss first changes and by how much, or a bound before it does.</summary>
    readonly record struct Side(double Distance, double Change, bool IsBound)
    {
        internal bool IsLevel => Change == 0;
    }

    /// <summary>Their names, for a message.</summary>
    internal static string Names(List<int> variables, VariableNames? names) =>
        string.Join(", ", variables.Take(MostNamed).Select(i => VariableWords.Component(i, names)))
        + (variables.Count > MostNamed ? " and others" : "");
}
