using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing;

/// <content>The operators that C# and PowerShell call, and the conversions from plain numbers.</content>
public sealed partial class TracedNumber
{
    /// <summary>A plain number in the guise of a traced one.</summary>
    public static explicit operator TracedNumber(double value) => new(null, -1, value);

    /// <summary>A plain number in the guise of a traced one.</summary>
    public static explicit operator TracedNumber(int value) => new(null, -1, value);

    /// <summary>A plain number in the guise of a traced one.</summary>
    public static explicit operator TracedNumber(long value) => new(null, -1, value);

    /// <summary>A plain number in the guise of a traced one.</summary>
    public static explicit operator TracedNumber(float value) => new(null, -1, value);

    /// <summary>A plain number in the guise of a traced one.</summary>
    public static explicit operator TracedNumber(decimal value) => new(null, -1, (double)value);

    /// <summary>-a.</summary>
    public static TracedNumber operator -(TracedNumber a) => TracedArithmetic.Apply(Operation.Negate, a);

    /// <summary>a + b.</summary>
    public static TracedNumber operator +(TracedNumber a, TracedNumber b) => TracedArithmetic.Apply(Operation.Add, a, b);

    /// <summary>a + b.</summary>
    public static TracedNumber operator +(TracedNumber a, double b) => TracedArithmetic.Apply(Operation.Add, a, b);

    /// <summary>a + b.</summary>
    public static TracedNumber operator +(double a, TracedNumber b) => TracedArithmetic.Apply(Operation.Add, a, b);

    /// <summary>a - b.</summary>
    public static TracedNumber operator -(TracedNumber a, TracedNumber b) => TracedArithmetic.Apply(Operation.Subtract, a, b);

    /// <summary>a - b.</summary>
    public static TracedNumber operator -(TracedNumber a, double b) => TracedArithmetic.Apply(Operation.Subtract, a, b);

    /// <summary>a - b.</summary>
    public static TracedNumber operator -(double a, TracedNumber b) => TracedArithmetic.Apply(Operation.Subtract, a, b);

    /// <summary>a - b; a whole 0 as a makes it -b.</summary>
    public static TracedNumber operator -(int a, TracedNumber b) => a == 0 ? -b : TracedArithmetic.Apply(Operation.Subtract, a, b);

    /// <summary>a * b.</summary>
    public static TracedNumber operator *(TracedNumber a, TracedNumber b) => TracedArithmetic.Apply(Operation.Multiply, a, b);

    /// <summary>a * b.</summary>
    public static TracedNumber operator *(TracedNumber a, double b) => TracedArithmetic.Apply(Operation.Multiply, a, b);

    /// <summary>a * b.</summary>
    public static TracedNumber operator *(double a, TracedNumber b) => TracedArithmetic.Apply(Operation.Multiply, a, b);

    /// <summary>a / b.</summary>
    public static TracedNumber operator /(TracedNumber a, TracedNumber b) => TracedArithmetic.Apply(Operation.Divide, a, b);

    /// <summary>a / b.</summary>
    public static TracedNumber operator /(TracedNumber a, double b) => TracedArithmetic.Apply(Operation.Divide, a, b);

    /// <summary>a / b.</summary>
    public static TracedNumber operator /(double a, TracedNumber b) => TracedArithmetic.Apply(Operation.Divide, a, b);

    /// <summary>a % b.</summary>
    public static TracedNumber operator %(TracedNumber a, TracedNumber b) => TracedArithmetic.Apply(Operation.Remainder, a, b);

    /// <summary>a % b.</summary>
    public static TracedNumber operator %(TracedNumber a, double b) => TracedArithmetic.Apply(Operation.Remainder, a, b);

    /// <summary>a % b.</summary>
    public static TracedNumber operator %(double a, TracedNumber b) => TracedArithmetic.Apply(Operation.Remainder, a, b);

    /// <summary>a &lt; b at the traced point, recorded as a guard.</summary>
    public static bool operator <(TracedNumber a, TracedNumber b) => a.CompareTo(b) < 0;

    /// <summary>a &lt;= b at the traced point, recorded as a guard.</summary>
    public static bool operator <=(TracedNumber a, TracedNumber b) => a.CompareTo(b) <= 0;

    /// <summary>a &gt; b at the traced point, recorded as a guard.</summary>
    public static bool operator >(TracedNumber a, TracedNumber b) => a.CompareTo(b) > 0;

    /// <summary>a &gt;= b at the traced point, recorded as a guard.</summary>
    public static bool operator >=(TracedNumber a, TracedNumber b) => a.CompareTo(b) >= 0;

    /// <summary>a = b at the traced point, recorded as a guard.</summary>
    public static bool operator ==(TracedNumber? a, TracedNumber? b) => a is null ? b is null : a.Equals(b);

    /// <summary>a differs from b at the traced point, recorded as a guard.</summary>
    public static bool operator !=(TracedNumber? a, TracedNumber? b) => !(a == b);
}
