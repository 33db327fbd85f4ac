namespace PhysOpt.Tracing.Operations;

/// <summary>
/// A number as the sum of two doubles, the second below half a unit in the last place of the first: about 32 digits. Dekker (1971).
/// </summary>
/// <remarks>
/// Products and quotients of functions that are each right to the last digit are taken so, that they are rounded once and not at
/// every step.
/// </remarks>
internal readonly record struct DoubleDouble(double High, double Low)
{
    /// <summary>The nearest double.</summary>
    internal double Value => High + Low;

    public static implicit operator DoubleDouble(double value) => new(value, 0);

    /// <summary>a + b, of which a is the larger one.</summary>
    internal static DoubleDouble Sum(double a, double b)
    {
        var high = a + b;
        return new(high, b - (high - a));
    }

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        var high = a.High * b.High;
        return !double.IsFinite(high) ? high
            : Sum(high, double.FusedMultiplyAdd(a.High, b.High, -high) + (a.High * b.Low + a.Low * b.High));
    }

    public static DoubleDouble operator /(DoubleDouble a, DoubleDouble b)
    {
        var high = a.High / b.High;
        return !double.IsFinite(high) ? high : Sum(high, (double.FusedMultiplyAdd(-high, b.High, a.High) + a.Low - high * b.Low) / b.High);
    }
}
