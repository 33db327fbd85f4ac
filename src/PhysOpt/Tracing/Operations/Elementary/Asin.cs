namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The arc sine of a; its slope at 1 and -1 is +infinity.</summary>
    internal static Operation Asin => AsinOperation.Instance;
}

/// <inheritdoc cref="Operation.Asin"/>
internal sealed class AsinOperation() : Unary<AsinOperation.Form>(nameof(Asin))
{
    internal static readonly Operation Instance = new AsinOperation();

    internal override bool IsAbrupt(int side) => side == 0;

    private protected override Func<double, double> Intrinsic => System.Math.Asin;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Divide(w, Cofunction(g, a));

    /// <summary>sqrt(1 - a^2), without cancellation beside 1 and -1.</summary>
    internal static int Cofunction(Nodes g, int a) => g.Apply(Sqrt, g.Multiply(g.Subtract(g.Constant(1), a), g.Add(g.Constant(1), a)));

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Asin(a);
    }
}
