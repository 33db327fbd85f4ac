using System.Reflection.Emit;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>a b.</summary>
    internal static Operation Multiply => MultiplyOperation.Instance;
}

/// <inheritdoc cref="Operation.Multiply"/>
internal sealed class MultiplyOperation() : VectorBinary<MultiplyOperation.Form>(nameof(Multiply), Shortcut.Multiply)
{
    internal static readonly Operation Instance = new MultiplyOperation();

    internal override Extent ExtentOf(Extent a, Extent b)
    {
        ReadOnlySpan<double> corners = [a.Low * b.Low, a.Low * b.High, a.High * b.Low, a.High * b.High];
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var corner in corners) (low, high) = (double.Min(low, corner), double.Max(high, corner));
        return double.IsNaN(low) ? Extent.Any with { IsWhole = a.IsWhole && b.IsWhole } : new(low, high, a.IsWhole && b.IsWhole);
    }

    internal override (string Symbol, int Binding) Notation => ("*", 2);

    internal override bool IsCommutative => true;

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) => g.Multiply(w, side == 0 ? b : a);

    /// <inheritdoc/>
    /// <remarks>1 x is x and -1 x is -x. 0 x stays: it is NaN where x is infinite or NaN.</remarks>
    internal override int Simplify(Nodes g, int a, int b)
    {
        if (g.IsConstant(a)) return g.Is(a, 1) ? b : g.Is(a, -1) ? g.Negate(b) : g.Append(this, a, b);
        if (g.IsConstant(b)) return g.Is(b, 1) ? a : g.Is(b, -1) ? g.Negate(a) : g.Append(this, a, b);
        return g.Append(this, a, b);
    }

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => a == b;

    internal override void Write(ILGenerator code) => code.Emit(OpCodes.Mul);

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Multiply));

    internal readonly struct Form : IVectorBinaryForm
    {
        public static double Of(double a, double b) => a * b;

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => a * b;
    }
}
