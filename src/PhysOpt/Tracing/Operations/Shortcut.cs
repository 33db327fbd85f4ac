using System.Runtime.CompilerServices;

namespace PhysOpt.Tracing.Operations;

/// <summary>
/// The operations that most code is made of. Interpreters of single numbers compute them where they stand, without the call to the
/// descriptor, which takes two to three times as long as an addition. An operation needs no shortcut, and none has a meaning of its own:
/// they are the forms.
/// </summary>
internal enum Shortcut : byte
{
    None,
    Add,
    Subtract,
    Multiply,
    Divide,
    Negate,
    Max,
    Min,
    AtLeast,
    AtMost,
    UnitStep,
    Where,
    Abs,
    Sign,
    Side,
    Floor,
    Ceiling,
    Round,
    Truncate,
    Sqrt,
    Exp,
    Log,
    Sin,
    Cos,
    Cosh,
    Tanh,
    Power,
}

/// <summary>Operations on single numbers, by the shortest way.</summary>
internal static class Shortcuts
{
    /// <inheritdoc cref="Operation.Evaluate(double, double)"/>
    /// <remarks>The three most frequent ones by branches, which are foretold better than a jump through a table.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double Evaluate(Operation operation, double a, double b)
    {
        var shortcut = operation.Shortcut;
        return shortcut == Shortcut.Multiply ? a * b : shortcut == Shortcut.Add ? a + b : shortcut == Shortcut.Subtract ? a - b
            : Other(operation, shortcut, a, b);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static double Other(Operation operation, Shortcut shortcut, double a, double b) => shortcut switch
    {
        Shortcut.Divide => DivideOperation.Form.Of(a, b),
        Shortcut.Negate => NegateOperation.Form.Of(a),
        Shortcut.Max => MaxOperation.Form.Of(a, b),
        Shortcut.Min => MinOperation.Form.Of(a, b),
        Shortcut.AtLeast => AtLeastOperation.Form.Of(a, b),
        Shortcut.AtMost => AtMostOperation.Form.Of(a, b),
        Shortcut.UnitStep => UnitStepOperation.Form.Of(a, b),
        Shortcut.Where => WhereOperation.Form.Of(a, b),
        Shortcut.Abs => AbsOperation.Form.Of(a),
        Shortcut.Sign or Shortcut.Side => SignOperation.Form.Of(a),
        Shortcut.Floor => FloorOperation.Form.Of(a),
        Shortcut.Ceiling => CeilingOperation.Form.Of(a),
        Shortcut.Round => RoundOperation.Form.Of(a),
        Shortcut.Truncate => TruncateOperation.Form.Of(a),
        Shortcut.Sqrt => SqrtOperation.Form.Of(a),
        Shortcut.Exp => ExpOperation.Form.Of(a),
        Shortcut.Log => LogOperation.Form.Of(a),
        Shortcut.Sin => SinOperation.Form.Of(a),
        Shortcut.Cos => CosOperation.Form.Of(a),
        Shortcut.Cosh => CoshOperation.Form.Of(a),
        Shortcut.Tanh => TanhOperation.Form.Of(a),
        Shortcut.Power => PowerOperation.Form.Of(a, b),
        _ => operation.Evaluate(a, b),
    };
}
