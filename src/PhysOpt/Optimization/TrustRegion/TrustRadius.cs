namespace PhysOpt.Optimization.TrustRegion;

/// <summary>How the radius of a trust region follows the ratio of actual to predicted reduction.</summary>
internal static class TrustRadius
{
    /// <summary>The ratio from which on a prediction is good. Nocedal and Wright (2006), algorithm 4.1.</summary>
    internal const double Good = 0.75;

    const double Poor = 0.25, Excellent = 0.95; // ratios
    const double Least = 0.1, Most = 0.5; // of a radius that shrinks
    const double Largest = double.MaxValue / 4; // a step that overflows would be no step

    /// <summary>
    /// Where the parabola through the loss, its slope and the trial is lowest, as a part of the step, from 0.1 to 0.5. More (1978), section
    /// 4; Dennis and Schnabel (1983), section 6.4.3.
    /// </summary>
    /// <param name="slope">The derivative of the loss along the step.</param>
    /// <param name="rise">The loss at the end of the step less that at its start.</param>
    /// <param name="otherwise">The part where there is no such parabola.</param>
    internal static double PartToMinimum(double slope, double rise, double otherwise)
    {
        var minimum = slope / (2 * (slope - rise));
        return double.IsFinite(rise) && double.IsFinite(minimum) ? double.Clamp(minimum, Least, Most) : otherwise;
    }

    /// <summary>The radius after a step that did worse than predicted. More (1978), section 4.</summary>
    internal static double Shrunk(double radius, double length, double slope, double rise) =>
        PartToMinimum(slope, rise, Least) * double.Min(radius, 10 * length);

    /// <summary>The radius after an accepted step: twice its length where that may help. More (1978), algorithm (7.1), (d).</summary>
    /// <param name="radius">The radius.</param>
    /// <param name="length">The length of the step.</param>
    /// <param name="isNewton">True when the radius did not keep it short.</param>
    /// <param name="ratio">Its ratio.</param>
    /// <param name="shrunk">The radius where the ratio is poor.</param>
    internal static double More(double radius, double length, bool isNewton, double ratio, double shrunk) =>
        ratio <= Poor ? shrunk : isNewton ? 2 * length : ratio >= Good ? double.Max(radius, 2 * length) : radius;

    /// <summary>
    /// The radius after an accepted step. Nocedal and Wright (2006), algorithm 4.1, and four times the radius at a ratio of almost 1.
    /// </summary>
    /// <param name="radius">The radius.</param>
    /// <param name="length">The length of the step.</param>
    /// <param name="ratio">Its ratio.</param>
    /// <param name="mayGrow">True when the radius is what kept it short.</param>
    internal static double NocedalWright(double radius, double length, double ratio, bool mayGrow) => double.Min(Largest, ratio switch
    {
        < Poor => length / 4,
        > Excellent when mayGrow => 4 * radius,
        > Good when mayGrow => 2 * radius,
        _ => radius,
    });
}
