using PhysOpt.LinearAlgebra;

namespace PhysOpt.Optimization;

/// <summary>
/// What of a loss cannot be told from rounding, in units of the loss; no unit of x or of the loss changes what it decides.
/// </summary>
/// <remarks>
/// The loss itself is rounded, to eps |L|; and x is, to eps times its size, which the gradient passes on to the loss. The size of a
/// variable is the largest that it has had in the run: a minimum at zero is as good as a number that has been there can be told from zero.
/// Higham (2002), "Accuracy and stability of numerical algorithms", section 1.6; Dennis and Schnabel (1983), section 7.2. Where the
/// gradient is exact, that the loss cannot tell is no evidence by itself: with a large number added to it, it can tell nothing. The
/// gradient still does, so that no more may be left than a small part of what moving each variable by its size would change.
/// </remarks>
/// <param name="start">Where the run begins.</param>
/// <param name="earlier">Where the search began that it is a part of; null for a run of its own.</param>
internal sealed class LossRounding(Vector start, Vector? earlier = null)
{
    const double OfValue = 4, OfVariables = 4; // roundings

    /// <summary>
    /// What an exact gradient may still promise beside the sum of |g_i| times the sizes: half of it is how far, in sizes, the variables are
    /// from where the model sees the minimum. Where a loss varies by its own size as x does, its rounding hides 1e-8.
    /// </summary>
    const double Part = 1e-5;

    readonly double[] sizes = [.. start.Select((x, i) => double.Max(double.Abs(x), double.Abs(earlier?[i] ?? 0)))];

    /// <summary>The rounding of the loss L.</summary>
    internal static double Of(double loss) => OfValue * Precision.MachineEpsilon * double.Abs(loss);

    /// <summary>The rounding of the loss at a point of the run, whose gradient is known or will be asked for.</summary>
    internal double At(Point point) => Of(point.Value) + OfVariables * Precision.MachineEpsilon * Slopes(point);

    /// <summary>The most that an exact gradient lets be left to gain at a minimum, whatever the loss cannot tell.</summary>
    internal double MostLeft(Point point) => Part * Slopes(point);

    double Slopes(Point point) => SpanKernel.SumOfSizes(point.Gradient.AsSpan(), point.X.AsSpan(), sizes);
}

/// <summary>Where a search began that a run is a part of.</summary>
/// <param name="X">The point.</param>
/// <param name="Loss">The loss there; null where it is not known yet.</param>
internal sealed record SearchStart(Vector X, double? Loss);
