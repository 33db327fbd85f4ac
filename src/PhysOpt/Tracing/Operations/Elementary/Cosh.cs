namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The hyperbolic cosine of a.</summary>
    internal static Operation Cosh => CoshOperation.Instance;
}

/// <inheritdoc cref="Operation.Cosh"/>
internal sealed class CoshOperation() : Unary<CoshOperation.Form>(nameof(Cosh), Shortcut.Cosh)
{
    internal static readonly Operation Instance = new CoshOperation();

    private protected override Func<double, double> Intrinsic => System.Math.Cosh;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Multiply(w, g.Apply(Sinh, a));

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => true;

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Cosh(a);
    }
}
