using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

/// <summary>An operation with two operands that is computed number by number.</summary>
internal abstract class Binary<TForm>(string name, Shortcut shortcut = Shortcut.None) : Operation(name, 2, shortcut)
    where TForm : struct, IBinaryForm
{
    /// <inheritdoc cref="Unary{TForm}.Intrinsic"/>
    private protected virtual Func<double, double, double>? Intrinsic => null;

    internal sealed override double Evaluate(double a, double b) => TForm.Of(a, b);

    internal override unsafe void Evaluate(double* target, double* a, nint stepA, double* b, nint stepB, int count) =>
        VectorLoop.NumberByNumber<TForm>(target, a, stepA, b, stepB, count);

    internal sealed override int Times(Nodes g, int w, int node, int side)
    {
        var (_, a, b) = g[node];
        return TimesSlope(g, w, a, b, node, side);
    }

    /// <summary>w times the derivative to a (side 0) or b (side 1), where node is the value.</summary>
    private protected virtual int TimesSlope(Nodes g, int w, int a, int b, int node, int side) =>
        throw new InvalidOperationException($"{Name} has no derivative to pass on.");

    internal override void Write(ILGenerator code) => code.Emit(OpCodes.Call, (Intrinsic ?? TForm.Of).Method);

    internal override void Write(IVectorWriter writer) => writer.NumberByNumber(this);
}

/// <summary>An operation with two operands that is computed for eight pairs at once.</summary>
internal abstract class VectorBinary<TForm>(string name, Shortcut shortcut = Shortcut.None) : Binary<TForm>(name, shortcut)
    where TForm : struct, IVectorBinaryForm
{
    internal sealed override unsafe void Evaluate(double* target, double* a, nint stepA, double* b, nint stepB, int count) =>
        VectorLoop.Run<TForm>(target, a, stepA, b, stepB, count);

    internal override void Write(IVectorWriter writer) =>
        writer.Function(((Func<Vector512<double>, Vector512<double>, Vector512<double>>)TForm.Of).Method);
}
