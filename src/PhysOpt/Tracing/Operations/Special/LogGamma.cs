namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The logarithm of the absolute value of the gamma function of a.</summary>
    internal static Operation LogGamma => LogGammaOperation.Instance;
}

/// <inheritdoc cref="Operation.LogGamma"/>
/// <remarks>
/// +infinity at 0, at negative whole numbers and at both infinities. Right to the last digits relative to itself for positive a,
/// also beside its
/// roots 1 and 2; for negative a relative to the larger of itself and 1, for it has roots between all poles. Its derivative is digamma.
/// </remarks>
internal sealed class LogGammaOperation() : Unary<LogGammaOperation.Form>(nameof(LogGamma))
{
    internal static readonly Operation Instance = new LogGammaOperation();

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Multiply(w, g.Apply(Polygamma, g.Constant(0), a));

    internal readonly struct Form : IUnaryForm
    {
        /// <summary>From here on by Stirling's formula.</summary>
        const double Large = 10;

        /// <summary>log Gamma(1 + f) / f in powers of f, for f from -1/4 to 1/2.</summary>
        static ReadOnlySpan<double> BesideOne =>
        [
            -0.5772156649015329, 0.8224670334241131, -0.4006856343865304, 0.27058080842783183, -0.20738555102909395,
            0.1695571769891583, -0.14404989670121374, 0.1255096701225694, -0.11133427134128401, 0.10009943889128511,
            -0.09095377585749281, 0.0833539229301034, -0.07693834399295793, 0.07144286096823818, -0.06660002797561868,
            0.06224250004458276, -0.058977697054169845, 0.05790211255423161, -0.056518139297869995,
            0.04671230819605673, -0.025986773971407036, 0.006837511584303814,
        ];

        /// <summary>log Gamma(2 + f) / f in powers of f, for f from -1/2 to 1.</summary>
        static ReadOnlySpan<double> BesideTwo =>
        [
            0.42278433509846713, 0.3224670334241132, -0.06735230105319796, 0.020580808427787502, -0.007385551028687111,
            0.0028905103306125996, -0.0011927539111748094, 0.0005096695270786523, -0.00022315476914202685,
            9.945749459386184e-05, -4.4926118904862264e-05, 2.050723289467849e-05, -9.440199753274835e-06,
            4.375472004777847e-06, -2.0371195482358996e-06, 9.511969731319312e-07, -4.5041997201473635e-07,
            2.2102374422908605e-07, -1.0784595012220329e-07, 4.4561979632842775e-08, -1.2394516911278076e-08,
            1.6305432352127331e-09,
        ];

        /// <summary>What Stirling's formula leaves out, times x, in powers of 1 / x^2, for x from 10 on.</summary>
        static ReadOnlySpan<double> Rest =>
        [
            0.08333333333333333, -0.002777777777758028, 0.0007936507705360397, -0.0005952281678273074,
            0.0008398119452648516, -0.0017404560390011845,
        ];

        public static double Of(double a)
        {
            if (a >= Large) return Far(a);
            if (a > 0) return Near(a);
            if (double.IsNaN(a)) return a;
            if (double.IsInteger(a) || double.IsInfinity(a)) return double.PositiveInfinity;
            // Gamma(a) Gamma(-a) = -pi / (a sin(pi a))
            return double.Log(double.Pi / double.Abs(GammaOperation.Form.SineOfPi(a - double.Round(a)))) - double.Log(-a) - Of(-a);
        }

        static double Near(double a)
        {
            if (a < 0.5) return a * Polynomial.At(a, BesideOne) - double.Log(a);
            if (a < 0.75) return (a - 1) * Polynomial.At(a - 1, BesideTwo) - double.Log(a); // log Gamma(a + 1)
            if (a < 1.5) return (a - 1) * Polynomial.At(a - 1, BesideOne) + 0.0; // and not -0.0 at 1
            var product = 1.0;
            for (; a >= 3; a--) product *= a - 1; // exact but for the product
            return (a - 2) * Polynomial.At(a - 2, BesideTwo) + double.Log(product);
        }

        static double Far(double a)
        {
            if (a > 1e305) return a * (double.Log(a) - 1);
            const double HalfLogOfTwoPi = 0.91893853320467274178;
            return double.FusedMultiplyAdd(a - 0.5, double.Log(a) - 1, HalfLogOfTwoPi - 0.5 + Polynomial.At(1 / a / a, Rest) / a);
        }
    }
}
