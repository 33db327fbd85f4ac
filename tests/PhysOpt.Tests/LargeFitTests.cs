using PhysOpt.Functions;
using PhysOpt.Solving;
using PhysOpt.Tests.Problems;
using PhysOpt.Tracing;

namespace PhysOpt.Tests;

/// <summary>Least squares in hundreds to thousands of variables, whose Jacobians have few entries that are not zero.</summary>
public class LargeFitTests
{
    /// <summary>The same function, whose Jacobian is known with all its zeros only.</summary>
    sealed class Dense(IDifferentiableMap map) : IDifferentiableMap
    {
        public Vector Evaluate(Vector x) => map.Evaluate(x);

        public Matrix Jacobian(Vector x, Vector y) => map.Jacobian(x, y);

        public Vector VectorJacobianProduct(Vector x, Vector y, Vector w) => map.VectorJacobianProduct(x, y, w);
    }

    static TracedNumber At(TracedNumber[] x, int i) => i >= 0 && i < x.Length ? x[i] : (TracedNumber)0.0;

    static IEnumerable<object> BroydenTridiagonal(TracedNumber[] x) =>
        x.Select((xi, i) => (object)((3 - 2 * xi) * xi - At(x, i - 1) - 2 * At(x, i + 1) + 1));

    static IEnumerable<object> BroydenBanded(TracedNumber[] x) => x.Select((xi, i) => (object)(xi * (2 + 5 * xi * xi) + 1
        - Enumerable.Range(i - 5, 7).Where(j => j != i && j >= 0 && j < x.Length).Select(j => x[j] * (1 + x[j])).Sum()));

    static IEnumerable<object> Rosenbrock(TracedNumber[] x) => Enumerable.Range(0, x.Length / 2)
        .SelectMany(k => (object[])[10 * (x[2 * k + 1] - x[2 * k].Squared()), 1 - x[2 * k]]);

    /// <summary>-u'' + (u + t + 1)^3/2 = 0 with u = 0 at both ends. More, Garbow, Hillstrom (1981), (28).</summary>
    static IEnumerable<object> BoundaryValue(TracedNumber[] u) => u.Select((ui, i) =>
    {
        var h = 1.0 / (u.Length + 1);
        var sum = ui + (i + 1) * h + 1;
        return (object)(2 * ui - At(u, i - 1) - At(u, i + 1) + h * h / 2 * sum * sum * sum);
    });

    /// <summary>-Laplace u + u^3 = 1 on a square, u = 0 on its edges, by five points.</summary>
    static IEnumerable<object> Plate(TracedNumber[] u)
    {
        var side = (int)double.Round(double.Sqrt(u.Length));
        TracedNumber Value(int i, int j) => i >= 0 && i < side && j >= 0 && j < side ? u[i * side + j] : (TracedNumber)0.0;
        for (var i = 0; i < side; i++)
        {
            for (var j = 0; j < side; j++)
            {
                var here = Value(i, j);
                yield return 4 * here - Value(i - 1, j) - Value(i + 1, j) - Value(i, j - 1) - Value(i, j + 1)
                    + (here * here * here - 1) / ((side + 1.0) * (side + 1.0));
            }
        }
    }

    static readonly Dictionary<string, (Func<TracedNumber[], IEnumerable<object>> Residuals, double Start)> Systems = new()
    {
        ["BroydenTridiagonal"] = (BroydenTridiagonal, -1),
        ["BroydenBanded"] = (BroydenBanded, -1),
        ["Rosenbrock"] = (Rosenbrock, -1),
        ["BoundaryValue"] = (BoundaryValue, 0),
        ["Plate"] = (Plate, 0),
    };

    static OptimizationProblem Problem(
        Func<TracedNumber[], IEnumerable<object>> residuals, Vector at, Vector? lower = null, Vector? upper = null, Vector? target = null,
        bool isDense = false)
    {
        var f = Recorded.Function(at.ToArray(), residuals);
        return new("large", isDense ? new Dense(f) : f, new SquaredDistance(target), at, lowerBound: lower, upperBound: upper);
    }

    static Vector Same(int n, double value) => new(Enumerable.Repeat(value, n));

    static List<IterationRecord> Run(OptimizationProblem problem, string method = "LevenbergMarquardt") =>
        [.. MethodRegistry.Require(method).Run(problem)];

    [Theory]
    [InlineData("BroydenTridiagonal", 3000, 7), InlineData("BroydenTridiagonal", 10_000, 7), InlineData("BroydenBanded", 10_000, 8)]
    [InlineData("BoundaryValue", 3000, 40), InlineData("Plate", 2500, 15), InlineData("Rosenbrock", 10_000, 30)]
    public void A_system_is_solved_to_rounding_in_a_few_evaluations_without_a_dense_matrix(string name, int n, int mostEvaluations)
    {
        var (residuals, start) = Systems[name];
        var problem = Problem(residuals, Same(n, start));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var result = new MinimumSearch().Find(problem);
        Assert.Equal("LevenbergMarquardt", result.Method);
        Assert.True(result.Status.IsConverged(), $"{result.Status} {result.Loss}");
        Assert.True(result.Loss <= 1e-24, $"{result.Loss}");
        Assert.InRange(result.Evaluations, 1, mostEvaluations);
        // in all iterations together less than one dense Jacobian takes
        if (n >= 10_000) Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 8L * n * n);
    }

    [Theory]
    [InlineData("BroydenTridiagonal"), InlineData("BroydenBanded"), InlineData("Rosenbrock"), InlineData("Plate")]
    public void The_path_is_that_of_the_dense_Jacobian(string name)
    {
        var (residuals, start) = Systems[name];
        var at = Same(144, start);
        foreach (var method in (string[])["LevenbergMarquardt", "GaussNewton"])
        {
            var (sparse, dense) = (Run(Problem(residuals, at), method), Run(Problem(residuals, at, isDense: true), method));
            foreach (var (a, b) in sparse.Zip(dense).Where(pair => pair.Second.Loss > 1e-12))
            {
                Near.Relative(b.Loss, a.Loss, 1e-8);
                Near.Absolute(b.X, a.X, 1e-9 * (1 + b.X.Norm));
            }

            Assert.True(sparse[^1].Status.IsConverged() && sparse[^1].Loss <= 1e-24, $"{method} {sparse[^1].Status} {sparse[^1].Loss}");
        }
    }

    [Theory]
    [InlineData("BroydenTridiagonal", -0.6, 0.1), InlineData("BroydenBanded", -0.2, 1), InlineData("Plate", 0, 0.05)]
    public void Bounds_hold_as_those_of_the_dense_Jacobian_do(string name, double lower, double upper)
    {
        var residuals = Systems[name].Residuals;
        var (at, low, high) = (Same(144, (lower + upper) / 2), Same(144, lower), Same(144, upper));
        var (sparse, dense) = (Run(Problem(residuals, at, low, high)), Run(Problem(residuals, at, low, high, isDense: true)));
        Assert.All(sparse, record => Assert.All(record.X, x => Assert.InRange(x, lower, upper)));
        Assert.True(sparse[^1].Status.IsConverged(), $"{sparse[^1].Status}");
        Near.Relative(dense[^1].Loss, sparse[^1].Loss, 1e-9);
        Assert.Contains(sparse[^1].X, x => x == lower || x == upper);
    }

    [Theory]
    [InlineData(-40), InlineData(30)]
    public void The_path_does_not_depend_on_units(int exponent)
    {
        // powers of two round nothing: every second variable and all residuals in another unit
        double Unit(int i, int each) => i % each == 0 ? double.ScaleB(1, exponent) : 1;
        var (at, n) = (Same(200, -1), 200);
        var plain = Run(Problem(BroydenTridiagonal, at));
        var scaled = Run(Problem(
            x => BroydenTridiagonal([.. x.Select((xi, i) => xi * Unit(i, 2))])
                .Select(r => (object)((TracedNumber)r * double.ScaleB(1, exponent))),
            new Vector(at.Select((xi, i) => xi / Unit(i, 2)))));
        Assert.Equal(plain.Count, scaled.Count);
        for (var k = 0; k < plain.Count; k++)
        {
            Assert.Equal(plain[k].Loss, scaled[k].Loss * double.ScaleB(1, -2 * exponent));
            for (var i = 0; i < n; i++) Assert.Equal(plain[k].X[i], scaled[k].X[i] * Unit(i, 2));
        }
    }

    [Fact]
    public void What_fills_in_too_much_is_solved_by_conjugate_gradients()
    {
        // every residual depends on its own variable and on five others anywhere
        const int N = 5000;
        var random = new Random(1);
        int[][] others = [.. Enumerable.Range(0, N).Select(_ => Enumerable.Range(0, 5).Select(_ => random.Next(N)).ToArray())];
        IEnumerable<object> Residuals(TracedNumber[] x) => x.Select((xi, i) =>
            (object)(xi + xi * xi * xi / 3 - 1 + 0.1 * others[i].Select(j => Math.Sin(x[j])).Sum()));
        var problem = Problem(Residuals, Vector.Zero(N));
        Assert.Null(((ISparseJacobianMap)problem.Physics!).SparseJacobian(problem.InitialGuess)!.Pattern.Elimination);
        var last = Run(problem)[^1];
        Assert.True(last.Status.IsConverged() && last.Loss <= 1e-24, $"{last.Status} {last.Loss}");
    }

    [Fact]
    public void A_residual_that_all_variables_share_makes_factors_dense_and_leaves_the_search_to_others()
    {
        // Penalty function I of More, Garbow, Hillstrom (1981), (23): all x are equal at the minimum, a root of a cubic
        const int N = 4000;
        var at = new Vector(Enumerable.Range(0, N).Select(i => 1 + (double)i / N));
        IEnumerable<object> Penalty(TracedNumber[] x) =>
            [.. x.Select(xi => (object)(double.Sqrt(1e-5) * (xi - 1))), x.Select(xi => xi.Squared()).Sum() - 0.25];
        var result = new MinimumSearch().Find(Problem(Penalty, at));
        Assert.True(result.Status.IsConverged(), $"{result.Status}");
        double Slope(double t) => 1e-5 * (t - 1) + 2 * t * (N * t * t - 0.25);
        var (low, high) = (0.0, 1.0);
        while (high - low > 1e-15) (low, high) = Slope((low + high) / 2) > 0 ? (low, (low + high) / 2) : ((low + high) / 2, high);
        Near.Relative(N * 1e-5 * (low - 1) * (low - 1) + double.Pow(N * low * low - 0.25, 2), result.Loss, 1e-6);
    }

    [Fact]
    public void Groups_that_share_a_rate_are_fitted_together()
    {
        // 400 decays of one rate, each with its own amplitude and background, five numbers each
        const int Groups = 400;
        double[] times = [0.1, 0.7, 1.5, 3, 5];
        double Amplitude(int g) => 2 + double.Sin(g);
        double Ground(int g) => 0.3 * double.Cos(3 * g);
        var target = new Vector(Enumerable.Range(0, Groups).SelectMany(g =>
            times.Select(t => Amplitude(g) * double.Exp(-0.8 * t) + Ground(g))));
        IEnumerable<object> Decays(TracedNumber[] x) => Enumerable.Range(0, Groups).SelectMany(g => times.Select(t =>
            (object)(x[1 + 2 * g] * Math.Exp(-t * x[0]) + x[2 + 2 * g])));
        var result = new MinimumSearch().Find(Problem(Decays, Same(1 + 2 * Groups, 1), target: target));
        Assert.True(result.Status.IsConverged(), $"{result.Status}");
        Near.Relative(0.8, result.X[0], 1e-12);
        for (var g = 0; g < Groups; g++) Near.Relative(Amplitude(g), result.X[1 + 2 * g], 1e-11);
    }

    [Fact]
    public void Variables_that_nothing_depends_on_stay_where_they_are()
    {
        IEnumerable<object> Residuals(TracedNumber[] x) => x.Where((_, i) => i % 2 == 0).Select((xi, i) => (object)(xi * xi - i - 1));
        var last = Run(Problem(Residuals, Same(300, 1)))[^1];
        Assert.True(last.Loss <= 1e-24, $"{last.Status} {last.Loss}");
        for (var i = 0; i < 300; i++) Near.Relative(i % 2 == 0 ? double.Sqrt(i / 2 + 1) : 1, last.X[i], 1e-12);
    }
}
