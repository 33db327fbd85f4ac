using System.Runtime.CompilerServices;

namespace PhysOpt.Tracing;

/// <summary>One operation on doubles. Constant folding, recording and the tape come here, so that they cannot differ.</summary>
internal static class Kernel
{
    /// <summary>
    /// The operation on a and b (b is ignored where there is one operand), bit for bit what C#'s operators and System.Math give.
    /// One exception: Sign of NaN is NaN here, where Math.Sign throws; a recording throws as Math.Sign does.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Evaluate(Operation operation, double a, double b) => operation switch
    {
        Operation.Add => a + b,
        Operation.Subtract => a - b,
        Operation.Multiply => a * b,
        Operation.Divide => a / b,
        Operation.Remainder => a % b,
        Operation.Power => Math.Pow(a, b),
        Operation.Atan2 => Math.Atan2(a, b),
        Operation.Max => Math.Max(a, b),
        Operation.Min => Math.Min(a, b),
        Operation.AtLeast => a < b ? b : a,
        Operation.AtMost => a > b ? b : a,
        Operation.Step => a > b ? 1 : a < b ? 0 : a == b ? 0.5 : double.NaN,
        Operation.Where => a == 0 ? 0 : b,
        Operation.Negate => -a,
        Operation.Sqrt => Math.Sqrt(a),
        Operation.Cbrt => Math.Cbrt(a),
        Operation.Exp => Math.Exp(a),
        Operation.Log => Math.Log(a),
        Operation.Log10 => Math.Log10(a),
        Operation.Sin => Math.Sin(a),
        Operation.Cos => Math.Cos(a),
        Operation.Tan => Math.Tan(a),
        Operation.Asin => Math.Asin(a),
        Operation.Acos => Math.Acos(a),
        Operation.Atan => Math.Atan(a),
        Operation.Sinh => Math.Sinh(a),
        Operation.Cosh => Math.Cosh(a),
        Operation.Tanh => Math.Tanh(a),
        Operation.Abs => Math.Abs(a),
        Operation.Sign => a > 0 ? 1 : a < 0 ? -1 : a == 0 ? 0 : double.NaN,
        Operation.Floor => Math.Floor(a),
        Operation.Round => Math.Round(a),
        Operation.Ceiling => Math.Ceiling(a),
        Operation.Truncate => Math.Truncate(a),
        _ => throw new InvalidOperationException($"{operation} is not computed from operands."),
    };
}
