namespace PhysOpt.Optimization;

/// <summary>A point with what is known there. Whatever is asked for is computed once and kept: no point is evaluated twice.</summary>
public sealed class Point
{
    readonly Func<Point, Vector> gradientAt;
    Vector? gradient;

    internal Point(Vector x, Vector? y, double value, Func<Point, Vector> gradientAt) =>
        (X, Y, Value, this.gradientAt) = (x, y, value, gradientAt);

    /// <summary>x.</summary>
    public Vector X { get; }

    /// <summary>y(x); null where the objective has no physics.</summary>
    public Vector? Y { get; }

    /// <summary>L(y(x)).</summary>
    public double Value { get; }

    /// <summary>dL/dx, computed when first asked for.</summary>
    public Vector Gradient => gradient ??= gradientAt(this);
}
