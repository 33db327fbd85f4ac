using PhysOpt.Functions;

namespace PhysOpt.Optimization;

/// <summary>
/// Tells a minimum that is far from the start from none at all: 1/x and atan(-x) go on falling, by less and less, until no slope is seen.
/// </summary>
/// <remarks>
/// Where a variable is ten thousand times its size at the start, the loss is asked further out. At a minimum it rises; where it never does,
/// up to ten times as far, the run has gone after a limit that no x attains. Where so far no change is seen, further away decides, as far
/// as the largest variable at least: what is next to nothing has no size of its own.
/// </remarks>
internal static class RunawayVariables
{
    const double Far = 1e4; // of the sizes at the start
    const double Several = 4; // roundings of the loss, which differences leave
    const double Enough = 10; // times as far, where the loss is seen to fall
    const int MostAsked = 16;

    static readonly double[] factors = [1.001, 1.1, 2, .. FlatVariables.Distances(isFine: false).Where(each => each >= Enough)];

    /// <summary>The variables that went so far, and beyond which the loss does not rise, each by itself or all together.</summary>
    /// <param name="points">The points around where a run would end.</param>
    /// <param name="start">Where the run began.</param>
    internal static IReadOnlyList<int> At(NearbyPoints points, Vector start)
    {
        var at = points.Middle;
        if (points.Objective.IsLeast(at)) return [];
        var sizes = VariableSizes.Of(start, null);
        int[] far = [.. Enumerable.Range(0, at.X.Count).Where(i => double.Abs(at.X[i]) > Far * sizes[i]).Take(MostAsked)];
        int[] alone = [.. far.Where(i => RunOn(i))];
        return alone.Length > 0 || far.Length < 2 || !RunOn(far) ? alone : far; // along a valley only together

        bool RunOn(params int[] variables)
        {
            var (lowest, clear) = (at.Value, Several * LossRounding.Of(at.Value));
            var toLargest = at.X.InfinityNorm / variables.Max(i => double.Abs(at.X[i]));
            foreach (var factor in toLargest > factors[^1] ? factors.Append(toLargest) : factors)
            {
                if (factor > Enough && at.Value - lowest > clear) break;
                var x = at.X.ToArray();
                foreach (var i in variables) x[i] *= factor;
                var beyond = points.At(Vector.Wrap(x));
                if (!(beyond.Value - lowest <= clear)) return false;
                if (variables.Any(i => beyond.X[i] != x[i])) return at.Value - beyond.Value > clear; // a bound: there is a minimum
                lowest = beyond.Value;
            }

            return true;
        }
    }
}
