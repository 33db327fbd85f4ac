namespace PhysOpt.Optimization;

/// <summary>A point with what is known there. Whatever is asked for is computed once and kept: no point is evaluated twice.</summary>
public sealed class Point
{
    Func<Point, Vector>? gradientAt; // until it was asked for: it holds on to the functions of a whole run
    Vector? gradient;

    internal Point(Vector x, Vector? y, double value, Func<Point, Vector> gradientAt, Vector? gradient = null) =>
        (X, Y, Value, this.gradientAt, this.gradient) = (x, y, value, gradientAt, gradient);

    /// <summary>x.</summary>
    public Vector X { get; }

    /// <summary>y(x); null where the objective has no physics.</summary>
    public Vector? Y { get; }

    /// <summary>L(y(x)).</summary>
    public double Value { get; }

    /// <summary>dL/dx, computed when first asked for.</summary>
    public Vector Gradient
    {
        get
        {
            if (gradient is null) (gradient, gradientAt) = (gradientAt!(this), null);
            return gradient;
        }
    }

    /// <summary>dL/dx if it was asked for already, otherwise null.</summary>
    internal Vector? KnownGradient => gradient;
}
