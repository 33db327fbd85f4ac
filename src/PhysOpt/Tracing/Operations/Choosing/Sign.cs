using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>-1, 0 or 1 as a is negative, zero or positive; NaN of NaN, where Math.Sign throws. The slope is 0 everywhere.</summary>
    internal static Operation Sign => SignOperation.Instance;
}

/// <inheritdoc cref="Operation.Sign"/>
internal sealed class SignOperation() : VectorUnary<SignOperation.Form>(nameof(Sign), Shortcut.Sign)
{
    internal static readonly Operation Instance = new SignOperation();

    internal override Extent ExtentOf(Extent a, Extent b) => new(-1, 1, true);

    internal override bool IsAbrupt(int side) => side == 0;

    internal override bool IsDifferentiable(int side) => false;

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => true;

    internal override void Write(IVectorWriter writer) => writer.Choice(
        [
            new(nameof(Vector512.GreaterThan), 0, 1),
            new(nameof(Vector512.LessThan), 0, -1),
            new(nameof(Vector512.Equals), 0, 0),
        ],
        double.NaN);

    internal readonly struct Form : IVectorUnaryForm
    {
        public static double Of(double a) => a > 0 ? 1 : a < 0 ? -1 : a == 0 ? 0 : double.NaN;

        public static Vector512<double> Of(Vector512<double> a) => Vector512.ConditionalSelect(
            Vector512.GreaterThan(a, Vector512<double>.Zero), Vector512<double>.One, Vector512.ConditionalSelect(
                Vector512.LessThan(a, Vector512<double>.Zero), Vector512.Create(-1.0), Vector512.ConditionalSelect(
                    Vector512.Equals(a, Vector512<double>.Zero), Vector512<double>.Zero, Vector512.Create(double.NaN))));
    }
}
