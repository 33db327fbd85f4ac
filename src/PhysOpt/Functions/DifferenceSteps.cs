namespace PhysOpt.Functions;

/// <summary>The steps of differences: those of x itself, and what was learned where these were too short or too long.</summary>
/// <remarks>
/// A variable that is not 0 is its own size; one that is 0 has a typical size: of the start, of its bounds, or else
/// 1. Dennis and Schnabel (1983), section 5.4. No rule knows a unit: with x, bounds and start in other units the steps are the same.
/// </remarks>
/// <param name="lower">Lower bounds of x, or null.</param>
/// <param name="upper">Upper bounds of x, or null.</param>
/// <param name="start">Where x starts; null where nothing is known.</param>
internal sealed class DifferenceSteps(Vector? lower, Vector? upper, Vector? start)
{
    /// <summary>The longest step of a first derivative, in sizes.</summary>
    const double Longest = 0.01;

    /// <summary>How far from where it was learned a step still holds, in steps.</summary>
    const double Validity = 1000;

    /// <summary>A variable is no smaller than this part of its start: below, it may be near 0 by chance.</summary>
    const double LeastPart = 1e-3;

    readonly Dictionary<int, (double At, double Step)> learned = [];

    /// <summary>The lower bound of a variable.</summary>
    internal double Lower(int i) => lower?[i] ?? double.NegativeInfinity;

    /// <summary>The upper bound of a variable.</summary>
    internal double Upper(int i) => upper?[i] ?? double.PositiveInfinity;

    /// <summary>Rounding may carry the outermost offset past a bound by one unit of the last place.</summary>
    internal double Within(int i, double from, double to) =>
        from < Lower(i) || from > Upper(i) ? to : double.Clamp(to, Lower(i), Upper(i));

    /// <summary>The size of a variable.</summary>
    internal double Size(double x, int i) => x != 0 ? double.Max(double.Abs(x), LeastPart * Start(i)) : Typical(i);

    /// <summary>The size of a variable by all that is known of it but its value.</summary>
    internal double Typical(int i)
    {
        var size = Start(i);
        if (size > 0) return size;
        var (least, most) = (double.Abs(Lower(i)), double.Abs(Upper(i)));
        size = double.IsFinite(least) && double.IsFinite(most) ? double.Max(least, most)
            : double.IsFinite(least) ? least : double.IsFinite(most) ? most : 0;
        return size > 0 ? size : 1;
    }

    /// <summary>The step of a first derivative.</summary>
    internal double First(double x, int i) => Learned(x, i) ?? DifferenceStencil.FirstDerivativeStep * Size(x, i);

    /// <summary>The step by the size that x has by itself.</summary>
    internal static double Own(double x) => DifferenceStencil.FirstDerivativeStep * double.Abs(x);

    /// <summary>
    /// The size of a variable where that of x shows nothing: x may be near 0 by chance. Where no start tells, and no bounds do, it is 1 at
    /// least.
    /// </summary>
    internal double Widest(double x, int i)
    {
        var size = double.Max(double.Abs(x), Typical(i));
        return size > double.Abs(x) || Start(i) > 0 ? size : double.Max(size, 1);
    }

    /// <summary>The longest step worth trying where shorter ones show nothing.</summary>
    internal double LongestOf(double x, int i) =>
        double.Max(Longest * Size(x, i), DifferenceStencil.FirstDerivativeStep * Widest(x, i));

    /// <summary>Takes note of a step that shows the function.</summary>
    internal void Learn(double x, int i, double step) => learned[i] = (x, step);

    double Start(int i) => start is null || double.Abs(start[i]) < VariableSizes.Zero ? 0 : double.Abs(start[i]);

    double? Learned(double x, int i) => learned.TryGetValue(i, out var known)
        && double.Abs(x - known.At) <= double.Max(Validity * known.Step, 0.5 * double.Min(double.Abs(x), double.Abs(known.At)))
            ? known.Step : null;
}
