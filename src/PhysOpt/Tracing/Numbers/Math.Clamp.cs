using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt;

/// <content>
/// The nearest number between two bounds. There are no overloads that mix doubles with traced numbers or fields: with them
/// PowerShell could not tell
/// which one is meant by plain numbers of different types, such as 2.5, 0, 1. It converts numbers to both of its own accord. The
/// plain overloads
/// stand in the order of System.Math's, which decides between equals there.
/// </content>
public static partial class Math
{
    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static byte Clamp(byte a, byte low, byte high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static decimal Clamp(decimal a, decimal low, decimal high) => System.Math.Clamp(a, low, high);

    /// <summary>The nearest number to a between low and high.</summary>
    /// <exception cref="ArgumentException">low lies above high; of traced numbers, at the traced point.</exception>
    public static double Clamp(double a, double low, double high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static short Clamp(short a, short low, short high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static int Clamp(int a, int low, int high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static long Clamp(long a, long low, long high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static nint Clamp(nint a, nint low, nint high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static sbyte Clamp(sbyte a, sbyte low, sbyte high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static float Clamp(float a, float low, float high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static ushort Clamp(ushort a, ushort low, ushort high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static uint Clamp(uint a, uint low, uint high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static ulong Clamp(ulong a, ulong low, ulong high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static nuint Clamp(nuint a, nuint low, nuint high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static TracedNumber Clamp(TracedNumber a, TracedNumber low, TracedNumber high) => Clamped(a, low, high);

    /// <summary>
    /// The nearest number to each value of a between low and high, of which each has as many values as the longest of the three, or
    /// one for all.
    /// </summary>
    /// <exception cref="ArgumentException">A low value lies above the high one, or the lengths differ.</exception>
    public static Field Clamp(Field a, Field low, Field high) =>
        Field.Apply(System.Math.Clamp, Clamped, Field.NumberOrField(a), Field.NumberOrField(low), Field.NumberOrField(high));

    /// <summary>
    /// Math.Clamp throws where low &gt; high: the record holds only where they compare as they do here (a bound that is NaN does
    /// not bind).
    /// </summary>
    static TracedNumber Clamped(Operand a, Operand low, Operand high)
    {
        _ = System.Math.Clamp(a.Value, low.Value, high.Value);
        if (!double.IsNaN(low.Value) && !double.IsNaN(high.Value)) TracedArithmetic.Compare(low, high);
        return TracedArithmetic.Apply(Operation.AtMost, TracedArithmetic.Apply(Operation.AtLeast, a, low), high);
    }
}
