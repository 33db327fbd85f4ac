using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The square root of a; its slope at 0 and at -0.0 is +infinity.</summary>
    internal static Operation Sqrt => SqrtOperation.Instance;
}

/// <inheritdoc cref="Operation.Sqrt"/>
internal sealed class SqrtOperation() : VectorUnary<SqrtOperation.Form>(nameof(Sqrt), Shortcut.Sqrt)
{
    internal static readonly Operation Instance = new SqrtOperation();

    private protected override Func<double, double> Intrinsic => System.Math.Sqrt;

    /// <summary>sqrt(-0.0) is -0.0: adding 0.0 makes the slope +infinity there as well.</summary>
    private protected override int TimesSlope(Nodes g, int w, int a, int node) =>
        g.Divide(g.Multiply(g.Constant(0.5), w), g.Add(node, g.Constant(0)));

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => g.IsNeverNegativeZero(a);

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Sqrt));

    internal readonly struct Form : IVectorUnaryForm
    {
        public static double Of(double a) => double.Sqrt(a);

        public static Vector512<double> Of(Vector512<double> a) => Vector512.Sqrt(a);
    }
}
