using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

/// <summary>An operation with one operand that is computed number by number.</summary>
internal abstract class Unary<TForm>(string name, Shortcut shortcut = Shortcut.None) : Operation(name, 1, shortcut)
    where TForm : struct, IUnaryForm
{
    /// <summary>
    /// A method of .NET that is the form's, and better known to .NET's compiler; null where the form itself is to be called.
    /// </summary>
    private protected virtual Func<double, double>? Intrinsic => null;

    internal sealed override double Evaluate(double a, double b) => TForm.Of(a);

    internal override unsafe void Evaluate(double* target, double* a, nint stepA, double* b, nint stepB, int count) =>
        VectorLoop.NumberByNumber<TForm>(target, a, stepA, count);

    internal sealed override int Times(Nodes g, int w, int node, int side) => TimesSlope(g, w, g[node].A, node);

    /// <summary>w times the derivative to a, where node is the value.</summary>
    private protected virtual int TimesSlope(Nodes g, int w, int a, int node) =>
        throw new InvalidOperationException($"{Name} has no derivative to pass on.");

    internal override void Write(ILGenerator code) => code.Emit(OpCodes.Call, (Intrinsic ?? TForm.Of).Method);

    internal override void Write(IVectorWriter writer) => writer.NumberByNumber(this);
}

/// <summary>An operation with one operand that is computed for eight numbers at once.</summary>
internal abstract class VectorUnary<TForm>(string name, Shortcut shortcut = Shortcut.None) : Unary<TForm>(name, shortcut)
    where TForm : struct, IVectorUnaryForm
{
    internal sealed override unsafe void Evaluate(double* target, double* a, nint stepA, double* b, nint stepB, int count) =>
        VectorLoop.Run<TForm>(target, a, stepA, count);

    internal override void Write(IVectorWriter writer) => writer.Function(((Func<Vector512<double>, Vector512<double>>)TForm.Of).Method);
}
