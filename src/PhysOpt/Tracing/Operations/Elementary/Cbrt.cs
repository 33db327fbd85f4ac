namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The cube root of a; its slope at 0 is +infinity.</summary>
    internal static Operation Cbrt => CbrtOperation.Instance;
}

/// <inheritdoc cref="Operation.Cbrt"/>
internal sealed class CbrtOperation() : Unary<CbrtOperation.Form>(nameof(Cbrt))
{
    internal static readonly Operation Instance = new CbrtOperation();

    private protected override Func<double, double> Intrinsic => System.Math.Cbrt;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) =>
        g.Divide(w, g.Multiply(g.Constant(3), g.Multiply(node, node)));

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Cbrt(a);
    }
}
