namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>
    /// sqrt(a^2 + b^2), which neither overflows nor underflows on the way; infinite where either is. Both slopes are 0 at (0, 0).
    /// </summary>
    internal static Operation Hypot => HypotOperation.Instance;
}

/// <inheritdoc cref="Operation.Hypot"/>
internal sealed class HypotOperation() : Binary<HypotOperation.Form>(nameof(Hypot))
{
    internal static readonly Operation Instance = new HypotOperation();

    internal override bool IsCommutative => true;

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) =>
        g.Apply(Where, node, g.Multiply(w, g.Divide(side == 0 ? a : b, node)));

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => true;

    internal readonly struct Form : IBinaryForm
    {
        public static double Of(double a, double b) => double.Hypot(a, b);
    }
}
