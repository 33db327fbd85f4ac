using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Numbers;

/// <summary>
/// What operators and functions come to: the recording of their operands does it, or plain arithmetic where none is traced.
/// </summary>
internal static class TracedArithmetic
{
    /// <summary>An operation with two operands, or one.</summary>
    internal static TracedNumber Apply(Operation operation, Operand a, Operand? b = null)
    {
        if ((a.Recorder ?? b?.Recorder) is { } recorder) return recorder.Apply(operation, a, b);
        return (TracedNumber)operation.Evaluate(a.Value, b?.Value ?? 0);
    }

    /// <summary>How a compares with b at the traced point; recorded as a guard where either is traced.</summary>
    /// <exception cref="TracingException">Either is NaN.</exception>
    internal static int Compare(Operand a, Operand b)
    {
        if (double.IsNaN(a.Value) || double.IsNaN(b.Value)) throw TracingException.ComparedNaN();
        return (a.Recorder ?? b.Recorder)?.Compare(a, b) ?? a.Value.CompareTo(b.Value);
    }

    /// <summary>Whether a equals b at the traced point; recorded as a guard where either is traced.</summary>
    internal static bool AreEqual(Operand a, Operand b) => (a.Recorder ?? b.Recorder)?.AreEqual(a, b) ?? a.Value == b.Value;
}
