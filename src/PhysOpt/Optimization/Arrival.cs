namespace PhysOpt.Optimization;

/// <summary>How a run came to where it ends.</summary>
/// <param name="Step">The last step; null at a start.</param>
/// <param name="Before">The record before it; null where it is not known.</param>
internal readonly record struct Arrival(Vector? Step, IterationRecord? Before)
{
    /// <summary>A direction in which the loss hardly curves there, or downwards, one size long; null where none is known.</summary>
    internal Vector? Slightest { get; init; }

    /// <summary>True where the loss is known to curve upwards along every direction between the bounds.</summary>
    internal bool IsCurvedUpwards { get; init; }

    const double Vanished = 0.2; // of the slope before the step
    const double NotQuadratic = 0.1; // of what the mean slope explains: 1/3 where x^3 comes to 0

    /// <summary>True where the slopes at both ends of the step are those of one quadratic, which has a curvature.</summary>
    /// <param name="at">Where the run ended.</param>
    /// <param name="isExact">False for slopes of differences, which tell nothing of a step that the loss does not show.</param>
    internal bool IsCurved(Point at, bool isExact)
    {
        if (Step is null || Before?.Gradient is not { } slopes) return false;
        var explained = MeanSlope.Gain(Step, slopes, at.Gradient);
        var rounding = LossRounding.Of(double.Max(double.Abs(at.Value), double.Abs(Before.Loss)));
        if (!isExact && double.Abs(explained) <= rounding) return false;
        // towards x^3 = 0 Newton's steps halve, and each leaves a quarter of the slope: so far the curvature is that of a bowl
        if (double.Abs(Step.Dot(at.Gradient)) > Vanished * double.Abs(Step.Dot(slopes))) return false;
        return double.Abs(Before.Loss - at.Value - explained) <= NotQuadratic * double.Abs(explained) + rounding;
    }
}
