using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The sine of a.</summary>
    internal static Operation Sin => SinOperation.Instance;
}

/// <inheritdoc cref="Operation.Sin"/>
internal sealed class SinOperation() : VectorUnary<SinOperation.Form>(nameof(Sin), Shortcut.Sin)
{
    internal static readonly Operation Instance = new SinOperation();

    internal override bool IsApproximateInLoops => true;

    private protected override Func<double, double> Intrinsic => System.Math.Sin;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Multiply(w, g.Apply(Cos, a));

    internal readonly struct Form : IVectorUnaryForm
    {
        /// <summary>Up to here sin(x) is x.</summary>
        const double Tiny = 1e-9;

        public static double Of(double a) => double.Sin(a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> x)
        {
            var usual = VectorAngle.IsUsual(x);
            var tiny = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(Tiny));
            var result = Vector512.ConditionalSelect(tiny, x, VectorAngle.Turned(x, 0));
            return VectorArithmetic.AllOf(usual) ? result : VectorArithmetic.Others<Form>(x, usual, result);
        }
    }
}
