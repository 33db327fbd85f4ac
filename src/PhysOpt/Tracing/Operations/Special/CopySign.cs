using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The absolute value of a with the sign of b, also of a zero. The slope to a is 0 at 0, that to b is 0 everywhere.</summary>
    internal static Operation CopySign => CopySignOperation.Instance;
}

/// <inheritdoc cref="Operation.CopySign"/>
/// <remarks>NaN where b is, for no record keeps the sign of a NaN; Math.CopySign takes it.</remarks>
internal sealed class CopySignOperation() : VectorBinary<CopySignOperation.Form>(nameof(CopySign))
{
    internal static readonly Operation Instance = new CopySignOperation();

    internal override bool IsAbrupt(int side) => side == 1;

    internal override bool IsDifferentiable(int side) => side == 0;

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) =>
        g.Multiply(w, g.Multiply(g.Apply(Side, a), g.Apply(this, g.Constant(1), b)));

    internal readonly struct Form : IVectorBinaryForm
    {
        public static double Of(double a, double b) => double.IsNaN(b) ? b : double.CopySign(a, b);

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) =>
            Vector512.ConditionalSelect(Vector512.Equals(b, b), Vector512.ConditionalSelect(Vector512.Create(-0.0), b, a), b);
    }
}
