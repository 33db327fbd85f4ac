namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The inverse of the hyperbolic tangent of a; infinite at 1 and -1, NaN beyond.</summary>
    internal static Operation Atanh => AtanhOperation.Instance;
}

/// <inheritdoc cref="Operation.Atanh"/>
internal sealed class AtanhOperation() : Unary<AtanhOperation.Form>(nameof(Atanh))
{
    internal static readonly Operation Instance = new AtanhOperation();

    internal override bool IsAbrupt(int side) => side == 0;

    private protected override Func<double, double> Intrinsic => System.Math.Atanh;

    /// <summary>1 / (1 - a^2), without cancellation beside 1 and -1.</summary>
    private protected override int TimesSlope(Nodes g, int w, int a, int node) =>
        g.Divide(w, g.Multiply(g.Subtract(g.Constant(1), a), g.Add(g.Constant(1), a)));

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Atanh(a);
    }
}
