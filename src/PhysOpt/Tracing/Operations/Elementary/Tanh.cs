namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The hyperbolic tangent of a.</summary>
    internal static Operation Tanh => TanhOperation.Instance;
}

/// <inheritdoc cref="Operation.Tanh"/>
internal sealed class TanhOperation() : Unary<TanhOperation.Form>(nameof(Tanh), Shortcut.Tanh)
{
    internal static readonly Operation Instance = new TanhOperation();

    private protected override Func<double, double> Intrinsic => System.Math.Tanh;

    /// <summary>1/cosh^2, not 1 - tanh^2, which cancels; divided twice, for cosh^2 overflows early.</summary>
    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Divide(g.Divide(w, g.Apply(Cosh, a)), g.Apply(Cosh, a));

    internal readonly struct Form : IUnaryForm
    {
        public static double Of(double a) => double.Tanh(a);
    }
}
