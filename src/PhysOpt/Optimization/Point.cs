using System.Runtime.ExceptionServices;

namespace PhysOpt.Optimization;

/// <summary>A point with what is known there. Whatever is asked for is computed once and kept: no point is evaluated twice.</summary>
/// <remarks>
/// What a function comes to is one of three: a value, a value that is not finite, and a failure. Where it failed, value and gradient are
/// NaN, so that methods treat the two last alike; the error is kept for the loop.
/// </remarks>
public sealed class Point
{
    Func<Point, Vector>? gradientAt; // until it was asked for: it holds on to the functions of a whole run
    Vector? gradient;

    internal Point(Vector x, Vector? y, double value, Func<Point, Vector> gradientAt, Vector? gradient = null) =>
        (X, Y, Value, this.gradientAt, this.gradient) = (x, y, value, gradientAt, gradient);

    /// <summary>A point where a function failed.</summary>
    internal Point(Vector x, EvaluationException failure) => (X, Value, Failure) = (x, double.NaN, failure);

    /// <summary>x.</summary>
    public Vector X { get; }

    /// <summary>y(x); null where the objective has no physics, or a function failed.</summary>
    public Vector? Y { get; }

    /// <summary>L(y(x)); NaN where a function failed.</summary>
    public double Value { get; }

    /// <summary>dL/dx, computed when first asked for; NaN in every component where a function failed.</summary>
    public Vector Gradient
    {
        get
        {
            if (gradient is null) (gradient, gradientAt) = (Failure is null ? Computed() : Nowhere, null);
            return gradient;
        }
    }

    /// <summary>dL/dx if it was asked for already, otherwise null.</summary>
    internal Vector? KnownGradient => gradient;

    /// <summary>What a function failed with, at the point or in its gradient there; null where none did.</summary>
    internal EvaluationException? Failure { get; private set; }

    /// <summary>Throws what a function failed with, for whoever needs just this point.</summary>
    internal void ThrowIfFailed()
    {
        if (Failure is not null) ExceptionDispatchInfo.Throw(Failure);
    }

    Vector Nowhere => Vector.Wrap([.. Enumerable.Repeat(double.NaN, X.Count)]);

    Vector Computed()
    {
        try
        {
            return gradientAt!(this);
        }
        catch (EvaluationException failure) when (!failure.EndsRun)
        {
            Failure = failure;
            return Nowhere;
        }
    }
}
