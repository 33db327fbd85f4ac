using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The whole number nearest to a, halves to the even one. The slope is 0, at the jumps too.</summary>
    internal static Operation Round => RoundOperation.Instance;
}

/// <inheritdoc cref="Operation.Round"/>
internal sealed class RoundOperation() : VectorUnary<RoundOperation.Form>(nameof(Round), Shortcut.Round)
{
    internal static readonly Operation Instance = new RoundOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => a.Rounded(System.Math.Round);

    internal override bool IsAbrupt(int side) => side == 0;

    private protected override Func<double, double> Intrinsic => System.Math.Round;

    internal override bool IsDifferentiable(int side) => false;

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Round));

    internal readonly struct Form : IVectorUnaryForm
    {
        public static double Of(double a) => double.Round(a);

        public static Vector512<double> Of(Vector512<double> a) => Vector512.Round(a);
    }
}
