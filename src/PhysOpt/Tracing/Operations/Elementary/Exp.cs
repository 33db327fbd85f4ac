using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>e to the power of a.</summary>
    internal static Operation Exp => ExpOperation.Instance;
}

/// <inheritdoc cref="Operation.Exp"/>
internal sealed class ExpOperation() : VectorUnary<ExpOperation.Form>(nameof(Exp), Shortcut.Exp)
{
    internal static readonly Operation Instance = new ExpOperation();

    internal override bool IsApproximateInLoops => true;

    private protected override Func<double, double> Intrinsic => System.Math.Exp;

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Multiply(w, node);

    internal override bool IsNeverNegativeZero(Nodes g, int a, int b) => true;

    internal readonly struct Form : IVectorUnaryForm
    {
        /// <summary>Below the size at which exp overflows or loses digits.</summary>
        const double Largest = 700;

        public static double Of(double a) => double.Exp(a);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector512<double> Of(Vector512<double> x)
        {
            var usual = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(Largest));
            // x / log 2
            var shifted = VectorArithmetic.Multiply(x, 1.0 / 0.693147180559945309417, Vector512.Create(VectorArithmetic.Rounder));
            var whole = shifted - Vector512.Create(VectorArithmetic.Rounder);
            // |r| <= log(2) / 2
            var r = VectorArithmetic.Multiply(whole, -1.90821492927058770002e-10,
                VectorArithmetic.Multiply(whole, -6.93147180369123816490e-01, x));
            var p = Vector512.Create(1 / 6227020800.0);
            p = VectorArithmetic.Next(p, r, 1 / 479001600.0);
            p = VectorArithmetic.Next(p, r, 1 / 39916800.0);
            p = VectorArithmetic.Next(p, r, 1 / 3628800.0);
            p = VectorArithmetic.Next(p, r, 1 / 362880.0);
            p = VectorArithmetic.Next(p, r, 1 / 40320.0);
            p = VectorArithmetic.Next(p, r, 1 / 5040.0);
            p = VectorArithmetic.Next(p, r, 1 / 720.0);
            p = VectorArithmetic.Next(p, r, 1 / 120.0);
            p = VectorArithmetic.Next(p, r, 1 / 24.0);
            p = VectorArithmetic.Next(p, r, 1 / 6.0);
            p = VectorArithmetic.Next(p, r, 0.5);
            p = VectorArithmetic.Next(p, r, 1);
            p = VectorArithmetic.Next(p, r, 1);
            var power = Vector512.ShiftLeft(shifted.AsInt64() + Vector512.Create(1023L), 52).AsDouble(); // 2^whole
            return VectorArithmetic.AllOf(usual) ? p * power : VectorArithmetic.Others<Form>(x, usual, p * power);
        }
    }
}
