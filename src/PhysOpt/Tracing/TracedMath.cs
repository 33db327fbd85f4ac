namespace PhysOpt.Tracing;

/// <summary>The functions of System.Math for traced numbers, with the values of System.Math at the traced point.</summary>
/// <remarks>
/// Derivatives at the edges: sqrt and cbrt +infinity at 0; asin and acos +-infinity at 1 and -1; abs 0 at 0; sign and rounding 0
/// everywhere; max, min and clamp half to each where they tie; atan2 0 at (0, 0); x^y to y 0 where x^y is 0. All arguments must belong to one recording.
/// </remarks>
public static class TracedMath
{
    /// <summary>The square root.</summary>
    public static TracedNumber Sqrt(TracedNumber a) => Recording.Apply(Operation.Sqrt, a);

    /// <summary>The cube root.</summary>
    public static TracedNumber Cbrt(TracedNumber a) => Recording.Apply(Operation.Cbrt, a);

    /// <summary>e to the power of a.</summary>
    public static TracedNumber Exp(TracedNumber a) => Recording.Apply(Operation.Exp, a);

    /// <summary>The natural logarithm.</summary>
    public static TracedNumber Log(TracedNumber a) => Recording.Apply(Operation.Log, a);

    /// <summary>The logarithm to base 10.</summary>
    public static TracedNumber Log10(TracedNumber a) => Recording.Apply(Operation.Log10, a);

    /// <summary>The sine.</summary>
    public static TracedNumber Sin(TracedNumber a) => Recording.Apply(Operation.Sin, a);

    /// <summary>The cosine.</summary>
    public static TracedNumber Cos(TracedNumber a) => Recording.Apply(Operation.Cos, a);

    /// <summary>The tangent.</summary>
    public static TracedNumber Tan(TracedNumber a) => Recording.Apply(Operation.Tan, a);

    /// <summary>The arc sine.</summary>
    public static TracedNumber Asin(TracedNumber a) => Recording.Apply(Operation.Asin, a);

    /// <summary>The arc cosine.</summary>
    public static TracedNumber Acos(TracedNumber a) => Recording.Apply(Operation.Acos, a);

    /// <summary>The arc tangent.</summary>
    public static TracedNumber Atan(TracedNumber a) => Recording.Apply(Operation.Atan, a);

    /// <summary>The hyperbolic sine.</summary>
    public static TracedNumber Sinh(TracedNumber a) => Recording.Apply(Operation.Sinh, a);

    /// <summary>The hyperbolic cosine.</summary>
    public static TracedNumber Cosh(TracedNumber a) => Recording.Apply(Operation.Cosh, a);

    /// <summary>The hyperbolic tangent.</summary>
    public static TracedNumber Tanh(TracedNumber a) => Recording.Apply(Operation.Tanh, a);

    /// <summary>The absolute value; its derivative at 0 is 0.</summary>
    public static TracedNumber Abs(TracedNumber a) => Recording.Apply(Operation.Abs, a);

    /// <summary>The largest whole number not above a; derivative 0.</summary>
    public static TracedNumber Floor(TracedNumber a) => Recording.Apply(Operation.Floor, a);

    /// <summary>The nearest whole number, halves to the even one; derivative 0.</summary>
    public static TracedNumber Round(TracedNumber a) => Recording.Apply(Operation.Round, a);

    /// <summary>The smallest whole number not below a; derivative 0.</summary>
    public static TracedNumber Ceiling(TracedNumber a) => Recording.Apply(Operation.Ceiling, a);

    /// <summary>The whole part; derivative 0.</summary>
    public static TracedNumber Truncate(TracedNumber a) => Recording.Apply(Operation.Truncate, a);

    /// <summary>-1, 0 or 1; derivative 0.</summary>
    /// <exception cref="ArithmeticException">a is NaN at the traced point, as in System.Math.</exception>
    public static TracedNumber Sign(TracedNumber a)
    {
        _ = Math.Sign(((Operand)a).Value);
        return Recording.Apply(Operation.Sign, a);
    }

    /// <summary>x to the power of y; a whole y from -16 to 16 becomes a product.</summary>
    public static TracedNumber Pow(TracedNumber x, TracedNumber y) => Recording.Apply(Operation.Power, x, y);

    /// <summary>x to the power of y; a whole y from -16 to 16 becomes a product.</summary>
    public static TracedNumber Pow(TracedNumber x, double y) => Recording.Apply(Operation.Power, x, y);

    /// <summary>x to the power of y; a whole y from -16 to 16 becomes a product.</summary>
    public static TracedNumber Pow(double x, TracedNumber y) => Recording.Apply(Operation.Power, x, y);

    /// <summary>The angle of the point (x, y).</summary>
    public static TracedNumber Atan2(TracedNumber y, TracedNumber x) => Recording.Apply(Operation.Atan2, y, x);

    /// <summary>The angle of the point (x, y).</summary>
    public static TracedNumber Atan2(TracedNumber y, double x) => Recording.Apply(Operation.Atan2, y, x);

    /// <summary>The angle of the point (x, y).</summary>
    public static TracedNumber Atan2(double y, TracedNumber x) => Recording.Apply(Operation.Atan2, y, x);

    /// <summary>The larger number; NaN where either is.</summary>
    public static TracedNumber Max(TracedNumber a, TracedNumber b) => Recording.Apply(Operation.Max, a, b);

    /// <summary>The larger number; NaN where either is.</summary>
    public static TracedNumber Max(TracedNumber a, double b) => Recording.Apply(Operation.Max, a, b);

    /// <summary>The larger number; NaN where either is.</summary>
    public static TracedNumber Max(double a, TracedNumber b) => Recording.Apply(Operation.Max, a, b);

    /// <summary>The smaller number; NaN where either is.</summary>
    public static TracedNumber Min(TracedNumber a, TracedNumber b) => Recording.Apply(Operation.Min, a, b);

    /// <summary>The smaller number; NaN where either is.</summary>
    public static TracedNumber Min(TracedNumber a, double b) => Recording.Apply(Operation.Min, a, b);

    /// <summary>The smaller number; NaN where either is.</summary>
    public static TracedNumber Min(double a, TracedNumber b) => Recording.Apply(Operation.Min, a, b);

    /// <summary>The nearest number to a between low and high; the derivative is 1 inside, half at a bound, and the bound's own beyond it.</summary>
    /// <exception cref="ArgumentException">low lies above high at the traced point, as in System.Math.</exception>
    public static TracedNumber Clamp(TracedNumber a, TracedNumber low, TracedNumber high) => Clamped(a, low, high);

    /// <summary>The nearest number to a between low and high; the derivative is 1 inside, half at a bound, and the bound's own beyond it.</summary>
    /// <exception cref="ArgumentException">low lies above high at the traced point, as in System.Math.</exception>
    public static TracedNumber Clamp(TracedNumber a, TracedNumber low, double high) => Clamped(a, low, high);

    /// <summary>The nearest number to a between low and high; the derivative is 1 inside, half at a bound, and the bound's own beyond it.</summary>
    /// <exception cref="ArgumentException">low lies above high at the traced point, as in System.Math.</exception>
    public static TracedNumber Clamp(TracedNumber a, double low, TracedNumber high) => Clamped(a, low, high);

    /// <summary>The nearest number to a between low and high; the derivative is 1 inside, half at a bound, and the bound's own beyond it.</summary>
    /// <exception cref="ArgumentException">low lies above high at the traced point, as in System.Math.</exception>
    public static TracedNumber Clamp(TracedNumber a, double low, double high) => Clamped(a, low, high);

    /// <summary>The nearest number to a between low and high; the derivative is 1 inside, half at a bound, and the bound's own beyond it.</summary>
    /// <exception cref="ArgumentException">low lies above high at the traced point, as in System.Math.</exception>
    public static TracedNumber Clamp(double a, TracedNumber low, TracedNumber high) => Clamped(a, low, high);

    /// <summary>The nearest number to a between low and high; the derivative is 1 inside, half at a bound, and the bound's own beyond it.</summary>
    /// <exception cref="ArgumentException">low lies above high at the traced point, as in System.Math.</exception>
    public static TracedNumber Clamp(double a, TracedNumber low, double high) => Clamped(a, low, high);

    /// <summary>The nearest number to a between low and high; the derivative is 1 inside, half at a bound, and the bound's own beyond it.</summary>
    /// <exception cref="ArgumentException">low lies above high at the traced point, as in System.Math.</exception>
    public static TracedNumber Clamp(double a, double low, TracedNumber high) => Clamped(a, low, high);

    /// <summary>Math.Clamp throws where low &gt; high: the record holds only where they compare as they do here (a bound that is NaN does not bind).</summary>
    static TracedNumber Clamped(Operand a, Operand low, Operand high)
    {
        _ = Math.Clamp(a.Value, low.Value, high.Value);
        if (!double.IsNaN(low.Value) && !double.IsNaN(high.Value)) Recording.Compare(low, high);
        return Recording.Apply(Operation.AtMost, Recording.Apply(Operation.AtLeast, a, low), high);
    }
}
