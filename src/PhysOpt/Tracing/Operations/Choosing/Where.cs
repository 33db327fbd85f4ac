using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>
    /// b where a is not zero, otherwise 0, whatever b is: keeps the derivative of what was not chosen out. a is never negative.
    /// </summary>
    internal static Operation Where => WhereOperation.Instance;
}

/// <inheritdoc cref="Operation.Where"/>
internal sealed class WhereOperation() : VectorBinary<WhereOperation.Form>(nameof(Where), Shortcut.Where)
{
    internal static readonly Operation Instance = new WhereOperation();

    internal override bool Chooses => true;

    internal override bool IsDifferentiable(int side) => side == 1;

    internal override int Choice(Nodes g, int node, int side) => g[node].A;

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) => w;

    internal override int Simplify(Nodes g, int a, int b)
    {
        if (g.IsConstant(a)) return g.ConstantOf(a) == 0 ? g.Constant(0) : b;
        return g.Is(b, 0.0) || (g[b].Operation == this && g[b].A == a) ? b : g.Append(this, a, b);
    }

    internal override void Write(IVectorWriter writer) => writer.Choice([new(nameof(Vector512.Equals), 0, 0)], Part.B);

    internal readonly struct Form : IVectorBinaryForm
    {
        public static double Of(double a, double b) => a == 0 ? 0 : b;

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) =>
            Vector512.ConditionalSelect(Vector512.Equals(a, Vector512<double>.Zero), Vector512<double>.Zero, b);
    }
}
