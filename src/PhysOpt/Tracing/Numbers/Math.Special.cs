using PhysOpt.Tracing;
using PhysOpt.Tracing.Numbers;
using PhysOpt.Tracing.Operations;

namespace PhysOpt;

/// <content>
/// Functions of probability and combinatorics, and those that .NET has under other names or not to the last digits: within four
/// units in the last
/// place of the value.
/// </content>
public static partial class Math
{
    /// <summary>The error function, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to a.</summary>
    public static double Erf(double a) => ErfOperation.Form.Of(a);

    /// <inheritdoc cref="Erf(double)"/>
    public static TracedNumber Erf(TracedNumber a) => TracedArithmetic.Apply(Operation.Erf, a);

    /// <inheritdoc cref="Erf(double)"/>
    public static Field Erf(Field a) => Field.Apply(Operation.Erf, a);

    /// <summary>1 - erf(a), to the last digits where that is small; 0 from 27.3 on.</summary>
    public static double Erfc(double a) => ErfcOperation.Form.Of(a);

    /// <inheritdoc cref="Erfc(double)"/>
    public static TracedNumber Erfc(TracedNumber a) => TracedArithmetic.Apply(Operation.Erfc, a);

    /// <inheritdoc cref="Erfc(double)"/>
    public static Field Erfc(Field a) => Field.Apply(Operation.Erfc, a);

    /// <summary>
    /// The gamma function, (a - 1)! for whole a: +-infinity at +-0, NaN at negative whole numbers, infinite from 171.63 on.
    /// </summary>
    public static double Gamma(double a) => GammaOperation.Form.Of(a);

    /// <inheritdoc cref="Gamma(double)"/>
    public static TracedNumber Gamma(TracedNumber a) => TracedArithmetic.Apply(Operation.Gamma, a);

    /// <inheritdoc cref="Gamma(double)"/>
    public static Field Gamma(Field a) => Field.Apply(Operation.Gamma, a);

    /// <summary>The logarithm of the absolute value of the gamma function; +infinity at 0 and at negative whole numbers.</summary>
    /// <remarks>
    /// For negative a within four units in the last place of the larger of the value and 1, for it has roots between all poles.
    /// </remarks>
    public static double LogGamma(double a) => LogGammaOperation.Form.Of(a);

    /// <inheritdoc cref="LogGamma(double)"/>
    public static TracedNumber LogGamma(TracedNumber a) => TracedArithmetic.Apply(Operation.LogGamma, a);

    /// <inheritdoc cref="LogGamma(double)"/>
    public static Field LogGamma(Field a) => Field.Apply(Operation.LogGamma, a);

    /// <summary>e^a - 1, to the last digits where a is small (.NET's [double]::ExpM1 is not).</summary>
    public static double Expm1(double a) => Expm1Operation.Form.Of(a);

    /// <inheritdoc cref="Expm1(double)"/>
    public static TracedNumber Expm1(TracedNumber a) => TracedArithmetic.Apply(Operation.Expm1, a);

    /// <inheritdoc cref="Expm1(double)"/>
    public static Field Expm1(Field a) => Field.Apply(Operation.Expm1, a);

    /// <summary>log(1 + a), to the last digits where a is small (.NET's [double]::LogP1 is not).</summary>
    public static double Log1p(double a) => Log1pOperation.Form.Of(a);

    /// <inheritdoc cref="Log1p(double)"/>
    public static TracedNumber Log1p(TracedNumber a) => TracedArithmetic.Apply(Operation.Log1p, a);

    /// <inheritdoc cref="Log1p(double)"/>
    public static Field Log1p(Field a) => Field.Apply(Operation.Log1p, a);
}
