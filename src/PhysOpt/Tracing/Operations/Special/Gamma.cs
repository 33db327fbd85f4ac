namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The gamma function of a, (a - 1)! for whole a.</summary>
    internal static Operation Gamma => GammaOperation.Instance;
}

/// <inheritdoc cref="Operation.Gamma"/>
/// <remarks>
/// Exact for whole a up to 23. +infinity and -infinity at 0.0 and -0.0; NaN at negative whole numbers and -infinity; infinite from
/// 171.63 on. Its derivative is that times digamma.
/// </remarks>
internal sealed class GammaOperation() : Unary<GammaOperation.Form>(nameof(Gamma))
{
    internal static readonly Operation Instance = new GammaOperation();

    private protected override int TimesSlope(Nodes g, int w, int a, int node) =>
        g.Multiply(w, g.Multiply(node, g.Apply(Polygamma, g.Constant(0), a)));

    internal readonly struct Form : IUnaryForm
    {
        /// <summary>
        /// From here on by Stirling's formula; below by the recurrence Gamma(x + 1) = x Gamma(x) from beside 1, which makes
        /// factorials exact.
        /// </summary>
        const double Large = 23.5;

        /// <summary>1 / Gamma(1 + f) is 1 + f times this in powers of f, for |f| up to 1/2.</summary>
        static ReadOnlySpan<double> Reciprocal =>
        [
            0.5772156649015329, -0.6558780715202539, -0.042002635034095515, 0.1665386113822915, -0.04219773455552084,
            -0.00962197152787899, 0.007218943245911072, -0.0011651675917944975, -0.00021524166229467653,
            0.0001280502813722699, -2.01349556850396e-05, -1.250484796492716e-06, 1.1335045480626792e-06,
            -2.056750434568255e-07, 4.939580133523849e-09, 5.1041498417163275e-09,
        ];

        /// <summary>Gamma(x) e^x / x^(x - 1/2) in powers of 1 / x, for x from 10 on.</summary>
        static ReadOnlySpan<double> Stirling =>
        [
            2.5066282746310007, 0.2088856895525827, 0.008703570398253493, -0.006721090503130436,
            -0.0005751993711617288, 0.001965226596941891, 0.00017628428804894754, -0.001504304901688848,
            2.2109321699922463e-05, 0.0015756951127961743,
        ];

        public static double Of(double a)
        {
            if (a > -Large && a < Large) return a == 0 ? 1 / a : a == double.Round(a) && a < 0 ? double.NaN : Near(a);
            if (!(a < 0)) return a > 172 ? double.PositiveInfinity : Far(a); // NaN too
            return double.IsInteger(a) || double.IsInfinity(a) ? double.NaN : Reflected(a);
        }

        static double Near(double a)
        {
            var whole = double.Round(a);
            var f = a - whole; // exact, as are all factors
            var reciprocal = DoubleDouble.Sum(1, f * Polynomial.At(f, Reciprocal));
            DoubleDouble product = 1;
            if (whole > 0)
            {
                for (var k = 1; k < whole; k++) product *= a - k;
                return (product / reciprocal).Value;
            }

            for (var k = 0; k <= -whole; k++) product *= a + k;
            return (1 / (product * reciprocal)).Value;
        }

        /// <summary>The power is taken twice by halves where it would overflow.</summary>
        static double Far(double a)
        {
            var small = (DoubleDouble)double.Exp(-a) * Polynomial.At(1 / a, Stirling);
            if (a < 140) return (small * double.Pow(a, a - 0.5)).Value;
            var half = double.Pow(a, (a - 0.5) / 2);
            var (high, low) = small * half;
            return (high + low) * half;
        }

        /// <summary>Gamma(a) = pi / (-a sin(pi a) Gamma(-a)), for a below -23.5 and no whole number.</summary>
        static double Reflected(double a)
        {
            var whole = double.Round(a);
            if (a < -190) return double.IsEvenInteger(double.Floor(a)) ? 0.0 : -0.0;
            var half = double.Pow(-a, (-a - 0.5) / 2);
            var sine = (DoubleDouble)(-a) * SineOfPi(a - whole);
            var small = (DoubleDouble)double.Exp(a) * Polynomial.At(-1 / a, Stirling) * half;
            var gamma = (new DoubleDouble(double.Pi, 1.2246467991473532e-16) / (sine * small)).Value / half;
            return double.IsEvenInteger(whole) ? gamma : -gamma;
        }

        /// <summary>sin(pi f) for |f| up to 1/2.</summary>
        internal static double SineOfPi(double f)
        {
            var angle = new DoubleDouble(double.Pi, 1.2246467991473532e-16) * f;
            return double.FusedMultiplyAdd(angle.Low, double.Cos(angle.High), double.Sin(angle.High));
        }
    }
}
