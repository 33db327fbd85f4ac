using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>
    /// b where a lies below b, otherwise a: the lower half of Math.Clamp, which ignores a bound that is NaN. Half the slope to each
    /// at the bound.
    /// </summary>
    internal static Operation AtLeast => AtLeastOperation.Instance;
}

/// <inheritdoc cref="Operation.AtLeast"/>
internal sealed class AtLeastOperation() : VectorBinary<AtLeastOperation.Form>(nameof(AtLeast), Shortcut.AtLeast)
{
    internal static readonly Operation Instance = new AtLeastOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => Max.ExtentOf(a, b);

    internal override bool Chooses => true;

    internal override int Choice(Nodes g, int node, int side)
    {
        var (_, a, b) = g[node];
        return side == 0 ? g.Apply(UnitStep, a, b) : g.Apply(UnitStep, b, a);
    }

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) => g.Multiply(w, Choice(g, node, side));

    internal override void Write(IVectorWriter writer) => writer.Choice([new(nameof(Vector512.LessThan), Part.B, Part.B)], Part.A);

    internal readonly struct Form : IVectorBinaryForm
    {
        public static double Of(double a, double b) => a < b ? b : a;

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) =>
            Vector512.ConditionalSelect(Vector512.LessThan(a, b), b, a);
    }
}
