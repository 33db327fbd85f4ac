namespace PhysOpt.Optimization;

/// <summary>Says by what a loss or a gradient came to be NaN or infinite: the operation in the script where a trace tells it.</summary>
internal static class WhyNotFinite
{
    /// <summary>What is not finite at a point, and why: "the loss is not finite at the start: 1 / $x[0] at line 2 ...".</summary>
    /// <param name="point">The point.</param>
    /// <param name="where">"at the start" and the like.</param>
    /// <param name="parts">The functions.</param>
    /// <param name="name">The name of a variable.</param>
    /// <param name="usesGradient">Whether the gradient is wanted too.</param>
    internal static string? Sentence(Point point, string where, TracedParts? parts, Func<int, string> name, bool usesGradient) =>
        At(point, parts, name, usesGradient) is not { } why ? null
            : $"{(!point.X.IsFinite ? "x" : double.IsFinite(point.Value) ? "the gradient" : "the loss")} is not finite {where}: {why}";

    /// <summary>The reason; null where nothing is wrong with the point.</summary>
    /// <param name="point">The point.</param>
    /// <param name="parts">The functions.</param>
    /// <param name="name">The name of a variable.</param>
    /// <param name="usesGradient">Whether the gradient is wanted too.</param>
    static string? At(Point point, TracedParts? parts, Func<int, string> name, bool usesGradient)
    {
        if (point.Failure is not null) return null;
        var (x, y) = (point.X, point.Y);
        if (!x.IsFinite) return $"{name(FirstOf(x))} is {Words(x[FirstOf(x)])}";
        if (y is { IsFinite: false })
        {
            var i = FirstOf(y);
            return parts?.Physics?.Explained?.NotFinite(x)?.Sentence(name) ?? $"y[{i}] is {Words(y[i])}";
        }

        var nameOfInput = y is null ? name : OfOutput;
        if (!double.IsFinite(point.Value))
        {
            return parts?.Loss.Explained?.NotFinite(y ?? x)?.Sentence(nameOfInput)
                ?? (double.IsNaN(point.Value) ? "the loss is NaN" : $"the loss is {Words(point.Value)}");
        }

        if (!usesGradient || point.Gradient is not { IsFinite: false } gradient) return null;
        return parts?.Loss.Explained?.NoSlope(y ?? x)?.Sentence(nameOfInput) ?? parts?.Physics?.Explained?.NoSlope(x)?.Sentence(name)
            ?? $"the derivative to {name(FirstOf(gradient))} is {Words(gradient[FirstOf(gradient)])}";
    }

    static string OfOutput(int i) => $"y[{i}]";

    static int FirstOf(Vector v)
    {
        var i = 0;
        while (double.IsFinite(v[i])) i++;
        return i;
    }

    static string Words(double value) => double.IsNaN(value) ? "NaN" : value > 0 ? "infinite" : "minus infinity";
}
