using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The natural logarithm of a; its slope at 0 is infinite.</summary>
    internal static Operation Log => LogOperation.Instance;
}

/// <inheritdoc cref="Operation.Log"/>
internal sealed class LogOperation() : VectorUnary<LogOperation.Form>(nameof(Log), Shortcut.Log)
{
    internal static readonly Operation Instance = new LogOperation();

    internal override bool IsApproximateInLoops => true;

    private protected override Func<double, double> Intrinsic => System.Math.Log;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Divide(w, a);

    internal readonly struct Form : IVectorUnaryForm
    {
        const double SmallestNormal = 2.2250738585072014e-308;

        public static double Of(double a) => double.Log(a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> x)
        {
            var usual = Vector512.GreaterThanOrEqual(x, Vector512.Create(SmallestNormal))
                & Vector512.LessThan(x, Vector512.Create(double.PositiveInfinity));
            var bits = x.AsInt64();
            var exponent =
                Vector512.ShiftRightArithmetic(bits - Vector512.Create(BitConverter.DoubleToInt64Bits(0.70710678118654752440)), 52);
            // x = 2^exponent (1 + f), 1/2 <= (1 + f)^2 < 2
            var f = (bits - Vector512.ShiftLeft(exponent, 52)).AsDouble() - Vector512<double>.One;
            var whole =
                (exponent + Vector512.Create(VectorArithmetic.Rounder).AsInt64()).AsDouble() - Vector512.Create(VectorArithmetic.Rounder);
            var s = f / (Vector512.Create(2.0) + f); // log(1 + f) = 2 artanh(s) = f - (f^2 / 2 - s (f^2 / 2 + 2 s^2 / 3 + 2 s^4 / 5 + ...))
            var square = s * s;
            var p = Vector512.Create(2 / 21.0);
            p = VectorArithmetic.Next(p, square, 2 / 19.0);
            p = VectorArithmetic.Next(p, square, 2 / 17.0);
            p = VectorArithmetic.Next(p, square, 2 / 15.0);
            p = VectorArithmetic.Next(p, square, 2 / 13.0);
            p = VectorArithmetic.Next(p, square, 2 / 11.0);
            p = VectorArithmetic.Next(p, square, 2 / 9.0);
            p = VectorArithmetic.Next(p, square, 2 / 7.0);
            p = VectorArithmetic.Next(p, square, 2 / 5.0);
            p = VectorArithmetic.Next(p, square, 2 / 3.0);
            var half = f * f * 0.5;
            var small =
                Vector512.MultiplyAddEstimate(s, Vector512.MultiplyAddEstimate(p, square, half), whole * 1.90821492927058770002e-10);
            var result = VectorArithmetic.Multiply(whole, 6.93147180369123816490e-01, f - (half - small));
            return VectorArithmetic.AllOf(usual) ? result : VectorArithmetic.Others<Form>(x, usual, result);
        }
    }
}
