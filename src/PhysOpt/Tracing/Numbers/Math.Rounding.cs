using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt;

/// <content>Rounding: of a traced number, a step with the derivative 0.</content>
public static partial class Math
{
    /// <summary>The largest whole number not above a.</summary>
    public static double Floor(double a) => System.Math.Floor(a);

    /// <inheritdoc cref="Floor(double)"/>
    public static decimal Floor(decimal a) => System.Math.Floor(a);

    /// <inheritdoc cref="Floor(double)"/>
    public static TracedNumber Floor(TracedNumber a) => TracedArithmetic.Apply(Operation.Floor, a);

    /// <inheritdoc cref="Floor(double)"/>
    public static Field Floor(Field a) => Field.Apply(Operation.Floor, a);

    /// <summary>The smallest whole number not below a.</summary>
    public static double Ceiling(double a) => System.Math.Ceiling(a);

    /// <inheritdoc cref="Ceiling(double)"/>
    public static decimal Ceiling(decimal a) => System.Math.Ceiling(a);

    /// <inheritdoc cref="Ceiling(double)"/>
    public static TracedNumber Ceiling(TracedNumber a) => TracedArithmetic.Apply(Operation.Ceiling, a);

    /// <inheritdoc cref="Ceiling(double)"/>
    public static Field Ceiling(Field a) => Field.Apply(Operation.Ceiling, a);

    /// <summary>The whole part of a.</summary>
    public static double Truncate(double a) => System.Math.Truncate(a);

    /// <inheritdoc cref="Truncate(double)"/>
    public static decimal Truncate(decimal a) => System.Math.Truncate(a);

    /// <inheritdoc cref="Truncate(double)"/>
    public static TracedNumber Truncate(TracedNumber a) => TracedArithmetic.Apply(Operation.Truncate, a);

    /// <inheritdoc cref="Truncate(double)"/>
    public static Field Truncate(Field a) => Field.Apply(Operation.Truncate, a);

    /// <summary>The nearest whole number, halves to the even one.</summary>
    public static double Round(double a) => System.Math.Round(a);

    /// <inheritdoc cref="Round(double)"/>
    public static decimal Round(decimal a) => System.Math.Round(a);

    /// <inheritdoc cref="Round(double)"/>
    public static TracedNumber Round(TracedNumber a) => TracedArithmetic.Apply(Operation.Round, a);

    /// <inheritdoc cref="Round(double)"/>
    public static Field Round(Field a) => Field.Apply(Operation.Round, a);

    /// <summary>
    /// The nearest number of so many digits after the point, halves to the even one. Traced numbers round to whole ones only.
    /// </summary>
    public static double Round(double a, int digits) => System.Math.Round(a, digits);

    /// <inheritdoc cref="Round(double, int)"/>
    public static decimal Round(decimal a, int digits) => System.Math.Round(a, digits);

    /// <summary>The nearest whole number, halves as the mode says.</summary>
    public static double Round(double a, MidpointRounding mode) => System.Math.Round(a, mode);

    /// <inheritdoc cref="Round(double, MidpointRounding)"/>
    public static decimal Round(decimal a, MidpointRounding mode) => System.Math.Round(a, mode);

    /// <summary>The nearest number of so many digits after the point, halves as the mode says.</summary>
    public static double Round(double a, int digits, MidpointRounding mode) => System.Math.Round(a, digits, mode);

    /// <inheritdoc cref="Round(double, int, MidpointRounding)"/>
    public static decimal Round(decimal a, int digits, MidpointRounding mode) => System.Math.Round(a, digits, mode);
}
