using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Numbers;

/// <summary>What traced numbers belong to: the recording that is told what is done with them.</summary>
internal interface IRecorder
{
    /// <summary>True until the recording has ended.</summary>
    bool IsOpen { get; }

    /// <summary>An operation with two operands, or one; at least one is traced.</summary>
    TracedNumber Apply(Operation operation, Operand a, Operand? b = null);

    /// <summary>
    /// How a compares with b, neither of them NaN, at the traced point: negative, zero or positive. From here on the record holds
    /// only where it
    /// is the same.
    /// </summary>
    int Compare(Operand a, Operand b);

    /// <summary>
    /// Whether a equals b at the traced point (NaN equals nothing). From here on the record holds only where the answer is the
    /// same.
    /// </summary>
    bool AreEqual(Operand a, Operand b);

    /// <summary>
    /// Element k of a list of traced and plain numbers, where k is whole at the traced point: counted from 0, or from the end where
    /// it is negative. Its derivative is that of the element, and zero for the index. One record serves all indices; where the
    /// index is outside of the list, or not whole, the record does not hold.
    /// </summary>
    /// <param name="elements">n of them. Gathers of the same elements share one list.</param>
    /// <param name="index">From -n to n - 1.</param>
    /// <exception cref="TracingException">An element is no number, or the index is outside at the traced point.</exception>
    TracedNumber Gather(IReadOnlyList<object?> elements, TracedNumber index);

    /// <summary>A few of the operations that made a node, for people to read.</summary>
    string Sketch(int node);
}
