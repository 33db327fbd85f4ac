using System.Runtime.CompilerServices;

namespace PhysOpt.Tracing.Operations;

/// <summary>
/// What interpreters of single numbers call: the operations that most code is made of by branches, which are foretold better than a
/// call, and the others
/// by their own method. Held in a local variable, it stays in registers.
/// </summary>
internal readonly struct UsualArithmetic()
{
    readonly Operation multiply = Operation.Multiply;
    readonly Operation add = Operation.Add;
    readonly Operation subtract = Operation.Subtract;

    /// <inheritdoc cref="Operation.Evaluate(double, double)"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal double Evaluate(Operation operation, double a, double b) =>
        operation == multiply ? a * b : operation == add ? a + b : operation == subtract ? a - b : operation.Evaluate(a, b);
}
