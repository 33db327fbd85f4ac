using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

/// <summary>What sine and cosine of eight numbers have in common.</summary>
internal static class VectorAngle
{
    /// <summary>Up to here the multiples of the first two parts of pi/2 are exact.</summary>
    const double Largest = 1e5;

    internal static Vector512<double> IsUsual(Vector512<double> x) => Vector512.LessThan(Vector512.Abs(x), Vector512.Create(Largest));

    /// <summary>sin(x + quarters pi/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Turned(Vector512<double> x, long quarters)
    {
        var shifted = VectorArithmetic.Multiply(x, 2 / System.Math.PI, Vector512.Create(VectorArithmetic.Rounder));
        var whole = shifted - Vector512.Create(VectorArithmetic.Rounder);
        var r = VectorArithmetic.Multiply(whole, -1.57079632673412561417, x); // |r| <= pi / 4
        r = VectorArithmetic.Multiply(whole, -2.02226624879595063154e-21, VectorArithmetic.Multiply(whole, -6.07710050630396597660e-11, r));
        var square = r * r;

        var sine = Vector512.Create(1 / 355687428096000.0);
        sine = VectorArithmetic.Next(sine, square, -1 / 1307674368000.0);
        sine = VectorArithmetic.Next(sine, square, 1 / 6227020800.0);
        sine = VectorArithmetic.Next(sine, square, -1 / 39916800.0);
        sine = VectorArithmetic.Next(sine, square, 1 / 362880.0);
        sine = VectorArithmetic.Next(sine, square, -1 / 5040.0);
        sine = VectorArithmetic.Next(sine, square, 1 / 120.0);
        sine = VectorArithmetic.Next(sine, square, -1 / 6.0);
        sine = Vector512.MultiplyAddEstimate(sine * square, r, r);

        var cosine = Vector512.Create(1 / 20922789888000.0);
        cosine = VectorArithmetic.Next(cosine, square, -1 / 87178291200.0);
        cosine = VectorArithmetic.Next(cosine, square, 1 / 479001600.0);
        cosine = VectorArithmetic.Next(cosine, square, -1 / 3628800.0);
        cosine = VectorArithmetic.Next(cosine, square, 1 / 40320.0);
        cosine = VectorArithmetic.Next(cosine, square, -1 / 720.0);
        cosine = VectorArithmetic.Next(cosine, square, 1 / 24.0);
        cosine = VectorArithmetic.Next(cosine, square, -0.5);
        cosine = VectorArithmetic.Next(cosine, square, 1);

        var turns = shifted.AsInt64() + Vector512.Create(quarters);
        var isSine = Vector512.Equals(turns & Vector512.Create(1L), Vector512<long>.Zero).AsDouble();
        var sign = Vector512.ShiftLeft(turns & Vector512.Create(2L), 62).AsDouble();
        return Vector512.ConditionalSelect(isSine, sine, cosine) ^ sign;
    }
}
