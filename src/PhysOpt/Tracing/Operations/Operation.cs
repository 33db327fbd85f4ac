namespace PhysOpt.Tracing.Operations;

/// <summary>What a node of a graph does with its operands a and b.</summary>
internal enum Operation : byte
{
    /// <summary>Component a of the input.</summary>
    Input,

    /// <summary>Entry a of the constants.</summary>
    Constant,

    // two operands

    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    Power,
    Atan2,
    Max,
    Min,

    /// <summary>b where a lies below b, otherwise a: the lower half of Math.Clamp, which ignores a bound that is NaN.</summary>
    AtLeast,

    /// <summary>b where a lies above b, otherwise a: the upper half of Math.Clamp.</summary>
    AtMost,

    /// <summary>1 where a &gt; b, 1/2 where a = b, 0 where a &lt; b, NaN where either is: the derivative of max(a, b) to a.</summary>
    Step,

    /// <summary>b where a is not zero, otherwise 0, whatever b is: keeps the derivative of what was not chosen out. a is never negative.</summary>
    Where,

    // one operand

    Negate,
    Sqrt,
    Cbrt,
    Exp,
    Log,
    Log2,
    Log10,
    Sin,
    Cos,
    Tan,
    Asin,
    Acos,
    Atan,
    Sinh,
    Cosh,
    Tanh,
    Abs,
    Sign,
    Floor,
    Round,
    Ceiling,
    Truncate,
}

/// <summary>What is known of operations without looking at their operands.</summary>
internal static class OperationFacts
{
    internal static bool IsLeaf(this Operation operation) => operation <= Operation.Constant;

    internal static bool IsBinary(this Operation operation) => operation is >= Operation.Add and <= Operation.Where;

    internal static bool IsUnary(this Operation operation) => operation >= Operation.Negate;

    /// <summary>True where a and b may change places without any change of the result (but for the payload of a NaN).</summary>
    internal static bool IsCommutative(this Operation operation) =>
        operation is Operation.Add or Operation.Multiply or Operation.Max or Operation.Min;

    /// <summary>True for operations that choose one operand and let the other one go.</summary>
    internal static bool Chooses(this Operation operation) => operation is >= Operation.Max and <= Operation.AtMost or Operation.Where;
}
