namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The logarithm of a to base 10.</summary>
    internal static Operation Log10 => Log10Operation.Instance;
}

/// <inheritdoc cref="Operation.Log10"/>
internal sealed class Log10Operation() : Unary<Log10Operation.Form>(nameof(Log10))
{
    internal static readonly Operation Instance = new Log10Operation();

    private protected override Func<double, double> Intrinsic => System.Math.Log10;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Divide(w, g.Multiply(a, g.Constant(double.Log(10))));

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Log10(a);
    }
}
