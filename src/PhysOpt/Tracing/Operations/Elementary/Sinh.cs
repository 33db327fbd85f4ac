namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The hyperbolic sine of a.</summary>
    internal static Operation Sinh => SinhOperation.Instance;
}

/// <inheritdoc cref="Operation.Sinh"/>
internal sealed class SinhOperation() : Unary<SinhOperation.Form>(nameof(Sinh))
{
    internal static readonly Operation Instance = new SinhOperation();

    private protected override Func<double, double> Intrinsic => System.Math.Sinh;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Multiply(w, g.Apply(Cosh, a));

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Sinh(a);
    }
}
