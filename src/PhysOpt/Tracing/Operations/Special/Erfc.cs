namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>1 - erf(a), to the last digits where that is small: down to 1e-308 at a = 26.5, and 0 from 27.3 on.</summary>
    internal static Operation Erfc => ErfcOperation.Instance;
}

/// <inheritdoc cref="Operation.Erfc"/>
internal sealed class ErfcOperation() : Unary<ErfcOperation.Form>(nameof(Erfc))
{
    internal static readonly Operation Instance = new ErfcOperation();

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Negate(g.Multiply(w, ErfOperation.Density(g, a)));

    internal readonly struct Form : IUnaryForm
    {
        /// <summary>Up to here the complement of erf loses no digits.</summary>
        const double Small = 0.5;

        /// <summary>From here on exp(-x^2) is a subnormal number, and is computed larger by e^40.</summary>
        const double Tiny = 26;

        /// <summary>exp(x^2) erfc(x) in powers of x - 1, for x from 0.5 to 1.5.</summary>
        static ReadOnlySpan<double> AroundOne =>
        [
            0.427583576155807, -0.27321201478389856, 0.15437156137190824, -0.07922696894132669, 0.03757229621531269,
            -0.0166618690904203, 0.0069701423740626415, -0.002769064775600966, 0.0010502694181821256,
            -0.00038195453301478085, 0.0001336627622717746, -4.5143861219947744e-05, 1.4754609192515983e-05,
            -4.675888436513413e-06, 1.4340410570175926e-06, -4.299143543295316e-07, 1.3784633743013745e-07,
            -3.914617199714194e-08,
        ];

        /// <summary>exp(x^2) erfc(x) in powers of x - 2.25, for x from 1.5 to 3.</summary>
        static ReadOnlySpan<double> AroundTwo =>
        [
            0.23108725873039188, -0.08848650280874916, 0.03199262741070587, -0.011002060756439959,
            0.0036189953543767483, -0.0011437284836579198, 0.00034853542170552886, -0.0001027210810813699,
            2.9353250462341522e-05, -8.150283936965526e-06, 2.203006148039637e-06, -5.806298566444485e-07,
            1.4948034958257032e-07, -3.7612103166965675e-08, 9.178735686798168e-09, -2.216644094827292e-09,
            6.055280430567816e-10, -1.400353262582745e-10,
        ];

        /// <summary>exp(x^2) erfc(x) in powers of x - 4, for x from 3 to 5.</summary>
        static ReadOnlySpan<double> AroundFour =>
        [
            0.13699945762506138, -0.032383506095021455, 0.007465433244975516, -0.001681182076746105,
            0.00037035246899702173, -7.99088803058106e-05, 1.690564924276165e-05, -3.5103666472263633e-06,
            7.160457416072044e-07, -1.4359645594674955e-07, 2.833175744290521e-08, -5.503329980503955e-09,
            1.0534571860619086e-09, -1.986852912911411e-10, 3.657892041877566e-11, -6.716161675425945e-12,
            1.4174421000817803e-12, -2.526850416574146e-13,
        ];

        /// <summary>x exp(x^2) erfc(x) in powers of 1 / x^2, for x from 5 on.</summary>
        static ReadOnlySpan<double> Far =>
        [
            0.5641895835477563, -0.282094791773836, 0.4231421876304753, -1.0578554576774264, 3.7024915394005693,
            -16.660841279362334, 91.59852688661229, -592.9595467535934, 4332.73694008575, -33071.65990180304,
            230012.22008235593, -1188325.8424415495, 3184944.7601982425,
        ];

        public static double Of(double a) => a > Small ? OfPositive(a) : a < -Small ? 2 - OfPositive(-a) : 1 - ErfOperation.Form.Of(a);

        /// <summary>erfc(a) for a from 0.5 on; NaN of NaN.</summary>
        internal static double OfPositive(double a)
        {
            if (a > 28) return 0;
            var scaled = a < 1.5 ? Polynomial.At(a - 1, AroundOne) : a < 3 ? Polynomial.At(a - 2.25, AroundTwo)
                : a < 5 ? Polynomial.At(a - 4, AroundFour) : Polynomial.At(1 / (a * a), Far) / a;
            var square = a * a;
            var rest = double.FusedMultiplyAdd(a, a, -square);
            scaled = double.FusedMultiplyAdd(scaled, -rest, scaled); // exp(-rest), for rest is below 1e-13
            return a < Tiny ? double.Exp(-square) * scaled : double.Exp(40 - square) * scaled * 4.248354255291589e-18;
        }
    }
}
