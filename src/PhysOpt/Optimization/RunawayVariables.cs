using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>
/// Tells a minimum that is far from the start from none at all: 1/x and atan(-x) go on falling, by less and less, until no slope is seen.
/// </summary>
/// <remarks>
/// Where a variable is ten thousand times its size at the start, the loss is asked further out. At a minimum it rises; where it never does,
/// up to ten times as far, the run has gone after a limit that no x attains. Where so far no change is seen, further away decides, as far
/// as the largest variable at least: what is next to nothing has no size of its own. For a sum of squares the other variables are fitted
/// anew beside one that goes further: a exp(-b t) + c becomes a straight line as a and c go to infinity and b to nothing, along a valley
/// that no factor follows.
/// </remarks>
internal static class RunawayVariables
{
    const double Far = 1e4; // of the sizes at the start
    const double Several = 4; // roundings of the loss, which differences leave
    const double Enough = 10; // times as far, where the loss is seen to fall
    const int MostAsked = 16, MostVariables = 100, MostFits = 6;
    const double Noise = 10; // roundings of the residual, of which numbers that cancel leave more

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
        if (alone.Length > 0 || far.Length == 0) return alone;
        return (far.Length > 1 && RunOn(far)) || FallsWhereFitted() ? far : []; // along a valley only together

        bool FallsWhereFitted()
        {
            if (points.Objective is not ILeastSquares squares || at.X.Count is < 2 or > MostVariables) return false;
            var furthest = far.MaxBy(i => double.Abs(at.X[i]) / sizes[i]);
            int[] others = [.. Enumerable.Range(0, at.X.Count).Where(i => i != furthest)];
            // what rounding of y and t, in each component, makes of the sum of squares
            var residual = squares.Residual(at);
            var noise = Noise * Precision.MachineEpsilon * residual.Norm * (at.Y!.Norm + (at.Y - residual).Norm);
            var here = Fitted(squares, at, others);
            return factors.Where(factor => factor is >= 2 and <= Enough)
                .Select(factor => squares.At(squares.Project(at.X.With(furthest, factor * at.X[furthest]))))
                .Any(beyond => here - Fitted(squares, beyond, others) > noise);
        }

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

    /// <summary>The sum of squares after a few steps of Gauss and Newton in some variables.</summary>
    static double Fitted(ILeastSquares f, Point from, int[] variables)
    {
        for (var k = 0; k < MostFits && double.IsFinite(from.Value) && f.ResidualJacobian(from) is { IsFinite: true } jacobian; k++)
        {
            var step = Factorization.LeastSquares(jacobian.Columns(variables), f.Residual(from));
            var x = from.X.ToArray();
            for (var j = 0; j < variables.Length; j++) x[variables[j]] -= step[j];
            var next = f.At(f.Project(Vector.Wrap(x)));
            if (!(next.Value < from.Value)) break;
            from = next;
        }

        return from.Value;
    }
}
