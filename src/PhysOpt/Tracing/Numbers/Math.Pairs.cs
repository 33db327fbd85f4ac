using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt;

/// <content>Functions that put two or three numbers together.</content>
public static partial class Math
{
    /// <summary>sqrt(a^2 + b^2), which neither overflows nor underflows on the way. Its slopes at (0, 0) are 0.</summary>
    public static double Hypot(double a, double b) => double.Hypot(a, b);

    /// <inheritdoc cref="Hypot(double, double)"/>
    public static TracedNumber Hypot(TracedNumber a, TracedNumber b) => TracedArithmetic.Apply(Operation.Hypot, a, b);

    /// <inheritdoc cref="Hypot(double, double)"/>
    public static TracedNumber Hypot(TracedNumber a, double b) => TracedArithmetic.Apply(Operation.Hypot, a, b);

    /// <inheritdoc cref="Hypot(double, double)"/>
    public static TracedNumber Hypot(double a, TracedNumber b) => TracedArithmetic.Apply(Operation.Hypot, a, b);

    /// <inheritdoc cref="Hypot(double, double)"/>
    public static Field Hypot(Field a, Field b) => Field.Apply(Operation.Hypot, a, b);

    /// <inheritdoc cref="Hypot(double, double)"/>
    public static Field Hypot(Field a, TracedNumber b) => Field.Apply(Operation.Hypot, a, b);

    /// <inheritdoc cref="Hypot(double, double)"/>
    public static Field Hypot(Field a, double b) => Field.Apply(Operation.Hypot, a, b);

    /// <inheritdoc cref="Hypot(double, double)"/>
    public static Field Hypot(TracedNumber a, Field b) => Field.Apply(Operation.Hypot, a, b);

    /// <inheritdoc cref="Hypot(double, double)"/>
    public static Field Hypot(double a, Field b) => Field.Apply(Operation.Hypot, a, b);

    /// <summary>
    /// The absolute value of a with the sign of b, also where that is a zero. The slope to a is 0 at 0, that to b is 0 everywhere.
    /// </summary>
    public static double CopySign(double a, double b) => System.Math.CopySign(a, b);

    /// <inheritdoc cref="CopySign(double, double)"/>
    public static TracedNumber CopySign(TracedNumber a, TracedNumber b) => TracedArithmetic.Apply(Operation.CopySign, a, b);

    /// <inheritdoc cref="CopySign(double, double)"/>
    public static TracedNumber CopySign(TracedNumber a, double b) => TracedArithmetic.Apply(Operation.CopySign, a, b);

    /// <inheritdoc cref="CopySign(double, double)"/>
    public static TracedNumber CopySign(double a, TracedNumber b) => TracedArithmetic.Apply(Operation.CopySign, a, b);

    /// <inheritdoc cref="CopySign(double, double)"/>
    public static Field CopySign(Field a, Field b) => Field.Apply(Operation.CopySign, a, b);

    /// <inheritdoc cref="CopySign(double, double)"/>
    public static Field CopySign(Field a, TracedNumber b) => Field.Apply(Operation.CopySign, a, b);

    /// <inheritdoc cref="CopySign(double, double)"/>
    public static Field CopySign(Field a, double b) => Field.Apply(Operation.CopySign, a, b);

    /// <inheritdoc cref="CopySign(double, double)"/>
    public static Field CopySign(TracedNumber a, Field b) => Field.Apply(Operation.CopySign, a, b);

    /// <inheritdoc cref="CopySign(double, double)"/>
    public static Field CopySign(double a, Field b) => Field.Apply(Operation.CopySign, a, b);

    /// <summary>a b + c, rounded once.</summary>
    /// <remarks>
    /// Traced, the same bits, unless a b lies below 1e-291 or beyond the largest double. As for clamp there are no overloads of
    /// mixed types.
    /// </remarks>
    public static double FusedMultiplyAdd(double a, double b, double c) => System.Math.FusedMultiplyAdd(a, b, c);

    /// <inheritdoc cref="FusedMultiplyAdd(double, double, double)"/>
    public static TracedNumber FusedMultiplyAdd(TracedNumber a, TracedNumber b, TracedNumber c) => Fused(a, b, c);

    /// <summary>
    /// a b + c, rounded once, for each value of a, b and c, of which each has as many values as the longest of the three, or one
    /// for all.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static Field FusedMultiplyAdd(Field a, Field b, Field c) =>
        Field.Apply(System.Math.FusedMultiplyAdd, Fused, Field.NumberOrField(a), Field.NumberOrField(b), Field.NumberOrField(c));

    /// <summary>
    /// The rounded product and its error are exactly a b; with c they are three numbers, whose sum is rounded once where the
    /// smallest is added by rounding to
    /// odd. Boldo and Melquiond, "Emulation of a FMA and correctly rounded sums: proved algorithms using rounding to odd", IEEE
    /// Transactions on
    /// Computers 57 (2008), section 4. The errors have the slope 0, and so the slopes are those of a b + c.
    /// </summary>
    static TracedNumber Fused(Operand a, Operand b, Operand c)
    {
        var (product, rest) = (TracedArithmetic.Apply(Operation.Multiply, a, b), TracedArithmetic.Apply(Operation.ProductError, a, b));
        var (small, smallest) = (TracedArithmetic.Apply(Operation.Add, c, rest), TracedArithmetic.Apply(Operation.SumError, c, rest));
        var (sum, left) =
            (TracedArithmetic.Apply(Operation.Add, product, small), TracedArithmetic.Apply(Operation.SumError, product, small));
        return TracedArithmetic.Apply(Operation.Add, sum, TracedArithmetic.Apply(Operation.OddSum, smallest, left));
    }
}
