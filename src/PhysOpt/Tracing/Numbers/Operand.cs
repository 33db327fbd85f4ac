namespace PhysOpt.Tracing.Numbers;

/// <summary>Either a traced number or a plain one: so that each operation is written once for all mixtures.</summary>
internal readonly struct Operand
{
    Operand(TracedNumber? traced, double value) => (Traced, Value) = (traced, value);

    /// <summary>The traced number; null for a plain one, in whatever guise.</summary>
    internal TracedNumber? Traced { get; }

    /// <summary>The value at the traced point.</summary>
    internal double Value { get; }

    public static implicit operator Operand(TracedNumber traced) =>
        traced is null ? throw TracingException.NotNumber(null) : new(traced.Recorder is null ? null : traced, traced.Value);

    public static implicit operator Operand(double value) => new(null, value);

    /// <summary>The recording that it belongs to; null for a plain number.</summary>
    internal IRecorder? Recorder => Traced?.Recorder;

    /// <summary>The operand in an object: a traced number, or a number of any of .NET's types.</summary>
    internal static bool TryFrom(object? value, out Operand operand)
    {
        (var found, operand) = value switch
        {
            TracedNumber traced => (true, traced),
            double number => (true, number),
            int number => (true, number),
            long number => (true, number),
            decimal number => (true, (double)number),
            float number => (true, number),
            byte or sbyte or short or ushort or uint or ulong =>
                (true, Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture)),
            Half number => (true, (double)number),
            System.Numerics.BigInteger number => (true, (double)number),
            _ => (false, default(Operand)),
        };
        return found;
    }
}
