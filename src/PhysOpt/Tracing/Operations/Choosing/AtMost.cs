using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>b where a lies above b, otherwise a: the upper half of Math.Clamp. Half the slope to each at the bound.</summary>
    internal static Operation AtMost => AtMostOperation.Instance;
}

/// <inheritdoc cref="Operation.AtMost"/>
internal sealed class AtMostOperation() : VectorBinary<AtMostOperation.Form>(nameof(AtMost), Shortcut.AtMost)
{
    internal static readonly Operation Instance = new AtMostOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => Min.ExtentOf(a, b);

    internal override bool Chooses => true;

    internal override int Choice(Nodes g, int node, int side)
    {
        var (_, a, b) = g[node];
        return side == 0 ? g.Apply(UnitStep, b, a) : g.Apply(UnitStep, a, b);
    }

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) => g.Multiply(w, Choice(g, node, side));

    internal override void Write(IVectorWriter writer) => writer.Choice([new(nameof(Vector512.GreaterThan), Part.B, Part.B)], Part.A);

    internal readonly struct Form : IVectorBinaryForm
    {
        public static double Of(double a, double b) => a > b ? b : a;

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) =>
            Vector512.ConditionalSelect(Vector512.GreaterThan(a, b), b, a);
    }
}
