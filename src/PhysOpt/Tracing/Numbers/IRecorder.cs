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

    /// <summary>A few of the operations that made a node, for people to read.</summary>
    string Sketch(int node);
}
