namespace PhysOpt.Optimization;

/// <summary>Over a step along which the slope is linear, the loss changes by the mean of its two slopes times the step.</summary>
/// <remarks>
/// Where it does not, as on the way back from where the loss had overshot, the change of the slope over the step tells no
/// curvature of here.
/// </remarks>
internal static class MeanSlope
{
    const double Much = 1e-3; // of the loss, that a step changes it by
    const double FarFromLinear = 0.25; // of what the mean slope explains: 0.2 where x halves in x^4

    /// <summary>By how much the mean slope says that the loss is lower after a step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="before">The gradient before it.</param>
    /// <param name="after">The gradient after it.</param>
    internal static double Gain(Vector step, Vector before, Vector after) => -(step.Dot(before) / 2 + step.Dot(after) / 2);

    /// <summary>True for a step that changes the loss by much, and by other than its mean slope explains.</summary>
    /// <param name="change">By how much the loss is lower after it.</param>
    /// <param name="explained">By how much the mean slope says it is.</param>
    /// <param name="loss">The loss after it.</param>
    internal static bool IsFarFrom(double change, double explained, double loss) =>
        double.Abs(explained) > Much * double.Abs(loss) && double.Abs(change - explained) > FarFromLinear * double.Abs(explained);
}
