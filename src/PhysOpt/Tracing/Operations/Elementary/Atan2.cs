namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>
    /// The angle of the point (b, a) from the first axis; both slopes are 0 at (0, 0), and where the squares of both underflow.
    /// </summary>
    internal static Operation Atan2 => Atan2Operation.Instance;
}

/// <inheritdoc cref="Operation.Atan2"/>
internal sealed class Atan2Operation() : Binary<Atan2Operation.Form>(nameof(Atan2))
{
    internal static readonly Operation Instance = new Atan2Operation();

    internal override bool IsAbrupt(int side) => true;

    private protected override Func<double, double, double> Intrinsic => System.Math.Atan2;

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side)
    {
        var square = g.Add(g.Multiply(b, b), g.Multiply(a, a));
        var slope = g.Divide(g.Multiply(w, side == 0 ? b : a), square);
        return g.Apply(Where, square, side == 0 ? slope : g.Negate(slope));
    }

    internal readonly struct Form : IBinaryForm
    {
        public static double Of(double a, double b) => double.Atan2(a, b);
    }
}
