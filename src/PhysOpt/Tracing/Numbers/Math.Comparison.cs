using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt;

/// <content>Absolute value, sign, and the larger and the smaller of two.</content>
public static partial class Math
{
    /// <summary>The absolute value.</summary>
    public static double Abs(double a) => System.Math.Abs(a);

    /// <inheritdoc cref="Abs(double)"/>
    public static decimal Abs(decimal a) => System.Math.Abs(a);

    /// <inheritdoc cref="Abs(double)"/>
    public static float Abs(float a) => System.Math.Abs(a);

    /// <inheritdoc cref="Abs(double)"/>
    public static sbyte Abs(sbyte a) => System.Math.Abs(a);

    /// <inheritdoc cref="Abs(double)"/>
    public static short Abs(short a) => System.Math.Abs(a);

    /// <inheritdoc cref="Abs(double)"/>
    public static int Abs(int a) => System.Math.Abs(a);

    /// <inheritdoc cref="Abs(double)"/>
    public static long Abs(long a) => System.Math.Abs(a);

    /// <inheritdoc cref="Abs(double)"/>
    public static nint Abs(nint a) => System.Math.Abs(a);

    /// <inheritdoc cref="Abs(double)"/>
    public static TracedNumber Abs(TracedNumber a) => TracedArithmetic.Apply(Operation.Abs, a);

    /// <inheritdoc cref="Abs(double)"/>
    public static Field Abs(Field a) => Field.Apply(Operation.Abs, a);

    /// <summary>-1, 0 or 1.</summary>
    /// <exception cref="ArithmeticException">a is NaN; a traced number, at the traced point.</exception>
    public static int Sign(double a) => System.Math.Sign(a);

    /// <inheritdoc cref="Sign(double)"/>
    public static int Sign(decimal a) => System.Math.Sign(a);

    /// <inheritdoc cref="Sign(double)"/>
    public static int Sign(float a) => System.Math.Sign(a);

    /// <inheritdoc cref="Sign(double)"/>
    public static int Sign(sbyte a) => System.Math.Sign(a);

    /// <inheritdoc cref="Sign(double)"/>
    public static int Sign(short a) => System.Math.Sign(a);

    /// <inheritdoc cref="Sign(double)"/>
    public static int Sign(int a) => System.Math.Sign(a);

    /// <inheritdoc cref="Sign(double)"/>
    public static int Sign(long a) => System.Math.Sign(a);

    /// <inheritdoc cref="Sign(double)"/>
    public static int Sign(nint a) => System.Math.Sign(a);

    /// <inheritdoc cref="Sign(double)"/>
    public static TracedNumber Sign(TracedNumber a) => Signum(a);

    /// <inheritdoc cref="Sign(double)"/>
    public static Field Sign(Field a) => Field.Apply(x => System.Math.Sign(x), Signum, a);

    /// <summary>The larger number; NaN where either is.</summary>
    public static double Max(double a, double b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static decimal Max(decimal a, decimal b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static float Max(float a, float b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static byte Max(byte a, byte b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static sbyte Max(sbyte a, sbyte b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static short Max(short a, short b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static ushort Max(ushort a, ushort b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static int Max(int a, int b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static uint Max(uint a, uint b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static long Max(long a, long b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static ulong Max(ulong a, ulong b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static nint Max(nint a, nint b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static nuint Max(nuint a, nuint b) => System.Math.Max(a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static TracedNumber Max(TracedNumber a, TracedNumber b) => TracedArithmetic.Apply(Operation.Max, a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static TracedNumber Max(TracedNumber a, double b) => TracedArithmetic.Apply(Operation.Max, a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static TracedNumber Max(double a, TracedNumber b) => TracedArithmetic.Apply(Operation.Max, a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static Field Max(Field a, Field b) => Field.Apply(Operation.Max, a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static Field Max(Field a, TracedNumber b) => Field.Apply(Operation.Max, a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static Field Max(Field a, double b) => Field.Apply(Operation.Max, a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static Field Max(TracedNumber a, Field b) => Field.Apply(Operation.Max, a, b);

    /// <inheritdoc cref="Max(double, double)"/>
    public static Field Max(double a, Field b) => Field.Apply(Operation.Max, a, b);

    /// <summary>The smaller number; NaN where either is.</summary>
    public static double Min(double a, double b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static decimal Min(decimal a, decimal b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static float Min(float a, float b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static byte Min(byte a, byte b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static sbyte Min(sbyte a, sbyte b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static short Min(short a, short b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static ushort Min(ushort a, ushort b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static int Min(int a, int b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static uint Min(uint a, uint b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static long Min(long a, long b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static ulong Min(ulong a, ulong b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static nint Min(nint a, nint b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static nuint Min(nuint a, nuint b) => System.Math.Min(a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static TracedNumber Min(TracedNumber a, TracedNumber b) => TracedArithmetic.Apply(Operation.Min, a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static TracedNumber Min(TracedNumber a, double b) => TracedArithmetic.Apply(Operation.Min, a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static TracedNumber Min(double a, TracedNumber b) => TracedArithmetic.Apply(Operation.Min, a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static Field Min(Field a, Field b) => Field.Apply(Operation.Min, a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static Field Min(Field a, TracedNumber b) => Field.Apply(Operation.Min, a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static Field Min(Field a, double b) => Field.Apply(Operation.Min, a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static Field Min(TracedNumber a, Field b) => Field.Apply(Operation.Min, a, b);

    /// <inheritdoc cref="Min(double, double)"/>
    public static Field Min(double a, Field b) => Field.Apply(Operation.Min, a, b);

    /// <summary>Math.Sign throws for NaN: so does the recording of it.</summary>
    static TracedNumber Signum(Operand a)
    {
        _ = System.Math.Sign(a.Value);
        return TracedArithmetic.Apply(Operation.Sign, a);
    }
}
