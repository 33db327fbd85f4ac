namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The error function of a, 2 / sqrt(pi) times the integral of exp(-t^2) from 0 to a.</summary>
    internal static Operation Erf => ErfOperation.Instance;
}

/// <inheritdoc cref="Operation.Erf"/>
internal sealed class ErfOperation() : Unary<ErfOperation.Form>(nameof(Erf))
{
    internal static readonly Operation Instance = new ErfOperation();

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Multiply(w, Density(g, a));

    /// <summary>2 / sqrt(pi) exp(-a^2).</summary>
    internal static int Density(Nodes g, int a) =>
        g.Multiply(g.Constant(2 / double.Sqrt(double.Pi)), g.Apply(Exp, g.Negate(g.Multiply(a, a))));

    internal readonly struct Form : IUnaryForm
    {
        /// <summary>From here on the complement is the smaller one of the two.</summary>
        const double Small = 0.84;

        /// <summary>erf(x) / x - 1 in powers of x^2, for x^2 up to 0.75.</summary>
        static ReadOnlySpan<double> Series =>
        [
            0.1283791670955126, -0.3761263890318374, 0.11283791670954493, -0.026866170644973524, 0.00522397762340871,
            -0.0008548326868599297, 0.00012055325494924972, -1.4925411533551613e-05, 1.6457013907764837e-06,
            -1.6293444273884912e-07, 1.4147272175166887e-08, -8.727804892971983e-10,
        ];

        public static double Of(double a)
        {
            if (double.Abs(a) < Small) return double.FusedMultiplyAdd(a, Polynomial.At(a * a, Series), a);
            return a < 0 ? ErfcOperation.Form.OfPositive(-a) - 1 : 1 - ErfcOperation.Form.OfPositive(a);
        }
    }
}
