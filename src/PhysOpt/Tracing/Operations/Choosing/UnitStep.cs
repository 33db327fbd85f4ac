using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>1 where a &gt; b, 1/2 where a = b, 0 where a &lt; b, NaN where either is: the derivative of max(a, b) to a.</summary>
    internal static Operation UnitStep => UnitStepOperation.Instance;
}

/// <inheritdoc cref="Operation.UnitStep"/>
internal sealed class UnitStepOperation() : VectorBinary<UnitStepOperation.Form>(nameof(UnitStep), Shortcut.UnitStep)
{
    internal static readonly Operation Instance = new UnitStepOperation();

    internal override bool IsDifferentiable(int side) => false;

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => true;

    internal override void Write(IVectorWriter writer) => writer.Choice(
        [
            new(nameof(Vector512.GreaterThan), Part.B, 1),
            new(nameof(Vector512.LessThan), Part.B, 0),
            new(nameof(Vector512.Equals), Part.B, 0.5),
        ],
        double.NaN);

    internal readonly struct Form : IVectorBinaryForm
    {
        public static double Of(double a, double b) => a > b ? 1 : a < b ? 0 : a == b ? 0.5 : double.NaN;

        public static Vector512<double> Of(Vector512<double> a, Vector512<double> b) => Vector512.ConditionalSelect(
            Vector512.GreaterThan(a, b), Vector512<double>.One, Vector512.ConditionalSelect(
                Vector512.LessThan(a, b), Vector512<double>.Zero, Vector512.ConditionalSelect(
                    Vector512.Equals(a, b), Vector512.Create(0.5), Vector512.Create(double.NaN))));
    }
}
