using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace PhysOpt.Tracing.Operations;

/// <summary>
/// exp, log, sin and cos of eight numbers at once, as loops compute them. Within two units in the last place of System.Math's, and what a number
/// gives does not depend on the other seven.
/// </summary>
/// <remarks>
/// The runtime's own functions of vectors are not all as fast as they could be, and its exp, sin and cos choose their way by all numbers of a vector together, and the ways differ in the last bits.
/// Here arguments are reduced with a constant in two or three parts (Cody and Waite 1980) and put into as many terms of the Taylor series as
/// doubles can tell from all of it; numbers too large for that, infinite or NaN go to System.Math one by one.
/// </remarks>
internal static class VectorFunctions
{
    /// <summary>Below the size at which exp overflows or loses digits.</summary>
    const double LargestExponent = 700;

    /// <summary>Up to here the multiples of the first two parts of pi/2 are exact.</summary>
    const double LargestAngle = 1e5;

    /// <summary>Up to here sin(x) is x.</summary>
    const double TinyAngle = 1e-9;

    const double SmallestNormal = 2.2250738585072014e-308;

    /// <summary>Added to a number of moderate size it leaves the nearest whole number in the lowest bits.</summary>
    const double Rounder = 1.5 * (1L << 52);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Exp(Vector512<double> x)
    {
        var usual = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(LargestExponent));
        var shifted = Multiply(x, 1.0 / 0.693147180559945309417, Vector512.Create(Rounder)); // x / log 2
        var whole = shifted - Vector512.Create(Rounder);
        var r = Multiply(whole, -1.90821492927058770002e-10, Multiply(whole, -6.93147180369123816490e-01, x)); // |r| <= log(2) / 2
        var p = Vector512.Create(1 / 6227020800.0);
        p = Next(p, r, 1 / 479001600.0);
        p = Next(p, r, 1 / 39916800.0);
        p = Next(p, r, 1 / 3628800.0);
        p = Next(p, r, 1 / 362880.0);
        p = Next(p, r, 1 / 40320.0);
        p = Next(p, r, 1 / 5040.0);
        p = Next(p, r, 1 / 720.0);
        p = Next(p, r, 1 / 120.0);
        p = Next(p, r, 1 / 24.0);
        p = Next(p, r, 1 / 6.0);
        p = Next(p, r, 0.5);
        p = Next(p, r, 1);
        p = Next(p, r, 1);
        var power = Vector512.ShiftLeft(shifted.AsInt64() + Vector512.Create(1023L), 52).AsDouble(); // 2^whole
        return AllOf(usual) ? p * power : Others(x, usual, p * power, Operation.Exp);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Log(Vector512<double> x)
    {
        var usual = Vector512.GreaterThanOrEqual(x, Vector512.Create(SmallestNormal)) & Vector512.LessThan(x, Vector512.Create(double.PositiveInfinity));
        var bits = x.AsInt64();
        var exponent = Vector512.ShiftRightArithmetic(bits - Vector512.Create(BitConverter.DoubleToInt64Bits(0.70710678118654752440)), 52);
        var f = (bits - Vector512.ShiftLeft(exponent, 52)).AsDouble() - Vector512<double>.One; // x = 2^exponent (1 + f), 1/2 <= (1 + f)^2 < 2
        var whole = (exponent + Vector512.Create(Rounder).AsInt64()).AsDouble() - Vector512.Create(Rounder);
        var s = f / (Vector512.Create(2.0) + f); // log(1 + f) = 2 artanh(s) = f - (f^2 / 2 - s (f^2 / 2 + 2 s^2 / 3 + 2 s^4 / 5 + ...))
        var square = s * s;
        var p = Vector512.Create(2 / 21.0);
        p = Next(p, square, 2 / 19.0);
        p = Next(p, square, 2 / 17.0);
        p = Next(p, square, 2 / 15.0);
        p = Next(p, square, 2 / 13.0);
        p = Next(p, square, 2 / 11.0);
        p = Next(p, square, 2 / 9.0);
        p = Next(p, square, 2 / 7.0);
        p = Next(p, square, 2 / 5.0);
        p = Next(p, square, 2 / 3.0);
        var half = f * f * 0.5;
        var small = Vector512.MultiplyAddEstimate(s, Vector512.MultiplyAddEstimate(p, square, half), whole * 1.90821492927058770002e-10);
        var result = Multiply(whole, 6.93147180369123816490e-01, f - (half - small));
        return AllOf(usual) ? result : Others(x, usual, result, Operation.Log);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Sin(Vector512<double> x)
    {
        var usual = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(LargestAngle));
        var tiny = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(TinyAngle));
        var result = Vector512.ConditionalSelect(tiny, x, Turned(x, 0));
        return AllOf(usual) ? result : Others(x, usual, result, Operation.Sin);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector512<double> Cos(Vector512<double> x)
    {
        var usual = Vector512.LessThan(Vector512.Abs(x), Vector512.Create(LargestAngle));
        var result = Turned(x, 1);
        return AllOf(usual) ? result : Others(x, usual, result, Operation.Cos);
    }

    /// <summary>sin(x + quarters pi/2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<double> Turned(Vector512<double> x, long quarters)
    {
        var shifted = Multiply(x, 2 / System.Math.PI, Vector512.Create(Rounder));
        var whole = shifted - Vector512.Create(Rounder);
        var r = Multiply(whole, -1.57079632673412561417, x); // |r| <= pi / 4
        r = Multiply(whole, -2.02226624879595063154e-21, Multiply(whole, -6.07710050630396597660e-11, r));
        var square = r * r;

        var sine = Vector512.Create(1 / 355687428096000.0);
        sine = Next(sine, square, -1 / 1307674368000.0);
        sine = Next(sine, square, 1 / 6227020800.0);
        sine = Next(sine, square, -1 / 39916800.0);
        sine = Next(sine, square, 1 / 362880.0);
        sine = Next(sine, square, -1 / 5040.0);
        sine = Next(sine, square, 1 / 120.0);
        sine = Next(sine, square, -1 / 6.0);
        sine = Vector512.MultiplyAddEstimate(sine * square, r, r);

        var cosine = Vector512.Create(1 / 20922789888000.0);
        cosine = Next(cosine, square, -1 / 87178291200.0);
        cosine = Next(cosine, square, 1 / 479001600.0);
        cosine = Next(cosine, square, -1 / 3628800.0);
        cosine = Next(cosine, square, 1 / 40320.0);
        cosine = Next(cosine, square, -1 / 720.0);
        cosine = Next(cosine, square, 1 / 24.0);
        cosine = Next(cosine, square, -0.5);
        cosine = Next(cosine, square, 1);

        var turns = shifted.AsInt64() + Vector512.Create(quarters);
        var isSine = Vector512.Equals(turns & Vector512.Create(1L), Vector512<long>.Zero).AsDouble();
        var sign = Vector512.ShiftLeft(turns & Vector512.Create(2L), 62).AsDouble();
        return Vector512.ConditionalSelect(isSine, sine, cosine) ^ sign;
    }

    static bool AllOf(Vector512<double> mask) => Vector512.ExtractMostSignificantBits(mask) == 0xFF;

    static Vector512<double> Multiply(Vector512<double> a, double factor, Vector512<double> plus) => Vector512.MultiplyAddEstimate(a, Vector512.Create(factor), plus);

    static Vector512<double> Next(Vector512<double> polynomial, Vector512<double> x, double coefficient) =>
        Vector512.MultiplyAddEstimate(polynomial, x, Vector512.Create(coefficient));

    /// <summary>The results, with those of the numbers that are not done from System.Math.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static Vector512<double> Others(Vector512<double> x, Vector512<double> done, Vector512<double> results, Operation operation)
    {
        for (var left = ~Vector512.ExtractMostSignificantBits(done) & 0xFF; left != 0; left &= left - 1)
        {
            var lane = System.Numerics.BitOperations.TrailingZeroCount(left);
            results = results.WithElement(lane, Kernel.Evaluate(operation, x.GetElement(lane), 0));
        }

        return results;
    }
}
