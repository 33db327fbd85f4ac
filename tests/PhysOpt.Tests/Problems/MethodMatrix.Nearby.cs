using PhysOpt.LinearAlgebra;
using PhysOpt.Solving;

namespace PhysOpt.Tests.Problems;

internal static partial class MethodMatrix
{
    static readonly string[] ofResiduals = ["GaussNewton", "LevenbergMarquardt", "HalfInverseGradient", "InverseSimulator"];

    /// <summary>Find-Minimum, which chooses for itself, and all methods.</summary>
    internal static TheoryData<string> Searches() => ["Find-Minimum", .. MethodRegistry.All.Select(each => each.Name)];

    /// <summary>The method of a search; null for the one that chooses.</summary>
    internal static MethodEntry? MethodOf(string search) => search == "Find-Minimum" ? null : MethodRegistry.Require(search);

    /// <summary>True for a search that needs residuals.</summary>
    internal static bool NeedsResiduals(string search) => ofResiduals.Contains(search);

    /// <summary>The same of a result, but where the method keeps no bounds and has left them.</summary>
    internal static void AssertNoneLowerNearby(OptimizationProblem problem, OptimizationResult result, object what)
    {
        if (!result.X.Equals(result.X.Clamp(problem.LowerBound, problem.UpperBound))) return;
        try
        {
            AssertNoneLowerNearby(problem, result.Status, result.X, result.Loss);
        }
        catch (Xunit.Sdk.XunitException exception)
        {
            throw new InvalidOperationException($"{what}: {result.Message}", exception);
        }
    }

    /// <summary>
    /// Where a run says that it has found a minimum, no point nearby is lower: 1e-6 to 1e-3 of the size of the variables away, along each
    /// axis and in random directions, within the bounds. Lower is what 1e-9 of the loss and 1e-14 of the loss at the start do not explain.
    /// </summary>
    internal static void AssertNoneLowerNearby(OptimizationProblem problem, TerminationReason status, Vector x, double loss)
    {
        if (!status.IsConverged() || status == TerminationReason.LossTarget) return;
        var (n, start) = (x.Count, problem.InitialGuess);
        var sizes = x.Select((value, i) => double.Max(double.Abs(value), double.Abs(start[i])) is var size and > 0 ? size : 1).ToArray();
        var tolerance = 1e-9 * double.Abs(loss) + 1e-14 * double.Abs(Value(start));
        var random = new Random(1);
        var directions = Enumerable.Range(0, int.Min(n, 20))
            .Select(axis => Enumerable.Range(0, n).Select(i => i == axis ? 1.0 : 0).ToArray())
            .Concat(Enumerable.Range(0, 20).Select(_ => Enumerable.Range(0, n).Select(_ => 2 * random.NextDouble() - 1).ToArray()));
        foreach (var direction in directions)
        {
            foreach (var length in (double[])[1e-6, -1e-6, 1e-5, -1e-5, 1e-4, -1e-4, 1e-3, -1e-3])
            {
                var trial = new Vector(x.Select((value, i) => value + length * sizes[i] * direction[i]))
                    .Clamp(problem.LowerBound, problem.UpperBound);
                var value = Value(trial);
                Assert.False(
                    value < loss - tolerance,
                    FormattableString.Invariant($"{status} at {loss:R}, but {value:R} at {length} of x along ")
                        + string.Join(", ", direction.Take(8)));
            }
        }

        double Value(Vector at) => problem.Loss.Evaluate(problem.Physics?.Evaluate(at) ?? at)[0];
    }
}
