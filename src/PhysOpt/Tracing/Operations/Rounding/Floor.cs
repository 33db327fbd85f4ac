using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The largest whole number not above a. The slope is 0, at the jumps too.</summary>
    internal static Operation Floor => FloorOperation.Instance;
}

/// <inheritdoc cref="Operation.Floor"/>
internal sealed class FloorOperation() : VectorUnary<FloorOperation.Form>(nameof(Floor), Shortcut.Floor)
{
    internal static readonly Operation Instance = new FloorOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => a.Rounded(System.Math.Floor);

    internal override bool IsAbrupt(int side) => side == 0;

    private protected override Func<double, double> Intrinsic => System.Math.Floor;

    internal override bool IsDifferentiable(int side) => false;

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Floor));

    internal readonly struct Form : IVectorUnaryForm
    {
        public static double Of(double a) => double.Floor(a);

        public static Vector512<double> Of(Vector512<double> a) => Vector512.Floor(a);
    }
}
