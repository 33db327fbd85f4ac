using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

/// <summary>What functions of eight numbers at once are written with.</summary>
/// <remarks>
/// The runtime's own functions of vectors are not all as fast as they could be, and its exp, sin and cos choose their way by all
/// numbers of a vector together, and the ways differ in the last bits.
/// Ours reduce arguments with a constant in two or three parts (Cody and Waite 1980) and put them into as many terms of the Taylor
/// series as
/// doubles can tell from all of it; numbers too large for that, infinite or NaN go to System.Math one by one. Within two units in
/// the last place of
/// System.Math's, and what a number gives does not depend on the other seven.
/// </remarks>
internal static class VectorArithmetic
{
    /// <summary>Added to a number of moderate size it leaves the nearest whole number in the lowest bits.</summary>
    internal const double Rounder = 1.5 * (1L << 52);

    internal static bool AllOf(Vector512<double> mask) => Vector512.ExtractMostSignificantBits(mask) == 0xFF;

    /// <summary>a factor + plus.</summary>
    internal static Vector512<double> Multiply(Vector512<double> a, double factor, Vector512<double> plus) =>
        Vector512.MultiplyAddEstimate(a, Vector512.Create(factor), plus);

    /// <summary>One step of Horner's scheme: polynomial x + coefficient.</summary>
    internal static Vector512<double> Next(Vector512<double> polynomial, Vector512<double> x, double coefficient) =>
        Vector512.MultiplyAddEstimate(polynomial, x, Vector512.Create(coefficient));

    /// <summary>The results, with those of the numbers that are not done from the form's plain function.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static Vector512<double> Others<TForm>(Vector512<double> x, Vector512<double> done, Vector512<double> results)
        where TForm : struct, IUnaryForm
    {
        for (var left = ~Vector512.ExtractMostSignificantBits(done) & 0xFF; left != 0; left &= left - 1)
        {
            var lane = BitOperations.TrailingZeroCount(left);
            results = results.WithElement(lane, TForm.Of(x.GetElement(lane)));
        }

        return results;
    }
}
