using PhysOpt.Functions;
using PhysOpt.Problems;

namespace PhysOpt.Optimization;

/// <summary>Looks for a jump of the functions beside the point where a run got stuck: no step of a smooth model gets past one.</summary>
internal static class JumpNearby
{
    const double Distance = 1e-6; // of the size of a variable
    const double Beyond = 0.01; // of the change over the distance: a smooth function changes as much before and behind
    const double Certain = 1e4; // roundings
    const int MostVariables = 32, MostRecordings = 4;

    /// <summary>What jumps, in words; null where nothing is found, or nothing is traced.</summary>
    /// <param name="point">Where the run ended.</param>
    /// <param name="parts">The functions, uncounted.</param>
    /// <param name="problem">The problem: where the run began, and how its variables are called.</param>
    internal static string? At(Point point, TracedParts parts, OptimizationProblem problem)
    {
        var (physics, loss) = (parts.Physics, parts.Loss);
        if (point.X.Count > MostVariables || (physics?.Explained ?? loss.Explained) is null) return null;
        var sizes = VariableSizes.Of(point.X, problem.InitialGuess);
        double[] here = [.. point.Y ?? Enumerable.Empty<double>(), point.Value];
        // the run has been on both sides of a jump: where everything has to be recorded anew there is none that it knows of
        var most = parts.RecordingCount + MostRecordings;
        for (var i = 0; i < point.X.Count && parts.RecordingCount <= most; i++)
        {
            Vector Beside(double steps) => point.X.With(i, point.X[i] + steps * Distance * sizes[i]);
            var (left, right) = (Values(Beside(-1)), Values(Beside(1)));
            if (JumpIn(here, right, Values(Beside(2)), left) is { } up && Between(Beside(1)) is { } above) return Words(up, above);
            if (JumpIn(here, left, Values(Beside(-2)), right) is { } down && Between(Beside(-1)) is { } below) return Words(down, below);
        }

        return null;

        // y, and L after it: where two outputs are equally far from a target, L does not jump with them
        double[] Values(Vector x)
        {
            var y = physics?.EvaluateUncounted(x);
            return [.. y ?? Enumerable.Empty<double>(), loss.EvaluateUncounted(y ?? x)[0]];
        }

        string Name(int i) => VariableWords.Component(i, problem.Variables);

        string? Between(Vector x) => physics is null ? loss.Explained?.Between(point.X, x)?.Sentence(Name)
            : physics.Explained?.Between(point.X, x)?.Sentence(Name)
                ?? loss.Explained?.Between(point.Y!, physics.EvaluateUncounted(x))?.Sentence(i => $"y[{i}]");
    }

    /// <summary>By how much one of the values jumps between here and there, if it does; the neighbours lie one step further each.</summary>
    static double? JumpIn(double[] here, double[] there, double[] behind, double[] before)
    {
        for (var k = 0; k < here.Length; k++)
        {
            var change = double.Abs(there[k] - here[k]);
            if (change > Certain * LossRounding.Of(here[k]) && double.Abs(behind[k] - there[k]) <= Beyond * change
                && double.Abs(here[k] - before[k]) <= Beyond * change) return change;
        }

        return null;
    }

    static string Words(double jump, string what) => FormattableString.Invariant($"the function jumps here, by {jump:G3}: {what}");
}
