namespace PhysOpt.Optimization;

/// <summary>
/// An objective for a method that needs its values alone: no test of the loop asks more of it, so that no derivative is ever computed.
/// </summary>
/// <param name="f">The objective.</param>
internal sealed class ValuesOnly(IObjective f) : IObjective
{
    /// <inheritdoc/>
    public Bounds Bounds => f.Bounds;

    /// <summary>The objective, as much of it as a method needs.</summary>
    internal static IObjective For<TFunction>(TFunction f) where TFunction : class, IObjective =>
        typeof(TFunction) == typeof(IObjective) ? new ValuesOnly(f) : f;

    /// <inheritdoc/>
    public Point At(Vector x) => f.At(x);

    /// <inheritdoc/>
    public Vector Project(Vector x) => f.Project(x);

    bool IObjective.IsLeast(Point point) => f.IsLeast(point);
}
