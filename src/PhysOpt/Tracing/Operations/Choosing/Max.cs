using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The larger of a and b; NaN where either is, half the slope to each where they tie.</summary>
    internal static Operation Max => MaxOperation.Instance;
}

/// <inheritdoc cref="Operation.Max"/>
internal sealed class MaxOperation() : VectorBinary<MaxOperation.Form>(nameof(Max), Shortcut.Max)
{
    internal static readonly Operation Instance = new MaxOperation();

    internal override Extent ExtentOf(Extent a, Extent b) =>
        new(double.Max(a.Low, b.Low), double.Max(a.High, b.High), a.IsWhole && b.IsWhole);

    internal override bool IsCommutative => true;

    internal override bool Chooses => true;

    internal override int Choice(Nodes g, int node, int side)
    {
        var (_, a, b) = g[node];
        return side == 0 ? g.Apply(UnitStep, a, b) : g.Apply(UnitStep, b, a);
    }

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) => g.Multiply(w, Choice(g, node, side));

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Max));

    /// <remarks>
    /// Not System.Math's own, which .NET's compiler gets wrong for a constant zero. What is equal has the same bits, but for zeros:
    /// +0.0 where one of two zeros is.
    /// </remarks>
    internal readonly struct Form : IVectorBinaryForm
    {
        public static double Of(double a, double b) =>
            a > b ? a
            : b > a ? b
            : a == b ? BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(a) & BitConverter.DoubleToInt64Bits(b))
            : a + b;

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.Max(a, b);
    }
}
