using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The cosine of a.</summary>
    internal static Operation Cos => CosOperation.Instance;
}

/// <inheritdoc cref="Operation.Cos"/>
internal sealed class CosOperation() : VectorUnary<CosOperation.Form>(nameof(Cos), Shortcut.Cos)
{
    internal static readonly Operation Instance = new CosOperation();

    internal override bool IsApproximateInLoops => true;

    private protected override Func<double, double> Intrinsic => System.Math.Cos;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Negate(g.Multiply(w, g.Apply(Sin, a)));

    internal readonly struct Form : IVectorUnaryForm
    {
        public static double Of(double a) => double.Cos(a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> x)
        {
            var usual = VectorAngle.IsUsual(x);
            var result = VectorAngle.Turned(x, 1);
            return VectorArithmetic.AllOf(usual) ? result : VectorArithmetic.Others<Form>(x, usual, result);
        }
    }
}
