namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The arc cosine of a; its slope at 1 and -1 is -infinity.</summary>
    internal static Operation Acos => AcosOperation.Instance;
}

/// <inheritdoc cref="Operation.Acos"/>
internal sealed class AcosOperation() : Unary<AcosOperation.Form>(nameof(Acos))
{
    internal static readonly Operation Instance = new AcosOperation();

    internal override bool IsAbrupt(int side) => side == 0;

    private protected override Func<double, double> Intrinsic => System.Math.Acos;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Negate(g.Divide(w, AsinOperation.Cofunction(g, a)));

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => true;

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Acos(a);
    }
}
