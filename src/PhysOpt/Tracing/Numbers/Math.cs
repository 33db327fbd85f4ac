using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt;

/// <summary>The functions of System.Math that have derivatives or steps: of plain numbers, of traced numbers and of fields.</summary>
/// <remarks>
/// <para>Of plain numbers the result is that of System.Math, type included. A traced number gives a traced one, with the value of
/// System.Math at
/// the traced point; a field gives the field of the results, element by element. All traced arguments must belong to one recording.</para>
/// <para>Derivatives at the edges: sqrt and cbrt +infinity at 0; asin and acos +-infinity at 1 and -1; abs 0 at 0; sign and rounding 0
/// everywhere; max, min and clamp half to each where they tie, so that clamp has the slope 1 inside, half at a bound, and the bound's own
/// beyond it; atan2 0 at (0, 0); x^y to y 0 where x^y is 0.</para>
/// </remarks>
public static partial class Math
{
    /// <summary>The number of radians of half a circle.</summary>
    public const double PI = System.Math.PI;

    /// <summary>The base of natural logarithms.</summary>
    public const double E = System.Math.E;

    /// <summary>The number of radians of a circle.</summary>
    public const double Tau = System.Math.Tau;

    /// <summary>The square root.</summary>
    public static double Sqrt(double a) => System.Math.Sqrt(a);

    /// <inheritdoc cref="Sqrt(double)"/>
    public static TracedNumber Sqrt(TracedNumber a) => TracedArithmetic.Apply(Operation.Sqrt, a);

    /// <inheritdoc cref="Sqrt(double)"/>
    public static Field Sqrt(Field a) => Field.Apply(Operation.Sqrt, a);

    /// <summary>The cube root.</summary>
    public static double Cbrt(double a) => System.Math.Cbrt(a);

    /// <inheritdoc cref="Cbrt(double)"/>
    public static TracedNumber Cbrt(TracedNumber a) => TracedArithmetic.Apply(Operation.Cbrt, a);

    /// <inheritdoc cref="Cbrt(double)"/>
    public static Field Cbrt(Field a) => Field.Apply(Operation.Cbrt, a);

    /// <summary>e to the power of a.</summary>
    public static double Exp(double a) => System.Math.Exp(a);

    /// <inheritdoc cref="Exp(double)"/>
    public static TracedNumber Exp(TracedNumber a) => TracedArithmetic.Apply(Operation.Exp, a);

    /// <inheritdoc cref="Exp(double)"/>
    public static Field Exp(Field a) => Field.Apply(Operation.Exp, a);

    /// <summary>The natural logarithm.</summary>
    public static double Log(double a) => System.Math.Log(a);

    /// <inheritdoc cref="Log(double)"/>
    public static TracedNumber Log(TracedNumber a) => TracedArithmetic.Apply(Operation.Log, a);

    /// <inheritdoc cref="Log(double)"/>
    public static Field Log(Field a) => Field.Apply(Operation.Log, a);

    /// <summary>The logarithm to base 2.</summary>
    public static double Log2(double a) => System.Math.Log2(a);

    /// <inheritdoc cref="Log2(double)"/>
    public static TracedNumber Log2(TracedNumber a) => TracedArithmetic.Apply(Operation.Log2, a);

    /// <inheritdoc cref="Log2(double)"/>
    public static Field Log2(Field a) => Field.Apply(Operation.Log2, a);

    /// <summary>The logarithm to base 10.</summary>
    public static double Log10(double a) => System.Math.Log10(a);

    /// <inheritdoc cref="Log10(double)"/>
    public static TracedNumber Log10(TracedNumber a) => TracedArithmetic.Apply(Operation.Log10, a);

    /// <inheritdoc cref="Log10(double)"/>
    public static Field Log10(Field a) => Field.Apply(Operation.Log10, a);

    /// <summary>The logarithm to another base.</summary>
    public static double Log(double a, double newBase) => System.Math.Log(a, newBase);

    /// <inheritdoc cref="Log(double, double)"/>
    public static TracedNumber Log(TracedNumber a, TracedNumber newBase) => LogTo(a, newBase);

    /// <inheritdoc cref="Log(double, double)"/>
    public static TracedNumber Log(TracedNumber a, double newBase) => LogTo(a, newBase);

    /// <inheritdoc cref="Log(double, double)"/>
    public static TracedNumber Log(double a, TracedNumber newBase) => LogTo(a, newBase);

    /// <inheritdoc cref="Log(double, double)"/>
    public static Field Log(Field a, Field newBase) => Field.Apply(System.Math.Log, LogTo, a, newBase);

    /// <inheritdoc cref="Log(double, double)"/>
    public static Field Log(Field a, TracedNumber newBase) => Field.Apply(System.Math.Log, LogTo, a, newBase);

    /// <inheritdoc cref="Log(double, double)"/>
    public static Field Log(Field a, double newBase) => Field.Apply(System.Math.Log, LogTo, a, newBase);

    /// <inheritdoc cref="Log(double, double)"/>
    public static Field Log(TracedNumber a, Field newBase) => Field.Apply(System.Math.Log, LogTo, a, newBase);

    /// <inheritdoc cref="Log(double, double)"/>
    public static Field Log(double a, Field newBase) => Field.Apply(System.Math.Log, LogTo, a, newBase);

    /// <summary>x to the power of y; of a traced x, a constant whole y from -16 to 16 makes a product.</summary>
    public static double Pow(double x, double y) => System.Math.Pow(x, y);

    /// <inheritdoc cref="Pow(double, double)"/>
    public static TracedNumber Pow(TracedNumber x, TracedNumber y) => TracedArithmetic.Apply(Operation.Power, x, y);

    /// <inheritdoc cref="Pow(double, double)"/>
    public static TracedNumber Pow(TracedNumber x, double y) => TracedArithmetic.Apply(Operation.Power, x, y);

    /// <inheritdoc cref="Pow(double, double)"/>
    public static TracedNumber Pow(double x, TracedNumber y) => TracedArithmetic.Apply(Operation.Power, x, y);

    /// <inheritdoc cref="Pow(double, double)"/>
    public static Field Pow(Field x, Field y) => Field.Apply(Operation.Power, x, y);

    /// <inheritdoc cref="Pow(double, double)"/>
    public static Field Pow(Field x, TracedNumber y) => Field.Apply(Operation.Power, x, y);

    /// <inheritdoc cref="Pow(double, double)"/>
    public static Field Pow(Field x, double y) => Field.Apply(Operation.Power, x, y);

    /// <inheritdoc cref="Pow(double, double)"/>
    public static Field Pow(TracedNumber x, Field y) => Field.Apply(Operation.Power, x, y);

    /// <inheritdoc cref="Pow(double, double)"/>
    public static Field Pow(double x, Field y) => Field.Apply(Operation.Power, x, y);

    /// <summary>log(a) / log(b) as System.Math has it: NaN to the base 1, and to the bases 0 and infinity but for a = 1.</summary>
    static TracedNumber LogTo(Operand a, Operand b)
    {
        var hasNone = TracedArithmetic.AreEqual(b, 1) || ((TracedArithmetic.AreEqual(b, 0)
            || TracedArithmetic.AreEqual(b, double.PositiveInfinity)) && !TracedArithmetic.AreEqual(a, 1));
        if (hasNone) return TracedArithmetic.Apply(Operation.Multiply, a, double.NaN);
        return TracedArithmetic.Apply(Operation.Divide, TracedArithmetic.Apply(Operation.Log, a), TracedArithmetic.Apply(Operation.Log, b));
    }
}
