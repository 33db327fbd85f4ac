using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing;

/// <content>The operators with a field on the right: they are here because PowerShell looks for operators in the type on the
/// left.</content>
public sealed partial class TracedNumber
{
    /// <summary>a + b, for each value of b.</summary>
    public static Field operator +(TracedNumber a, Field b) => Field.Apply(Operation.Add, a, b);

    /// <summary>a - b, for each value of b.</summary>
    public static Field operator -(TracedNumber a, Field b) => Field.Apply(Operation.Subtract, a, b);

    /// <summary>a * b, for each value of b.</summary>
    public static Field operator *(TracedNumber a, Field b) => Field.Apply(Operation.Multiply, a, b);

    /// <summary>a / b, for each value of b.</summary>
    public static Field operator /(TracedNumber a, Field b) => Field.Apply(Operation.Divide, a, b);

    /// <summary>a % b, for each value of b.</summary>
    public static Field operator %(TracedNumber a, Field b) => Field.Apply(Operation.Remainder, a, b);
}
