namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The logarithm of a to base 2.</summary>
    internal static Operation Log2 => Log2Operation.Instance;
}

/// <inheritdoc cref="Operation.Log2"/>
internal sealed class Log2Operation() : Unary<Log2Operation.Form>(nameof(Log2))
{
    internal static readonly Operation Instance = new Log2Operation();

    private protected override Func<double, double> Intrinsic => System.Math.Log2;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Divide(w, g.Multiply(a, g.Constant(double.Log(2))));

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Log2(a);
    }
}
