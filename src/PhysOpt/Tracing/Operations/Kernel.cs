using System.Runtime.CompilerServices;

namespace PhysOpt.Tracing.Operations;

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
        Operation.Power => double.Pow(a, b),
        Operation.Atan2 => double.Atan2(a, b),
        Operation.Max => double.Max(a, b),
        Operation.Min => double.Min(a, b),
        Operation.AtLeast => AtLeast(a, b),
        Operation.AtMost => AtMost(a, b),
        Operation.Step => Step(a, b),
        Operation.Where => Where(a, b),
        Operation.Negate => -a,
        Operation.Sqrt => double.Sqrt(a),
        Operation.Cbrt => double.Cbrt(a),
        Operation.Exp => double.Exp(a),
        Operation.Log => double.Log(a),
        Operation.Log2 => double.Log2(a),
        Operation.Log10 => double.Log10(a),
        Operation.Sin => double.Sin(a),
        Operation.Cos => double.Cos(a),
        Operation.Tan => double.Tan(a),
        Operation.Asin => double.Asin(a),
        Operation.Acos => double.Acos(a),
        Operation.Atan => double.Atan(a),
        Operation.Sinh => double.Sinh(a),
        Operation.Cosh => double.Cosh(a),
        Operation.Tanh => double.Tanh(a),
        Operation.Abs => double.Abs(a),
        Operation.Sign => Sign(a),
        Operation.Floor => double.Floor(a),
        Operation.Round => double.Round(a),
        Operation.Ceiling => double.Ceiling(a),
        Operation.Truncate => double.Truncate(a),
        _ => throw new InvalidOperationException($"{operation} is not computed from operands."),
    };

    /// <summary>The largest whole exponent that becomes a product in a recording.</summary>
    const int LargestProductPower = 16;

    /// <summary>The operation on constants as a recording has it: a whole power is the product that <see cref="IsProductPower"/> makes of it.</summary>
    internal static double OfConstants(Operation operation, double a, double b)
    {
        if (operation != Operation.Power || !IsProductPower(b, out var k)) return Evaluate(operation, a, b);
        return k < 0 ? 1 / Product(a, -k) : Product(a, k);

        static double Product(double x, int k)
        {
            if (k < 2) return k == 0 ? 1 : x;
            var root = Product(x, k % 2 == 0 ? k / 2 : k - 1);
            return root * (k % 2 == 0 ? root : x);
        }
    }

    /// <summary>True for a constant exponent that makes a product.</summary>
    internal static bool IsProductPower(double exponent, out int k)
    {
        var isProduct = double.IsInteger(exponent) && double.Abs(exponent) <= LargestProductPower;
        k = isProduct ? (int)exponent : 0;
        return isProduct;
    }

    /// <summary><see cref="Operation.AtLeast"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double AtLeast(double a, double b) => a < b ? b : a;

    /// <summary><see cref="Operation.AtMost"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double AtMost(double a, double b) => a > b ? b : a;

    /// <summary><see cref="Operation.Step"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Step(double a, double b) => a > b ? 1 : a < b ? 0 : a == b ? 0.5 : double.NaN;

    /// <summary><see cref="Operation.Where"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Where(double a, double b) => a == 0 ? 0 : b;

    /// <summary><see cref="Operation.Sign"/>; NaN of NaN.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Sign(double a) => a > 0 ? 1 : a < 0 ? -1 : a == 0 ? 0 : double.NaN;
}
