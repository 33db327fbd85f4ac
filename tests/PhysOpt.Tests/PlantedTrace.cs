using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Tests;

/// <summary>
/// A function with a trace in its place that may be wrong: once it is given up, the function itself answers, without derivatives.
/// </summary>
/// <param name="itself">f(x), one number.</param>
/// <param name="trace">What the trace gives for f(x).</param>
/// <param name="slopes">The gradient that the trace gives.</param>
internal sealed class PlantedTrace(Func<Vector, double> itself, Func<Vector, double> trace, Func<Vector, Vector> slopes)
    : ITwiceDifferentiableMap, ILocallyDifferentiableMap, IConfirmableMap
{
    /// <summary>Where the function itself was asked to confirm, in order.</summary>
    internal List<Vector> Asked { get; } = [];

    /// <summary>Why the trace was given up; null while it is in use.</summary>
    internal string? Why { get; private set; }

    /// <summary>Where a slope was confirmed last.</summary>
    internal Vector? SlopeAt { get; private set; }

    public int RecordingCount { get; set; }

    public string? WhyNotDifferentiable => Why;

    public bool RunsInPlaceAt(Vector x) => Why is null;

    public bool IsDifferentiableAt(Vector x) => Why is null;

    public ValueConfirmation Confirm(Vector x)
    {
        if (Why is not null) return default;
        var (own, traced) = (EvaluateItself(x), trace(x));
        if (traced.Equals(own[0]) || double.Abs(traced - own[0]) <= 1e-12 * double.Abs(own[0])) return new(own, null);
        Why = FormattableString.Invariant($"It gives {own[0]:R}, but {traced:R} when it is traced, at x = {x:G6}");
        return new(own, Why);
    }

    public Vector EvaluateItself(Vector x)
    {
        Asked.Add(x);
        return new(itself(x));
    }

    public void NoteSlope(Vector x) => SlopeAt = x;

    public void GiveUp(string why) => Why = why;

    public Vector Evaluate(Vector x) => new(Why is null ? trace(x) : itself(x));

    public Matrix Jacobian(Vector x, Vector y) => new(1, x.Count, (_, j) => slopes(x)[j]);

    public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => w[0] * slopes(x);

    public Matrix WeightedHessian(Vector x, Vector y, Vector w)
    {
        var h = 1e-5;
        return new(x.Count, x.Count, (i, j) => w[0] * (slopes(x.With(j, x[j] + h))[i] - slopes(x.With(j, x[j] - h))[i]) / (2 * h));
    }
}
