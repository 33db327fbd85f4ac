using System.Runtime.CompilerServices;

namespace PhysOpt.Tracing.Operations;

/// <summary>Polynomials, the coefficient of the constant term first.</summary>
/// <remarks>
/// The coefficients of special functions are interpolations at Chebyshev points, computed with 60 digits and then rounded; their
/// error is below
/// half a unit in the last place. How often a function is off by more than a unit is tested against tables.
/// </remarks>
internal static class Polynomial
{
    /// <summary>The value at x by Horner's scheme, one rounding for each term.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static double At(double x, ReadOnlySpan<double> coefficients)
    {
        var value = coefficients[^1];
        for (var k = coefficients.Length - 2; k >= 0; k--) value = double.FusedMultiplyAdd(value, x, coefficients[k]);
        return value;
    }
}
