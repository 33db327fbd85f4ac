using PhysOpt.Tracing;

namespace PhysOpt;

/// <content>The nearest number between two bounds.</content>
public static partial class Math
{
    /// <summary>The nearest number to a between low and high.</summary>
    /// <exception cref="ArgumentException">low lies above high; of traced numbers, at the traced point.</exception>
    public static double Clamp(double a, double low, double high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static decimal Clamp(decimal a, decimal low, decimal high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static float Clamp(float a, float low, float high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static byte Clamp(byte a, byte low, byte high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static sbyte Clamp(sbyte a, sbyte low, sbyte high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static short Clamp(short a, short low, short high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static ushort Clamp(ushort a, ushort low, ushort high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static int Clamp(int a, int low, int high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static uint Clamp(uint a, uint low, uint high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static long Clamp(long a, long low, long high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static ulong Clamp(ulong a, ulong low, ulong high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static nint Clamp(nint a, nint low, nint high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static nuint Clamp(nuint a, nuint low, nuint high) => System.Math.Clamp(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static TracedNumber Clamp(TracedNumber a, TracedNumber low, TracedNumber high) => Clamped(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static TracedNumber Clamp(TracedNumber a, TracedNumber low, double high) => Clamped(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static TracedNumber Clamp(TracedNumber a, double low, TracedNumber high) => Clamped(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static TracedNumber Clamp(TracedNumber a, double low, double high) => Clamped(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static TracedNumber Clamp(double a, TracedNumber low, TracedNumber high) => Clamped(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static TracedNumber Clamp(double a, TracedNumber low, double high) => Clamped(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static TracedNumber Clamp(double a, double low, TracedNumber high) => Clamped(a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(Field a, Field low, Field high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(Field a, Field low, TracedNumber high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(Field a, Field low, double high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(Field a, TracedNumber low, Field high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(Field a, TracedNumber low, TracedNumber high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(Field a, TracedNumber low, double high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(Field a, double low, Field high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(Field a, double low, TracedNumber high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(Field a, double low, double high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(TracedNumber a, Field low, Field high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(TracedNumber a, Field low, TracedNumber high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(TracedNumber a, Field low, double high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(TracedNumber a, TracedNumber low, Field high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(TracedNumber a, double low, Field high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(double a, Field low, Field high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(double a, Field low, TracedNumber high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(double a, Field low, double high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(double a, TracedNumber low, Field high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <inheritdoc cref="Clamp(double, double, double)"/>
    public static Field Clamp(double a, double low, Field high) => Field.Apply(System.Math.Clamp, Clamped, a, low, high);

    /// <summary>Math.Clamp throws where low &gt; high: the record holds only where they compare as they do here (a bound that is NaN does not bind).</summary>
    static TracedNumber Clamped(Operand a, Operand low, Operand high)
    {
        _ = System.Math.Clamp(a.Value, low.Value, high.Value);
        if (!double.IsNaN(low.Value) && !double.IsNaN(high.Value)) Recording.Compare(low, high);
        return Recording.Apply(Operation.AtMost, Recording.Apply(Operation.AtLeast, a, low), high);
    }
}
