using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>
/// The end of a method that has no model of its own but its steps: what the curvature along the last step lets the gradient gain, g'g
/// s's / (2 s'y), with y the change of the gradient over the step s.
/// </summary>
/// <remarks>
/// The length of a step is no evidence, for it is what somebody chose. s's / s'y is the reciprocal of a curvature that was seen (Barzilai
/// and Borwein 1988, (5)): the smallest one, once the others have died down. Neither a unit of x nor one of the loss matters. A step over
/// which the slope is far from linear tells no curvature of here (<see cref="MeanSlope"/>).
/// </remarks>
internal static class FirstOrderEnd
{
    const double Noise = 64 * Precision.MachineEpsilon; // of a change of the gradient, in its own size

    /// <summary>What the gradient promises; infinite where the last step told no curvature.</summary>
    /// <param name="now">The iteration.</param>
    /// <param name="previous">The one before.</param>
    /// <param name="bounds">The bounds: a variable that steepest descent holds against one gains nothing.</param>
    internal static double Promise(IterationRecord now, IterationRecord previous, Bounds bounds)
    {
        ReadOnlySpan<double> x = now.X.AsSpan(), from = previous.X.AsSpan();
        ReadOnlySpan<double> g = now.Gradient!.AsSpan(), before = previous.Gradient!.AsSpan();
        var (squares, length, curvature, sizes, explained) = (0.0, 0.0, 0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            explained -= (x[i] - from[i]) * (g[i] / 2 + before[i] / 2);
            if (bounds.Exist && (g[i] > 0 ? x[i] <= bounds.Lower[i] : g[i] < 0 && x[i] >= bounds.Upper[i])) continue;
            var step = x[i] - from[i];
            squares += g[i] * g[i];
            length += step * step;
            curvature += step * (g[i] - before[i]);
            sizes += double.Abs(step) * (double.Abs(g[i]) + double.Abs(before[i]));
        }

        if (MeanSlope.IsFarFrom(previous.Loss - now.Loss, explained, now.Loss)) return double.PositiveInfinity;
        return curvature > Noise * sizes ? squares / curvature * length / 2 : double.PositiveInfinity;
    }
}
