using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The whole part of a. The slope is 0, at the jumps too.</summary>
    internal static Operation Truncate => TruncateOperation.Instance;
}

/// <inheritdoc cref="Operation.Truncate"/>
internal sealed class TruncateOperation() : VectorUnary<TruncateOperation.Form>(nameof(Truncate), Shortcut.Truncate)
{
    internal static readonly Operation Instance = new TruncateOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => a.Rounded(System.Math.Truncate);

    internal override bool IsAbrupt(int side) => side == 0;

    private protected override Func<double, double> Intrinsic => System.Math.Truncate;

    internal override bool IsDifferentiable(int side) => false;

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Truncate));

    internal readonly struct Form : IVectorUnaryForm
    {
        public static double Of(double a) => double.Truncate(a);

        public static Vector512<double> Of(Vector512<double> a) => Vector512.Truncate(a);
    }
}
