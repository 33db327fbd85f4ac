using PhysOpt.Tracing;
using PhysOpt.Tracing.Operations;

namespace PhysOpt;

/// <content>The operators that C# and PowerShell call, element by element. Numbers of other types become doubles.</content>
public sealed partial class Field
{
    /// <summary>-a.</summary>
    public static Field operator -(Field a) => Apply(Operation.Negate, a);

    /// <summary>a + b.</summary>
    public static Field operator +(Field a, Field b) => Apply(Operation.Add, a, b);

    /// <summary>a + b.</summary>
    public static Field operator +(Field a, double b) => Apply(Operation.Add, a, b);

    /// <summary>a + b.</summary>
    public static Field operator +(double a, Field b) => Apply(Operation.Add, a, b);

    /// <summary>a + b.</summary>
    public static Field operator +(Field a, TracedNumber b) => Apply(Operation.Add, a, b);

    /// <summary>a - b.</summary>
    public static Field operator -(Field a, Field b) => Apply(Operation.Subtract, a, b);

    /// <summary>a - b.</summary>
    public static Field operator -(Field a, double b) => Apply(Operation.Subtract, a, b);

    /// <summary>a - b.</summary>
    public static Field operator -(double a, Field b) => Apply(Operation.Subtract, a, b);

    /// <summary>a - b.</summary>
    public static Field operator -(Field a, TracedNumber b) => Apply(Operation.Subtract, a, b);

    /// <summary>a - b; a whole 0 as a makes it -b, as PowerShell's unary minus arrives.</summary>
    public static Field operator -(int a, Field b) => a == 0 ? -b : Apply(Operation.Subtract, (double)a, b);

    /// <summary>a * b.</summary>
    public static Field operator *(Field a, Field b) => Apply(Operation.Multiply, a, b);

    /// <summary>a * b.</summary>
    public static Field operator *(Field a, double b) => Apply(Operation.Multiply, a, b);

    /// <summary>a * b.</summary>
    public static Field operator *(double a, Field b) => Apply(Operation.Multiply, a, b);

    /// <summary>a * b.</summary>
    public static Field operator *(Field a, TracedNumber b) => Apply(Operation.Multiply, a, b);

    /// <summary>a / b.</summary>
    public static Field operator /(Field a, Field b) => Apply(Operation.Divide, a, b);

    /// <summary>a / b.</summary>
    public static Field operator /(Field a, double b) => Apply(Operation.Divide, a, b);

    /// <summary>a / b.</summary>
    public static Field operator /(double a, Field b) => Apply(Operation.Divide, a, b);

    /// <summary>a / b.</summary>
    public static Field operator /(Field a, TracedNumber b) => Apply(Operation.Divide, a, b);

    /// <summary>a % b.</summary>
    public static Field operator %(Field a, Field b) => Apply(Operation.Remainder, a, b);

    /// <summary>a % b.</summary>
    public static Field operator %(Field a, double b) => Apply(Operation.Remainder, a, b);

    /// <summary>a % b.</summary>
    public static Field operator %(double a, Field b) => Apply(Operation.Remainder, a, b);

    /// <summary>a % b.</summary>
    public static Field operator %(Field a, TracedNumber b) => Apply(Operation.Remainder, a, b);
}
