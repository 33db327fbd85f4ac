using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Solving;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Tests;

/// <summary>Random polynomials from starts on their axes and symmetries, where derivatives of any order vanish: no false success.</summary>
public class PolynomialTests
{
    /// <summary>A sum of products of powers: factor times x_0^p_0 x_1^p_1 ...</summary>
    sealed record Polynomial(IReadOnlyList<(double Factor, int[] Powers)> Terms)
    {
        internal double At(Vector x) => Terms.Sum(term => term.Factor * Product(x, term.Powers));

        internal Vector Slopes(Vector x) => new(Enumerable.Range(0, x.Count).Select(i => Derivative(i).At(x)));

        internal Matrix Hessian(Vector x) => new(x.Count, x.Count, (i, j) => Derivative(i).Derivative(j).At(x));

        Polynomial Derivative(int i) => new([.. Terms.Where(term => term.Powers[i] > 0)
            .Select(term => (term.Factor * term.Powers[i], term.Powers.Select((p, k) => k == i ? p - 1 : p).ToArray()))]);

        static double Product(Vector x, int[] powers)
        {
            var product = 1.0;
            for (var i = 0; i < powers.Length; i++)
            {
                for (var k = 0; k < powers[i]; k++) product *= x[i];
            }

            return product;
        }

        public override string ToString() => string.Join(" + ", Terms.Select(term => FormattableString.Invariant($"{term.Factor:R}")
            + string.Concat(term.Powers.Select((p, i) => p > 0 ? FormattableString.Invariant($" x{i}^{p}") : ""))));
    }

    enum Known
    {
        Values,
        Slopes,
        Curvature,
    }

    sealed record Case(Polynomial Loss, Vector Start, double? Bound, Known Known, bool IsResidual)
    {
        internal OptimizationProblem Problem()
        {
            IMap map = IsResidual
                ? Known switch
                {
                    Known.Values => DelegateMap.Create(x => new Vector(Loss.At(x))),
                    _ => DelegateMap.Create(x => new Vector(Loss.At(x)), x => new Matrix(1, x.Count, (_, j) => Loss.Slopes(x)[j])),
                }
                : Known switch
                {
                    Known.Values => DelegateMap.Scalar(Loss.At),
                    Known.Slopes => DelegateMap.Scalar(Loss.At, Loss.Slopes),
                    _ => DelegateMap.Scalar(Loss.At, Loss.Slopes, Loss.Hessian),
                };
            var problem = IsResidual ? new OptimizationProblem("residual", map, new SquaredDistance(), Start)
                : Runs.Objective(map, [.. Start]);
            return Bound is not { } bound ? problem
                : problem.WithBounds(new(Start.Select(_ => -bound)), new(Start.Select(_ => bound)));
        }
    }

    static Gen<double> Of(params double[] values) => Gen.Int[0, values.Length - 1].Select(k => values[k]);

    static readonly Gen<Case> Cases =
        from n in Gen.Int[1, 4]
        from powers in Gen.Int[0, 3].Array[n].Where(each => each.Sum() is >= 2 and <= 4).Array[1, 4]
        from factors in Of(1, -1, 2, -2, 0.5, -0.5, 0.1).Array[powers.Length]
        from start in Of(0, 0, 0, 1, -1, 0.5, -2).Array[n]
        from constant in Of(0, 0, 1, -3)
        from bound in Of(double.NaN, 3, 1).Select(each => double.IsNaN(each) ? (double?)null : each)
        from known in Gen.Enum<Known>()
        from isResidual in Gen.Bool
        select new Case(
            new([
                .. powers.Zip(factors).GroupBy(term => string.Join(',', term.First))
                    .Select(terms => (terms.Sum(term => term.Second), terms.First().First)), // what cancels would leave its rounding
                .. constant == 0 ? [] : ((double, int[])[])[(constant, new int[n])],
                .. isResidual || bound is not null ? [] : Enumerable.Range(0, n)
                    .Select(i => (1.0, Enumerable.Range(0, n).Select(k => k == i ? 6 : 0).ToArray())),
            ]),
            new(start.Select(x => bound is { } b ? double.Clamp(x, -b, b) : x)), bound, known, isResidual);

    public static TheoryData<string> Methods() => MethodMatrix.Searches();

    /// <remarks>
    /// Whether a quartic has a minimum at 0 is NP-hard (Murty and Kabadi, 1987): of 8,000 there is one or none whose way down
    /// is a cone too narrow to be seen. So these are always the same ones.
    /// </remarks>
    [Theory]
    [MemberData(nameof(Methods))]
    public void A_success_has_nothing_lower_nearby(string name)
    {
        var method = MethodMatrix.MethodOf(name);
        for (var k = 1; k <= Laws.Samples(300); k++)
        {
            var each = Cases.Generate(new PCG((uint)k, 1), null, out _);
            if (each.IsResidual || !MethodMatrix.NeedsResiduals(name)) Check(each, method);
        }
    }

    static void Check(Case each, MethodEntry? method)
    {
        var problem = each.Problem();
        var result = new MinimumSearch
        {
            Method = method,
            Options = defaults => defaults with { MaxIterations = 300, MaxEvaluations = 5000 },
        }.Find(problem);
        if (double.Abs(result.Loss) is > 0 and < 1e-290) return; // nothing is told apart there
        MethodMatrix.AssertNoneLowerNearby(problem, result, each);
    }
}
