using PhysOpt.LinearAlgebra;

namespace PhysOpt.Functions;

/// <summary>
/// A derivative in one variable to judge others by: as exact as values of the function can make it, with a bound of its error.
/// </summary>
/// <param name="Value">The derivative; NaN where there are no values to take it from.</param>
/// <param name="Error">A bound of its error; infinite where there is none.</param>
/// <param name="Slope">How steep the function typically is around the point: the median, over all steps, of the mean absolute slope within
/// a step.</param>
/// <param name="Jump">By how much the slope jumps at the point: 0 where the function is smooth, as far as can be told.</param>
/// <param name="Converges">False where smaller steps do not lead to a limit, so that value and error mean nothing.</param>
/// <param name="HasRoom">False where the bounds leave the variable no room.</param>
internal sealed record ReferenceDerivative(double Value, double Error, double Slope, double Jump, bool Converges, bool HasRoom = true)
{
    const int LeastSteps = 5;
    const int MostSteps = 64;

    /// <summary>
    /// A room on one side that is so much smaller than on the other, or than the first step, is not worth a central difference.
    /// </summary>
    const double NarrowRoom = 1.0 / 1024;

    /// <summary>A jump of the slope is one from this on, relatively to the slope.</summary>
    const double RelativeJump = 1e-5;

    /// <summary>
    /// Where the error is a larger part of the slope than this and does not come from errors of the values, there is no limit.
    /// </summary>
    const double ConvergedFraction = 0.1;

    /// <summary>
    /// Values that scatter by a larger part of all that f does around the point are not called noise: f itself varies like that.
    /// </summary>
    const double LargestNoise = 0.01;

    /// <summary>An x below this is so small beside 1 that steps of its own size are looked at too.</summary>
    const double Small = 1e-3;

    /// <summary>They count where they show the slope to this part of it.</summary>
    const double NearPart = 1e-7;

    /// <summary>A factor that takes points off the powers of two, on which values may be exact by chance.</summary>
    const double OffGrid = 0.8123;

    /// <summary>Measures the derivative of f at x between bounds.</summary>
    /// <remarks>
    /// Differences, central unless a bound is in the way, with steps halved from max(1, |x|)/8 on (a power of two, so that points are
    /// exact) until smaller ones could only lose digits. They are extrapolated to step 0, which finds the length on which f varies by
    /// itself. Steps at which f has no finite value are left out. The differences of the two one-sided slopes are extrapolated likewise:
    /// their limit is the jump of the slope, and only where it vanishes has f a derivative. Where x is small beside 1 it may be in a large
    /// unit, beside which steps from 1/8 on are too long to see all that f does, or close to 0 by chance, where steps of its own size
    /// drown in rounding: so both are looked at, and where they differ, the shorter ones count if f shows itself over them.
    /// </remarks>
    /// <param name="f">The function of the variable; NaN where it has no value.</param>
    /// <param name="x">The point.</param>
    /// <param name="centre">f(x).</param>
    /// <param name="lower">The lower bound. A point outside the bounds is treated as if there were none.</param>
    /// <param name="upper">The upper bound.</param>
    internal static ReferenceDerivative Measure(Func<double, double> f, double x, double centre, double lower, double upper)
    {
        var (below, above) = (x - lower, upper - x);
        if (below < 0 || above < 0)
            (below, above, lower, upper) = (double.PositiveInfinity, double.PositiveInfinity, double.NegativeInfinity,
            double.PositiveInfinity);
        if (double.Max(below, above) == 0) return new(double.NaN, double.PositiveInfinity, 0, 0, Converges: false, HasRoom: false);

        var (wide, _) = From(double.Max(1, double.Abs(x)) / 8);
        if (x == 0 || double.Abs(x) >= Small) return wide;
        var (near, isSeen) = From(double.Abs(x) / 8);
        if (!isSeen || !near.Converges || !(near.Error <= NearPart * double.Max(double.Abs(near.Value), near.Slope))) return wide;
        return double.Abs(near.Value - wide.Value) <= near.Error + wide.Error ? wide with { Slope = near.Slope } : near;

        (ReferenceDerivative, bool) From(double step) => Measure(f, x, centre, lower, upper, below, above, step);
    }

    /// <summary>The derivative by steps from one on, and whether f changes over each that went into it.</summary>
    static (ReferenceDerivative Derivative, bool IsSeen) Measure(
        Func<double, double> f, double x, double centre, double lower, double upper, double below, double above, double from)
    {
        var first = PowerOfTwo(from);
        var narrow = double.Min(below, above) < NarrowRoom * double.Min(first, double.Max(below, above));
        var steps = narrow
            ? new HalvedSteps(f, x, centre, above >= below ? 1 : -1)
            : new HalvedSteps(f, x, centre, 0);
        var h = double.Min(first, PowerOfTwo(narrow ? double.Max(below, above) : double.Min(below, above)));
        var smallest = 8 * (double.BitIncrement(double.Abs(x)) - double.Abs(x));
        for (var step = 0; step < MostSteps && h >= smallest; step++, h /= 2)
        {
            steps.Add(h);
            if (step + 1 >= LeastSteps && steps.IsExhausted) break;
        }

        var noise = steps.Noise(t => double.Clamp(t, lower, upper), double.Min(below, above) == 0 || narrow);
        return (steps.Result(noise), steps.IsSeen);
    }

    static double PowerOfTwo(double atMost) => double.IsPositiveInfinity(atMost) ? atMost : double.ScaleB(1, double.ILogB(atMost));

    /// <summary>
    /// The steps so far. <paramref name="side"/> is 0 for central differences, otherwise the direction of one-sided ones.
    /// </summary>
    sealed class HalvedSteps(Func<double, double> f, double x, double centre, int side)
    {
        readonly ExtrapolationTable slope = side == 0 ? new(2, 2) : new(1, 1);
        readonly ExtrapolationTable jump = new(1, 2);
        readonly List<double> steepness = [];
        double smallestChanged = double.PositiveInfinity; // the smallest step over which f changes
        double range; // the largest change of f over a step
        double largest;
        double smallest;
        double rounding; // the error of the latest quotient that comes from rounded values

        internal bool IsSeen => slope.Best(0).Step >= smallestChanged;

        /// <summary>True when smaller steps could only lose digits.</summary>
        internal bool IsExhausted => slope.Best(0) is { } best && best.Error <= 4 * rounding && !Jumps(0) && IsConfirmed(best);

        /// <summary>
        /// False when a step much shorter tells otherwise: halved steps may all be multiples of a short period of f, and then do not see
        /// it.
        /// </summary>
        bool IsConfirmed(ExtrapolationTable.Estimate best)
        {
            var h = OffGrid * best.Step / 1024;
            var (right, left) = side == 0 ? (x + h, x - h) : (x + side * h, x);
            var (up, down) = (f(right), side == 0 ? f(left) : centre);
            if (right == left || !double.IsFinite(up - down)) return true;
            var lost = 8 * Precision.MachineEpsilon * double.Max(double.Abs(centre),
                double.Max(double.Abs(up), double.Abs(down))) / double.Abs(right - left);
            var truncated = (side == 0 ? 1e-6 : 1e-2) * double.Max(double.Abs(best.Value), Steepness);
            return double.Abs((up - down) / (right - left) - best.Value) <= best.Error + lost + truncated;
        }

        internal void Add(double h)
        {
            var (right, left) = side == 0 ? (x + h, x - h) : (x + side * h, x);
            var (up, down) = (f(right), side == 0 ? f(left) : centre);
            var distance = right - left;
            var quotient = (up - down) / distance;
            var gain = 2 / double.Abs(distance);
            var magnitude = double.Max(double.Abs(centre), double.Max(double.Abs(up), double.Abs(down)));
            slope.Add(h, quotient, gain, magnitude);
            if (side == 0) jump.Add(h, (up - centre - (centre - down)) / h, 4 / h, magnitude);
            (largest, smallest) = (double.Max(largest, h), h);
            if (!double.IsFinite(quotient)) return;

            rounding = gain * Precision.MachineEpsilon * magnitude;
            steepness.Add((double.Abs(up - centre) + double.Abs(centre - down)) / double.Abs(distance));
            range = double.Max(range, double.Max(double.Abs(up - centre), double.Abs(down - centre)));
            if (up != centre || down != centre) smallestChanged = h;
        }

        /// <summary>The errors of the values, four times their standard deviation; 0 where no more than rounding is seen.</summary>
        internal double Noise(Func<double, double> within, bool oneSided)
        {
            var best = slope.Best(0);
            if (!double.IsFinite(best.Error) || !double.IsFinite(smallestChanged)) return 0;

            // Short against the length on which f varies; but where f did not even change over the last steps, as short as it can tell
            // apart.
            var step = side == 0 ? double.Min(best.Step, jump.Best(0).Step) : best.Step;
            var distance = double.Max(smallestChanged > smallest ? smallestChanged / 4 : step / 4096,
                4 * (double.BitIncrement(double.Abs(x)) - double.Abs(x)));
            for (; distance <= largest / 4; distance *= 64)
            {
                var spacing = OffGrid * distance;
                var direction = side == 0 ? 1 : side;
                var from = oneSided ? 0 : -(ValueNoise.Count / 2);
                double At(int k) => from + k == 0 ? centre : f(within(x + direction * (from + k) * spacing));
                if (ValueNoise.Estimate([.. Enumerable.Range(0, ValueNoise.Count).Select(At)]) is { } deviation)
                    return deviation <= LargestNoise * range ? 4 * deviation : 0;
            }

            return 0;
        }

        internal ReferenceDerivative Result(double noise)
        {
            var best = slope.Best(noise);
            var converges = best.IsSupported
                && (best.Error <= ConvergedFraction * double.Max(double.Abs(best.Value), Steepness) || best.Error <= 8 * best.Scatter);
            return new(best.Value, best.Error, Steepness, Jumps(noise) ? jump.Best(noise).Value : 0, converges);
        }

        bool Jumps(double noise)
        {
            var (value, error, _, _, _) = jump.Best(noise);
            return double.Abs(value) > double.Max(2 * error, RelativeJump * Steepness);
        }

        double Steepness => steepness.Count == 0 ? 0 : steepness.Order().ElementAt(steepness.Count / 2);
    }
}
