namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>e^a - 1, to the last digits where a is small.</summary>
    internal static Operation Expm1 => Expm1Operation.Instance;
}

/// <inheritdoc cref="Operation.Expm1"/>
internal sealed class Expm1Operation() : Unary<Expm1Operation.Form>(nameof(Expm1))
{
    internal static readonly Operation Instance = new Expm1Operation();

    private protected override int TimesSlope(Nodes g, int w, int a, int node) => g.Multiply(w, g.Apply(Exp, a));

    internal readonly struct Form : IUnaryForm
    {
        /// <summary>Beyond, the difference loses no more than a digit of the last place.</summary>
        const double Small = 0.7;

        /// <summary>(e^x - 1 - x) / x^2 in powers of x, for |x| up to 0.7.</summary>
        static ReadOnlySpan<double> Series =>
        [
            0.5, 0.16666666666666663, 0.041666666666666664, 0.008333333333335264, 0.0013888888888890095,
            0.00019841269838118025, 2.4801587299618648e-05, 2.7557321428677544e-06, 2.7557320601102605e-07,
            2.505135890630596e-08, 2.087628881183229e-09, 1.6181264692868738e-10, 1.1547103037097898e-11,
        ];

        public static double Of(double a) =>
            a == 0 ? a : double.Abs(a) < Small ? double.FusedMultiplyAdd(a * a, Polynomial.At(a, Series), a) : double.Exp(a) - 1;
    }
}
