using PhysOpt.Functions;
using PhysOpt.Tracing;
using PhysOpt.Tracing.Recording;

namespace PhysOpt.Tests.Problems;

/// <summary>Problems from functions that are written once, in tracers: their first and second derivatives are exact.</summary>
internal static class Recorded
{
    /// <summary>The sum of the squares of residuals, which are tracers or numbers.</summary>
    internal static ReferenceProblem Least(string name, double[] start, Func<TracedNumber[], IEnumerable<object>> residuals,
        double minimum = 0) =>
        new(new(name, Function(start, residuals), new SquaredDistance(), new Vector(start)), minimum);

    /// <summary>A scalar function without residuals.</summary>
    internal static ReferenceProblem Scalar(string name, double[] start, Func<TracedNumber[], TracedNumber> f, double minimum = 0) =>
        new(new(name, null, Function(start, x => [f(x)]), new Vector(start)), minimum);

    internal static TracedFunction Function(double[] at, Func<TracedNumber[], IEnumerable<object>> f)
    {
        return new(Record(at), x => Record(x.ToArray()));

        Graph Record(double[] x)
        {
            var recorder = new Recorder(x);
            return recorder.Finish([.. f(recorder.Inputs)]);
        }
    }

    internal static TracedNumber Sum(this IEnumerable<TracedNumber> terms) => terms.Aggregate((a, b) => a + b);

    internal static TracedNumber Squared(this TracedNumber x) => x * x;
}

/// <summary>A problem, the least value of its loss, and what else a search from its start may truly end at.</summary>
/// <param name="Problem">The problem with its usual start.</param>
/// <param name="Minimum">f*.</param>
internal sealed record ReferenceProblem(OptimizationProblem Problem, double Minimum)
{
    /// <summary>Losses of other local minima, or the infimum along a valley that goes to infinity.</summary>
    internal IReadOnlyList<(double Loss, string What)> Others { get; init; } = [];

    internal string Name => Problem.Name;

    /// <summary>With another local minimum that is known.</summary>
    internal ReferenceProblem Or(double loss, string what) => this with { Others = [.. Others, (loss, what)] };

    /// <summary>The same within bounds; null for none.</summary>
    internal ReferenceProblem Within(string name, double[] start, double[]? lower, double[]? upper, double? minimum = null) => new(
        new(name, Problem.Physics, Problem.Loss, new Vector(start), lowerBound: lower is null ? null : new(lower), upperBound: upper is null
            ? null : new(upper)),
        minimum ?? Minimum);

    /// <summary>True when a loss is the minimum within 1e-8, or 1e-6 of it.</summary>
    internal bool IsReachedBy(double loss) => IsNear(loss, Minimum);

    /// <summary>True when a loss is the minimum or another value that is known, within 1e-8, or 1e-6 of it.</summary>
    internal bool IsExplainedBy(double loss) => IsReachedBy(loss) || Others.Any(other => IsNear(loss, other.Loss));

    static bool IsNear(double loss, double value) => double.Abs(loss - value) <= double.Max(1e-8, 1e-6 * double.Abs(value));

    public override string ToString() => Name;
}
