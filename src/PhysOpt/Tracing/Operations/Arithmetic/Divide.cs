using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>a / b.</summary>
    internal static Operation Divide => DivideOperation.Instance;
}

/// <inheritdoc cref="Operation.Divide"/>
internal sealed class DivideOperation() : VectorBinary<DivideOperation.Form>(nameof(Divide), Shortcut.Divide)
{
    internal static readonly Operation Instance = new DivideOperation();

    internal override (string Symbol, int Binding) Notation => ("/", 2);

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) =>
        side == 0 ? g.Divide(w, b) : g.Negate(g.Multiply(g.Divide(w, b), node));

    /// <inheritdoc/>
    /// <remarks>x / 1 is x and x / -1 is -x.</remarks>
    internal override int Simplify(Nodes g, int a, int b)
    {
        if (g.Is(b, 1)) return a;
        return g.Is(b, -1) ? g.Negate(a) : g.Append(this, a, b);
    }

    internal override void Write(ILGenerator code) => code.Emit(OpCodes.Div);

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Divide));

    internal readonly struct Form : IVectorBinaryForm
    {
        public static double Of(double a, double b) => a / b;

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => a / b;
    }
}
