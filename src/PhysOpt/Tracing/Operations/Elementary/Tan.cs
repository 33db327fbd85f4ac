namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The tangent of a.</summary>
    internal static Operation Tan => TanOperation.Instance;
}

/// <inheritdoc cref="Operation.Tan"/>
internal sealed class TanOperation() : Unary<TanOperation.Form>(nameof(Tan))
{
    internal static readonly Operation Instance = new TanOperation();

    private protected override Func<double, double> Intrinsic => System.Math.Tan;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) =>
        g.Multiply(w, g.Add(g.Constant(1), g.Multiply(node, node)));

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Tan(a);
    }
}
