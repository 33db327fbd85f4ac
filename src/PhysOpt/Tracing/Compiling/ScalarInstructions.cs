using System.Reflection;
using System.Reflection.Emit;
using PhysOpt.Tracing.Operations;

namespace PhysOpt.Tracing.Compiling;

/// <summary>The instructions for an operation on numbers that are on the stack: the very operations of <see cref="Kernel"/>.</summary>
internal static class ScalarInstructions
{
    static readonly Dictionary<Operation, MethodInfo> Methods = new()
    {
        [Operation.Power] = OfMath(nameof(System.Math.Pow), 2),
        [Operation.Atan2] = OfMath(nameof(System.Math.Atan2), 2),
        [Operation.Max] = OfMath(nameof(System.Math.Max), 2),
        [Operation.Min] = OfMath(nameof(System.Math.Min), 2),
        [Operation.AtLeast] = OfKernel(nameof(Kernel.AtLeast)),
        [Operation.AtMost] = OfKernel(nameof(Kernel.AtMost)),
        [Operation.Step] = OfKernel(nameof(Kernel.Step)),
        [Operation.Where] = OfKernel(nameof(Kernel.Where)),
        [Operation.Sqrt] = OfMath(nameof(System.Math.Sqrt)),
        [Operation.Cbrt] = OfMath(nameof(System.Math.Cbrt)),
        [Operation.Exp] = OfMath(nameof(System.Math.Exp)),
        [Operation.Log] = OfMath(nameof(System.Math.Log)),
        [Operation.Log2] = OfMath(nameof(System.Math.Log2)),
        [Operation.Log10] = OfMath(nameof(System.Math.Log10)),
        [Operation.Sin] = OfMath(nameof(System.Math.Sin)),
        [Operation.Cos] = OfMath(nameof(System.Math.Cos)),
        [Operation.Tan] = OfMath(nameof(System.Math.Tan)),
        [Operation.Asin] = OfMath(nameof(System.Math.Asin)),
        [Operation.Acos] = OfMath(nameof(System.Math.Acos)),
        [Operation.Atan] = OfMath(nameof(System.Math.Atan)),
        [Operation.Sinh] = OfMath(nameof(System.Math.Sinh)),
        [Operation.Cosh] = OfMath(nameof(System.Math.Cosh)),
        [Operation.Tanh] = OfMath(nameof(System.Math.Tanh)),
        [Operation.Abs] = OfMath(nameof(System.Math.Abs)),
        [Operation.Sign] = OfKernel(nameof(Kernel.Sign)),
        [Operation.Floor] = OfMath(nameof(System.Math.Floor)),
        [Operation.Round] = OfMath(nameof(System.Math.Round)),
        [Operation.Ceiling] = OfMath(nameof(System.Math.Ceiling)),
        [Operation.Truncate] = OfMath(nameof(System.Math.Truncate)),
    };

    /// <summary>Replaces the operands on the stack by the result.</summary>
    internal static void Emit(ILGenerator code, Operation operation)
    {
        if (operation == Operation.Add) code.Emit(OpCodes.Add);
        else if (operation == Operation.Subtract) code.Emit(OpCodes.Sub);
        else if (operation == Operation.Multiply) code.Emit(OpCodes.Mul);
        else if (operation == Operation.Divide) code.Emit(OpCodes.Div);
        else if (operation == Operation.Remainder) code.Emit(OpCodes.Rem);
        else if (operation == Operation.Negate) code.Emit(OpCodes.Neg);
        else code.Emit(OpCodes.Call, Methods[operation]);
    }

    static MethodInfo OfMath(string name, int operands = 1) => typeof(System.Math).GetMethod(name, [.. Enumerable.Repeat(typeof(double), operands)])!;

    static MethodInfo OfKernel(string name) => typeof(Kernel).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!;
}
