using PhysOpt.Functions;
using PhysOpt.Optimization;

namespace PhysOpt.Solving;

/// <summary>From a point at which the loss hardly depends on some variables to one where it does.</summary>
/// <remarks>
/// One variable after the other goes through decades of its size, both ways and with both signs. It stays where the loss is lowest; where
/// it is nowhere lower, at the nearest value where the loss begins to change, in finer steps where these show none. Twice around, since one
/// variable may matter only once another has moved: the amplitude of a peak far from all data.
/// </remarks>
internal static class FlatStart
{
    const int Rounds = 2;

    static readonly double[] Factors = [1e-6, 1e-5, 1e-4, 1e-3, 0.003, 0.01, 0.03, 0.1, 0.2, 0.5, 1.5, 2, 4, 10, 30, 100, 1000, 1e4, 1e6];

    /// <summary>The point; null where no such step changes the loss.</summary>
    /// <param name="f">The objective.</param>
    /// <param name="x">Where the loss is flat.</param>
    /// <param name="start">Where the search began, for the sizes of variables.</param>
    internal static Vector? Move(IObjective f, Vector x, Vector start)
    {
        var from = f.At(x);
        var (best, hasMoved) = (from, false);
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var i in FlatVariables.At(f, best, start).Variables)
            {
                if (Along(i) is not { } next) continue;
                (best, hasMoved) = (next, true);
            }
        }

        return hasMoved ? best.X : null;

        Point? Along(int i)
        {
            var size = VariableSizes.Of(best.X, start)[i];
            Point? lowest = null, nearest = null;
            Look(Factors.SelectMany(factor => (double[])[factor * size, -factor * size]).Append(0)
                .OrderBy(to => double.Abs(double.Log(double.Abs(to) / size)) + (double.Sign(to) == double.Sign(best.X[i]) ? 0 : 1)));
            if (nearest is null)
            {
                Look(FlatVariables.Distances(isFine: true).SelectMany(distance =>
                    (double[])[best.X[i] + distance * size, best.X[i] - distance * size]));
            }

            return lowest ?? nearest;

            void Look(IEnumerable<double> places)
            {
                foreach (var to in places)
                {
                    var trial = f.At(f.Project(best.X.With(i, to)));
                    if (!double.IsFinite(trial.Value)) continue;
                    var change = trial.Value - best.Value;
                    if (double.Abs(change) <= LossRounding.Of(best.Value)) continue;
                    nearest ??= trial;
                    if (change < 0 && (lowest is null || trial.Value < lowest.Value)) lowest = trial;
                }
            }
        }
    }
}
