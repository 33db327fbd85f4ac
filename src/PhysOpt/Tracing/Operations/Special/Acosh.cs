namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The inverse of the hyperbolic cosine of a, not negative; NaN below 1, where its slope is +infinity.</summary>
    internal static Operation Acosh => AcoshOperation.Instance;
}

/// <inheritdoc cref="Operation.Acosh"/>
internal sealed class AcoshOperation() : Unary<AcoshOperation.Form>(nameof(Acosh))
{
    internal static readonly Operation Instance = new AcoshOperation();

    internal override bool IsAbrupt(int side) => side == 0;

    private protected override Func<double, double> Intrinsic => System.Math.Acosh;

    /// <summary>1 / sqrt(a^2 - 1), without cancellation beside 1 and without overflow.</summary>
    private protected override int TimesSlope(Nodes g, int w, int a, int node)
    {
        var one = g.Constant(1);
        return g.Divide(w, g.Multiply(g.Apply(Sqrt, g.Subtract(a, one)), g.Apply(Sqrt, g.Add(a, one))));
    }

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => true;

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Acosh(a);
    }
}
