using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization.LineSearch;

namespace PhysOpt.Inversion;

/// <summary>
/// An interval in which a function of one variable changes its sign, and the rule for the next point: inverse quadratic interpolation, or
/// a bisection where that does not come closer fast enough.
/// </summary>
/// <remarks>
/// Brent (1973), "Algorithms for Minimization Without Derivatives", chapter 4. An interpolation is believed only where its step is
/// shorter than half the one before the last, so that (k + 1)^2 - 2 evaluations find the place of any change of sign, with k = log2(w / d),
/// w the width of the interval and d the distance that is wanted. A function that is once differentiable, with a slope that is not zero at
/// the root, takes far fewer.
/// </remarks>
internal sealed record RootBracket
{
    const double Nothing = Precision.MachineEpsilon * Precision.MachineEpsilon; // of the ends at first: roots so close to 0 are 0

    readonly double nothing;

    RootBracket(Sample best, Sample other)
    {
        var (one, two) = (double.Abs(best.X), double.Abs(other.X));
        nothing = Nothing * (one == 0 || two == 0 ? double.Max(one, two) : double.Min(one, two));
        (Best, Other, Before, Last, BeforeLast) = (best, other, other, other.X - best.X, other.X - best.X);
    }

    /// <summary>The point whose value is nearer to zero.</summary>
    internal Sample Best { get; private init; }

    /// <summary>The point on the other side of the change of sign.</summary>
    internal Sample Other { get; private init; }

    Sample Before { get; init; } // the best point before, or the other one

    double Last { get; init; } // the last step

    double BeforeLast { get; init; } // the one before

    /// <summary>The interval between two points.</summary>
    /// <param name="one">A value.</param>
    /// <param name="other">A value with the other sign, or zero.</param>
    internal static RootBracket Of(Sample one, Sample other) =>
        double.Abs(one.Value) <= double.Abs(other.Value) ? new(one, other) : new(other, one);

    /// <summary>True where two values differ in sign, or one is zero.</summary>
    internal static bool IsBetween(Sample one, Sample other) => !double.IsNaN(one.Value) && !double.IsNaN(other.Value)
        && double.Sign(one.Value) != double.Sign(other.Value);

    /// <summary>The distance that is wanted: two spacings of x.</summary>
    internal double Distance => 2 * Precision.MachineEpsilon * double.Abs(Best.X) + nothing;

    /// <summary>True at a value of zero, and where the root is known to the distance wanted.</summary>
    internal bool IsDone => Best.Value == 0 || double.Abs(HalfWay) <= Distance / 2;

    double HalfWay => Other.X / 2 - Best.X / 2;

    /// <summary>The next point, and the bracket that has gone there.</summary>
    internal (double To, RootBracket After) Next()
    {
        var (shortest, half) = (Distance / 2, HalfWay);
        var step = double.Abs(BeforeLast) >= shortest && double.Abs(Before.Value) > double.Abs(Best.Value) ? Interpolated() : double.NaN;
        // on the way to the other point, not in its last quarter, and shorter than half the step before the last
        var isBelieved = step / half is >= 0 and < 1.5 && double.Abs(step) < double.Abs(BeforeLast) / 2;
        var after = isBelieved ? this with { Last = step, BeforeLast = Last } : this with { Last = half, BeforeLast = half };
        if (!isBelieved) step = half;
        return (Best.X + (double.Abs(step) > shortest ? step : double.CopySign(shortest, half)), after);
    }

    /// <summary>The bracket after a value in it is known.</summary>
    /// <param name="found">The value.</param>
    internal RootBracket With(Sample found)
    {
        var next = this with { Before = Best, Best = found };
        if (double.Sign(found.Value) == double.Sign(Other.Value))
            next = next with { Other = Best, Last = found.X - Best.X, BeforeLast = found.X - Best.X };
        return double.Abs(next.Other.Value) < double.Abs(next.Best.Value)
            ? next with { Before = next.Best, Best = next.Other, Other = next.Best }
            : next;
    }

    /// <summary>
    /// From the best point to the root of the inverse polynomial through the points, in Newton's form by divided differences of x over the
    /// values, which are in parts of the largest; NaN where values are equal or infinite.
    /// </summary>
    double Interpolated()
    {
        var largest = double.Max(double.Abs(Other.Value), double.Abs(Before.Value));
        if (!double.IsFinite(largest)) return double.NaN;
        var (best, before, other) = (Best.Value / largest, Before.Value / largest, Other.Value / largest);
        var first = (Before.X - Best.X) / (before - best);
        if (Before.X == Other.X) return -best * first;
        var second = (Other.X - Before.X) / (other - before);
        return -best * first + best * before * ((second - first) / (other - best));
    }
}
