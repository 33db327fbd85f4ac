namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The inverse of the hyperbolic sine of a.</summary>
    internal static Operation Asinh => AsinhOperation.Instance;
}

/// <inheritdoc cref="Operation.Asinh"/>
internal sealed class AsinhOperation() : Unary<AsinhOperation.Form>(nameof(Asinh))
{
    internal static readonly Operation Instance = new AsinhOperation();

    private protected override Func<double, double> Intrinsic => System.Math.Asinh;

    /// <summary>1 / sqrt(1 + a^2), which does not overflow so.</summary>
    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Divide(w, g.Apply(Hypot, g.Constant(1), a));

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Asinh(a);
    }
}
