using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt;

/// <content>Sines, tangents and their kin, of the circle and of the hyperbola.</content>
public static partial class Math
{
    /// <summary>The sine.</summary>
    public static double Sin(double a) => System.Math.Sin(a);

    /// <inheritdoc cref="Sin(double)"/>
    public static TracedNumber Sin(TracedNumber a) => TracedArithmetic.Apply(Operation.Sin, a);

    /// <inheritdoc cref="Sin(double)"/>
    public static Field Sin(Field a) => Field.Apply(Operation.Sin, a);

    /// <summary>The cosine.</summary>
    public static double Cos(double a) => System.Math.Cos(a);

    /// <inheritdoc cref="Cos(double)"/>
    public static TracedNumber Cos(TracedNumber a) => TracedArithmetic.Apply(Operation.Cos, a);

    /// <inheritdoc cref="Cos(double)"/>
    public static Field Cos(Field a) => Field.Apply(Operation.Cos, a);

    /// <summary>The tangent.</summary>
    public static double Tan(double a) => System.Math.Tan(a);

    /// <inheritdoc cref="Tan(double)"/>
    public static TracedNumber Tan(TracedNumber a) => TracedArithmetic.Apply(Operation.Tan, a);

    /// <inheritdoc cref="Tan(double)"/>
    public static Field Tan(Field a) => Field.Apply(Operation.Tan, a);

    /// <summary>The arc sine.</summary>
    public static double Asin(double a) => System.Math.Asin(a);

    /// <inheritdoc cref="Asin(double)"/>
    public static TracedNumber Asin(TracedNumber a) => TracedArithmetic.Apply(Operation.Asin, a);

    /// <inheritdoc cref="Asin(double)"/>
    public static Field Asin(Field a) => Field.Apply(Operation.Asin, a);

    /// <summary>The arc cosine.</summary>
    public static double Acos(double a) => System.Math.Acos(a);

    /// <inheritdoc cref="Acos(double)"/>
    public static TracedNumber Acos(TracedNumber a) => TracedArithmetic.Apply(Operation.Acos, a);

    /// <inheritdoc cref="Acos(double)"/>
    public static Field Acos(Field a) => Field.Apply(Operation.Acos, a);

    /// <summary>The arc tangent.</summary>
    public static double Atan(double a) => System.Math.Atan(a);

    /// <inheritdoc cref="Atan(double)"/>
    public static TracedNumber Atan(TracedNumber a) => TracedArithmetic.Apply(Operation.Atan, a);

    /// <inheritdoc cref="Atan(double)"/>
    public static Field Atan(Field a) => Field.Apply(Operation.Atan, a);

    /// <summary>The hyperbolic sine.</summary>
    public static double Sinh(double a) => System.Math.Sinh(a);

    /// <inheritdoc cref="Sinh(double)"/>
    public static TracedNumber Sinh(TracedNumber a) => TracedArithmetic.Apply(Operation.Sinh, a);

    /// <inheritdoc cref="Sinh(double)"/>
    public static Field Sinh(Field a) => Field.Apply(Operation.Sinh, a);

    /// <summary>The hyperbolic cosine.</summary>
    public static double Cosh(double a) => System.Math.Cosh(a);

    /// <inheritdoc cref="Cosh(double)"/>
    public static TracedNumber Cosh(TracedNumber a) => TracedArithmetic.Apply(Operation.Cosh, a);

    /// <inheritdoc cref="Cosh(double)"/>
    public static Field Cosh(Field a) => Field.Apply(Operation.Cosh, a);

    /// <summary>The hyperbolic tangent.</summary>
    public static double Tanh(double a) => System.Math.Tanh(a);

    /// <inheritdoc cref="Tanh(double)"/>
    public static TracedNumber Tanh(TracedNumber a) => TracedArithmetic.Apply(Operation.Tanh, a);

    /// <inheritdoc cref="Tanh(double)"/>
    public static Field Tanh(Field a) => Field.Apply(Operation.Tanh, a);

    /// <summary>The inverse of the hyperbolic sine.</summary>
    public static double Asinh(double a) => System.Math.Asinh(a);

    /// <inheritdoc cref="Asinh(double)"/>
    public static TracedNumber Asinh(TracedNumber a) => TracedArithmetic.Apply(Operation.Asinh, a);

    /// <inheritdoc cref="Asinh(double)"/>
    public static Field Asinh(Field a) => Field.Apply(Operation.Asinh, a);

    /// <summary>The inverse of the hyperbolic cosine, not negative; NaN below 1.</summary>
    public static double Acosh(double a) => System.Math.Acosh(a);

    /// <inheritdoc cref="Acosh(double)"/>
    public static TracedNumber Acosh(TracedNumber a) => TracedArithmetic.Apply(Operation.Acosh, a);

    /// <inheritdoc cref="Acosh(double)"/>
    public static Field Acosh(Field a) => Field.Apply(Operation.Acosh, a);

    /// <summary>The inverse of the hyperbolic tangent; infinite at 1 and -1, NaN beyond.</summary>
    public static double Atanh(double a) => System.Math.Atanh(a);

    /// <inheritdoc cref="Atanh(double)"/>
    public static TracedNumber Atanh(TracedNumber a) => TracedArithmetic.Apply(Operation.Atanh, a);

    /// <inheritdoc cref="Atanh(double)"/>
    public static Field Atanh(Field a) => Field.Apply(Operation.Atanh, a);

    /// <summary>The angle of the point (x, y).</summary>
    public static double Atan2(double y, double x) => System.Math.Atan2(y, x);

    /// <inheritdoc cref="Atan2(double, double)"/>
    public static TracedNumber Atan2(TracedNumber y, TracedNumber x) => TracedArithmetic.Apply(Operation.Atan2, y, x);

    /// <inheritdoc cref="Atan2(double, double)"/>
    public static TracedNumber Atan2(TracedNumber y, double x) => TracedArithmetic.Apply(Operation.Atan2, y, x);

    /// <inheritdoc cref="Atan2(double, double)"/>
    public static TracedNumber Atan2(double y, TracedNumber x) => TracedArithmetic.Apply(Operation.Atan2, y, x);

    /// <inheritdoc cref="Atan2(double, double)"/>
    public static Field Atan2(Field y, Field x) => Field.Apply(Operation.Atan2, y, x);

    /// <inheritdoc cref="Atan2(double, double)"/>
    public static Field Atan2(Field y, TracedNumber x) => Field.Apply(Operation.Atan2, y, x);

    /// <inheritdoc cref="Atan2(double, double)"/>
    public static Field Atan2(Field y, double x) => Field.Apply(Operation.Atan2, y, x);

    /// <inheritdoc cref="Atan2(double, double)"/>
    public static Field Atan2(TracedNumber y, Field x) => Field.Apply(Operation.Atan2, y, x);

    /// <inheritdoc cref="Atan2(double, double)"/>
    public static Field Atan2(double y, Field x) => Field.Apply(Operation.Atan2, y, x);
}
