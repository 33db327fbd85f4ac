using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The smallest whole number not below a. The slope is 0, at the jumps too.</summary>
    internal static Operation Ceiling => CeilingOperation.Instance;
}

/// <inheritdoc cref="Operation.Ceiling"/>
internal sealed class CeilingOperation() : VectorUnary<CeilingOperation.Form>(nameof(Ceiling), Shortcut.Ceiling)
{
    internal static readonly Operation Instance = new CeilingOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => a.Rounded(System.Math.Ceiling);

    internal override bool IsAbrupt(int side) => side == 0;

    private protected override Func<double, double> Intrinsic => System.Math.Ceiling;

    internal override bool IsDifferentiable(int side) => false;

    internal override void Write(IVectorWriter writer) => writer.Instruction(nameof(Vector512.Ceiling));

    internal readonly struct Form : IVectorUnaryForm
    {
        public static double Of(double a) => double.Ceiling(a);

        public static Vector512<double> Of(Vector512<double> a) => Vector512.Ceiling(a);
    }
}
