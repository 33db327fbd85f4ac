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
/// gradient still does, so that no more may be left than a small part of what moving each variable by its size would change. Where the
/// rounding of x makes much of the loss itself, at a pole or far from all data, that the loss cannot tell is no evidence either.
/// </remarks>
/// <param name="start">Where the run begins.</param>
/// <param name="earlier">Where the search began that it is a part of; null for a run of its own.</param>
internal sealed class LossRounding(Vector start, Vector? earlier = null)
{
    const double OfValue = 4, OfVariables = 4; // roundings
    const double PartOfLoss = 1e-8, PartOfFirst = 1e-10; // the most that rounding may be, of the loss or of the first one,
    const double Overshot = 1e40, Several = 4; // unless that tells nothing of here
    const double ClearPart = 1e-10, ClearPartOfFirst = 1e-15;

    /// <summary>
    /// What an exact gradient may still promise beside the sum of |g_i| times the sizes: half of it is how far, in sizes, the variables are
    /// from where the model sees the minimum. Where a loss varies by its own size as x does, its rounding hides 1e-8.
    /// </summary>
    const double Part = 1e-5;

    readonly double[] sizes = [.. start.Select((x, i) => double.Max(double.Abs(x), double.Abs(earlier?[i] ?? 0)))];

    /// <summary>The rounding of the loss L.</summary>
    internal static double Of(double loss) => OfValue * Precision.MachineEpsilon * double.Abs(loss);

    /// <summary>The loss where the run, or the search that it is a part of, began; NaN where that is not known.</summary>
    internal double FirstLoss { get; set; } = double.NaN;

    /// <summary>True for a first loss that is so much larger that it tells nothing of here, as where an exponential had overshot.</summary>
    internal static bool IsOvershot(double first, double here) => here != 0 && double.Abs(first) > Overshot * double.Abs(here);

    /// <summary>By how much a loss is clearly lower, beside that here, and the first one where that tells something.</summary>
    internal static double Clear(double first, double here) =>
        double.Max(ClearPart * double.Abs(here), IsOvershot(first, here) ? 0 : ClearOfFirst(first));

    /// <summary>The part of the first loss that is clear of its rounding.</summary>
    internal static double ClearOfFirst(double first) => ClearPartOfFirst * double.Abs(first);

    /// <summary>The rounding of the loss at a point of the run, whose gradient is known or will be asked for.</summary>
    internal double At(Point point)
    {
        // where the start tells nothing of here, it tells no size of a variable either
        var slopes = IsOvershot(FirstLoss, point.Value)
            ? SpanKernel.AbsoluteDot(point.Gradient.AsSpan(), point.X.AsSpan()) : Slopes(point);
        var rounding = Of(point.Value) + OfVariables * Precision.MachineEpsilon * slopes;
        return double.Min(rounding, Most(point));
    }

    /// <summary>The most that may be left to gain at a minimum, whatever the loss cannot tell.</summary>
    /// <param name="point">A point of the run.</param>
    /// <param name="isExact">True where the gradient is exact, which then says it too.</param>
    internal double MostLeft(Point point, bool isExact) => isExact ? double.Min(Part * Slopes(point), Most(point)) : Most(point);

    /// <summary>The most that rounding may be.</summary>
    double Most(Point point) => double.IsNaN(FirstLoss) ? double.PositiveInfinity
        : IsOvershot(FirstLoss, point.Value) ? Several * double.Abs(point.Value)
        : double.Max(PartOfLoss * double.Abs(point.Value), PartOfFirst * double.Abs(FirstLoss));

    double Slopes(Point point) => SpanKernel.SumOfSizes(point.Gradient.AsSpan(), point.X.AsSpan(), sizes);
}

/// <summary>Where a run began, or the search that it is a part of.</summary>
/// <param name="X">The point.</param>
/// <param name="Loss">The loss there.</param>
internal sealed record SearchStart(Vector X, double Loss);
