using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;

namespace PhysOpt.Solving;

/// <summary>From a point at which a search can do nothing to one where it can.</summary>
/// <remarks>
/// One variable after the other goes through decades of its size, both ways and with both signs. It stays where the loss is lowest; where
/// it is nowhere lower but hardly depends on the variable, at the nearest value where the loss begins to change, in finer steps where these
/// show none. Where that is another plateau, as beyond the step of a sigmoid, halving leads to the slope in between. Twice around, since
/// one variable may matter only once another has moved: the amplitude of a peak far from all data. Where none matters alone all move.
/// </remarks>
/// <param name="f">The objective.</param>
/// <param name="start">Where the search began, for the sizes of variables.</param>
internal sealed class NewStart(IObjective f, Vector start)
{
    const int Rounds = 2, MostHalvings = 60, MostVariables = 30, MostDirections = 2;

    static readonly double[] Factors = [1e-6, 1e-5, 1e-4, 1e-3, 0.003, 0.01, 0.03, 0.1, 0.2, 0.5, 1.5, 2, 4, 10, 30, 100, 1000, 1e4, 1e6];

    /// <summary>A point at which the loss depends on more variables; null where no such step changes the loss.</summary>
    /// <param name="x">Where the loss hardly depends on some of them.</param>
    internal Vector? Steeper(Vector x)
    {
        var (best, hasMoved) = (f.At(x), false);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var i in FlatVariables.At(new(f, best), start).Variables)
            {
                if ((hasMoved && HasSlope(best, i)) || Along(best, i, isLowerOnly: false) is not { } next) continue;
                (best, hasMoved) = (next, true);
            }
        }

        return hasMoved ? best.X : Beside(x);
    }

    /// <summary>The lowest point along a few directions in which all variables move, by up to half their sizes; null where none is lower.
    /// </summary>
    /// <param name="x">A saddle, or where variables change the loss only together, as in x y z at 0.</param>
    internal Vector? Beside(Vector x)
    {
        var (from, sizes) = (f.At(x), VariableSizes.Of(x, start));
        int[] variables = [.. Enumerable.Range(0, x.Count)];
        return Enumerable.Range(0, MostDirections)
            .SelectMany(turn => SlopeDirections.OfBothProducts(x, sizes, variables, turn))
            .SelectMany(direction => Factors.TakeWhile(factor => factor < 1).SelectMany(factor => (double[])[factor, -factor])
                .Select(factor => f.At(f.Project(x.AddScaled(factor, direction)))))
            .Where(trial => from.Value - trial.Value > LossRounding.Of(from.Value))
            .MinBy(trial => trial.Value)?.X;
    }

    /// <summary>A lower point than where the search began; null where there are too many variables, or none is seen.</summary>
    /// <remarks>
    /// The variable that lowers the loss most moves first: one that only hides the others, an amplitude of 0, comes later.
    /// </remarks>
    internal Vector? Lower()
    {
        if (start.Count > MostVariables) return null;
        var best = f.At(start);
        for (var round = 0; round <= Rounds; round++)
        {
            var next = Enumerable.Range(0, start.Count).Select(i => Along(best, i, isLowerOnly: true)).OfType<Point>()
                .MinBy(each => each.Value);
            if (next is null) break;
            best = next;
        }

        return best.X.Equals(start) ? null : best.X;
    }

    bool HasSlope(Point at, int i) => double.IsFinite(at.Gradient[i])
        && double.Abs(at.Gradient[i]) * VariableSizes.Of(at.X, start)[i] > LossRounding.Of(at.Value);

    Point? Along(Point from, int i, bool isLowerOnly)
    {
        var size = VariableSizes.Of(from.X, start)[i];
        Point? lowest = null, nearest = null;
        Look(Factors.SelectMany(factor => (double[])[factor * size, -factor * size]).Append(0)
            .OrderBy(to => double.Abs(double.Log(double.Abs(to) / size)) + (double.Sign(to) == double.Sign(from.X[i]) ? 0 : 1)));
        if (isLowerOnly) return lowest;
        if (nearest is null)
        {
            Look(FlatVariables.Distances(isFine: true).SelectMany(distance =>
                (double[])[from.X[i] + distance * size, from.X[i] - distance * size]));
        }

        return (lowest ?? nearest) is not { } found ? null : HasSlope(found, i) ? found : Between(found) ?? found;

        void Look(IEnumerable<double> places)
        {
            foreach (var to in places)
            {
                var trial = f.At(f.Project(from.X.With(i, to)));
                if (!double.IsFinite(trial.Value)) continue;
                var change = trial.Value - from.Value;
                if (double.Abs(change) <= LossRounding.Of(from.Value)) continue;
                nearest ??= trial;
                if (change < 0 && (lowest is null || trial.Value < lowest.Value)) lowest = trial;
            }
        }

        Point? Between(Point beyond)
        {
            var (here, there) = (from.X[i], beyond.X[i]);
            for (var k = 0; k < MostHalvings; k++)
            {
                var middle = f.At(f.Project(from.X.With(i, here + (there - here) / 2)));
                if (double.Abs(middle.Value - from.Value) <= LossRounding.Of(from.Value)) here = middle.X[i];
                else if (HasSlope(middle, i)) return middle;
                else there = middle.X[i];
            }

            return null;
        }
    }
}
