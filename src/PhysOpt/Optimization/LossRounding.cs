using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>
/// What of a loss cannot be told from rounding, in units of the loss; no unit of x or of the loss changes what it decides.
/// </summary>
/// <remarks>
/// The loss itself is rounded, to eps |L|; and x is, to eps times its size, which the gradient passes on to the loss. The size of a
/// variable is the largest that it has had in the run: a minimum at zero is as good as a number that has been there can be told from zero.
/// Higham (2002), "Accuracy and stability of numerical algorithms", section 1.6; Dennis and Schnabel (1983), section 7.2.
/// </remarks>
/// <param name="start">Where the run begins.</param>
internal sealed class LossRounding(Vector start)
{
    const double OfValue = 4, OfVariables = 4; // roundings

    readonly double[] sizes = [.. start.Select(double.Abs)];

    /// <summary>The rounding of the loss L.</summary>
    internal static double Of(double loss) => OfValue * Precision.MachineEpsilon * double.Abs(loss);

    /// <summary>The rounding of the loss at a point of the run, whose gradient is known or will be asked for.</summary>
    internal double At(Point point) => Of(point.Value) + OfVariables * Precision.MachineEpsilon
        * SpanKernel.SumOfSizes(point.Gradient.AsSpan(), point.X.AsSpan(), sizes);
}
