namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The arc tangent of a.</summary>
    internal static Operation Atan => AtanOperation.Instance;
}

/// <inheritdoc cref="Operation.Atan"/>
internal sealed class AtanOperation() : Unary<AtanOperation.Form>(nameof(Atan))
{
    internal static readonly Operation Instance = new AtanOperation();

    private protected override Func<double, double> Intrinsic => System.Math.Atan;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Divide(w, g.Add(g.Constant(1), g.Multiply(a, a)));

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Atan(a);
    }
}
