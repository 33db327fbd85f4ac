namespace PhysOpt.Tracing.Operations;

internal abstract partial class Operation
{
    /// <summary>The derivative of order a of digamma at b, a whole number: digamma itself for 0, trigamma for 1.</summary>
    internal static Operation Polygamma => PolygammaOperation.Instance;
}

/// <inheritdoc cref="Operation.Polygamma"/>
/// <remarks>
/// At zero and negative whole b NaN for even orders, which have another sign on the other side, and +infinity for odd ones. NaN for
/// orders that are not
/// whole, negative or above 150.
/// </remarks>
internal sealed class PolygammaOperation() : Binary<PolygammaOperation.Form>(nameof(Polygamma))
{
    internal static readonly Operation Instance = new PolygammaOperation();

    internal override bool IsDifferentiable(int side) => side == 1;

    private protected override int TimesSlope(Nodes g, int w, int a, int b, int node, int side) =>
        g.Multiply(w, g.Apply(this, g.Add(a, g.Constant(1)), b));

    internal readonly struct Form : IBinaryForm
    {
        /// <summary>Where the asymptotic series is good to the last digit, for digamma; by one more for each order.</summary>
        const double Far = 12;

        /// <summary>B(2k) / (2k)!, from k = 1.</summary>
        static ReadOnlySpan<double> Bernoulli =>
        [
            0.08333333333333333, -0.001388888888888889, 3.306878306878307e-05, -8.267195767195768e-07,
            2.08767569878681e-08, -5.284190138687493e-10, 1.3382536530684679e-11, -3.3896802963225827e-13,
            8.586062056277845e-15, -2.174868698558062e-16, 5.5090028283602295e-18, -1.3954464685812522e-19
        ];

        public static double Of(double a, double b)
        {
            if (!(a >= 0 && a <= 150) || !double.IsInteger(a) || double.IsNaN(b) || double.IsNegativeInfinity(b)) return double.NaN;
            if (b <= 0 && double.IsInteger(b)) return double.IsEvenInteger(a) ? double.NaN : double.PositiveInfinity;
            var order = (int)a;
            if (b > 0) return Positive(order, b);
            var mirrored = Positive(order, 1 - b) * (order % 2 == 0 ? 1 : -1);
            return mirrored - double.Pi * DerivativeOfCotangent(order, b - double.Round(b));
        }

        /// <summary>By the recurrence up to where the series of Abramowitz and Stegun (1964), 6.3.18 and 6.4.11, holds.</summary>
        static double Positive(int order, double b)
        {
            var (sign, factorial, sum) = (order % 2 == 0 ? -1 : 1, 1.0, 0.0);
            for (var k = 2; k <= order; k++) factorial *= k;
            for (; b < Far + order; b++) sum += factorial / double.Pow(b, order + 1);
            return sign * (sum + Series(order, b, factorial));
        }

        /// <summary>(-1)^(order + 1) times the value for large b.</summary>
        static double Series(int order, double b, double factorial)
        {
            if (double.IsPositiveInfinity(b)) return order == 0 ? double.NegativeInfinity : 0;
            var power = order == 0 ? 1 : double.Pow(b, -order);
            var leading = order == 0 ? -double.Log(b) : factorial / order * power;
            var tail = 0.0;
            var square = 1 / (b * b);
            var term = factorial * power * (order + 1) * square; // (2k + order - 1)! / b^(2k + order), from k = 1
            for (var k = 1; k <= Bernoulli.Length; k++)
            {
                tail += Bernoulli[k - 1] * term;
                term *= (2 * k + order) * (2 * k + order + 1) * square;
            }

            return leading + (factorial * power / (2 * b) + tail);
        }

        /// <summary>
        /// The derivative of this order of cot(pi f): a polynomial in the cotangent c, of which each is -pi (1 + c^2) times the
        /// slope of the one before.
        /// </summary>
        static double DerivativeOfCotangent(int order, double f)
        {
            var cotangent = double.Cos(double.Pi * f) / GammaOperation.Form.SineOfPi(f);
            Span<double> polynomial = stackalloc double[order + 3];
            Span<double> next = stackalloc double[order + 3];
            polynomial.Clear();
            polynomial[1] = 1;
            for (var j = 0; j < order; j++)
            {
                next.Clear();
                for (var k = 1; k <= j + 1; k++)
                {
                    next[k - 1] -= double.Pi * k * polynomial[k];
                    next[k + 1] -= double.Pi * k * polynomial[k];
                }

                next.CopyTo(polynomial);
            }

            return Polynomial.At(cotangent, polynomial[..(order + 2)]);
        }
    }
}
