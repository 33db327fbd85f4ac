using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

public class TrustRegionTests
{
    static readonly OptimizationOptions ToTheEnd = TrustRegionNewton.DefaultOptions;

    static readonly OptimizationProblem Saddle = Runs.Objective(DelegateMap.Scalar(
        x => x[0] * x[0] - x[1] * x[1] + double.Pow(x[1], 4), x =>
            new(2 * x[0], -2 * x[1] + 4 * double.Pow(x[1], 3)), x => Matrix.Diagonal(2, -2 + 12 * x[1] * x[1])), 0, 0);

    static List<IterationRecord> Run(OptimizationProblem problem, OptimizationOptions? options = null) =>
        [.. Optimizer.Run(problem, new TrustRegionNewton(), options ?? ToTheEnd)];

    static OptimizationProblem Line(Func<double, double> f, Func<double, double> df, Func<double, double> ddf, double start) =>
        Runs.Objective(
        DelegateMap.Scalar(x => f(x[0]), x => new(df(x[0])), x => Matrix.Diagonal(ddf(x[0]))), start);

    [Theory]
    [MemberData(nameof(TestProblems.Names), MemberType = typeof(TestProblems))]
    public void The_minimum_of_every_reference_problem_is_found(string name)
    {
        var (problem, minimum, minimiser) = TestProblems.All[name];
        foreach (var source in (DerivativeSource[])[DerivativeSource.Auto, DerivativeSource.FiniteDifference])
        {
            var last = Run(problem, ToTheEnd with { Derivative = source, GradientTolerance = 1e-8 })[^1];
            Assert.True(last.Status.IsConverged(),
                $"{source}: {last.Status} at loss {last.Loss} after {last.Iteration} iterations, gradient {last.GradientNorm}");
            Near.Absolute(minimum, last.Loss, double.Max(1e-8, 1e-6 * minimum), "loss");
            if (minimiser is not null) Near.Absolute(minimiser, last.X, 1e-4);
        }
    }

    [Fact]
    public void The_loss_never_rises()
    {
        foreach (var each in TestProblems.All.Values)
        {
            var losses = Run(each.Problem).ConvertAll(record => record.Loss);
            for (var k = 1; k < losses.Count; k++) Assert.True(losses[k] <= losses[k - 1], $"{each.Problem.Name} iteration {k}");
        }
    }

    [Fact]
    public void A_quadratic_with_its_minimum_within_the_radius_takes_one_step() =>
        Gen.Select(Gen.Double[0.1, 10].Array[3], Gen.Double[-0.5, 0.5].Array[3]).Sample((h, start) =>
    {
        var hessian = Matrix.Diagonal(h);
        var problem = Runs.Objective(DelegateMap.Scalar(x => 0.5 * x.Dot(hessian.Multiply(x)), hessian.Multiply, _ => hessian), start);
        Near.Absolute(Vector.Zero(3), Run(problem, Runs.Exactly(1))[^1].X, 1e-15);
    });

    [Fact]
    public void The_path_turns_with_the_axes() => Gen.Double[0, double.Tau].Sample(angle =>
    {
        var (cos, sin) = (double.Cos(angle), double.Sin(angle));
        var q = new Matrix(new[,] { { cos, -sin }, { sin, cos } });
        var physics = (ITwiceDifferentiableMap)Runs.Rosenbrock.Physics!;
        var turned = new OptimizationProblem(
            "Turned",
            DelegateMap.Create(
                x => physics.Evaluate(q.TransposeMultiply(x)),
                x => physics.Jacobian(q.TransposeMultiply(x), new(0, 0)).Multiply(q.Transpose()),
                (x, w) => q.Multiply(physics.WeightedHessian(q.TransposeMultiply(x), new(0, 0), w)).Multiply(q.Transpose())),
            new SquaredDistance(), q.Multiply(Runs.Rosenbrock.InitialGuess));
        var (straight, around) = (Run(Runs.Rosenbrock, Runs.Exactly(12)), Run(turned, Runs.Exactly(12)));
        for (var k = 0; k < straight.Count; k++) Near.Absolute(straight[k].X, q.TransposeMultiply(around[k].X), 1e-8, $"iteration {k}");
    });

    [Theory]
    [InlineData(0, 0)] // exactly at the saddle
    [InlineData(1, 0)] // with nothing of the gradient along the way down
    [InlineData(-0.5, 1e-300)]
    public void A_saddle_is_left(double x0, double x1)
    {
        foreach (var source in (DerivativeSource[])[DerivativeSource.Auto, DerivativeSource.FiniteDifference])
        {
            var records = Run(Saddle.StartingAt(new(x0, x1)), ToTheEnd with { Derivative = source });
            Assert.True(records[^1].Status.IsConverged());
            Near.Absolute(-0.25, records[^1].Loss, 1e-12);
            Assert.All(records.SkipLast(1), record => Assert.Equal(TerminationReason.Running, record.Status));
        }
    }

    [Fact]
    public void Leaving_a_saddle_is_said_and_a_minimum_at_the_start_is_not_left()
    {
        var listener = new Listener();
        Run(Saddle, ToTheEnd with { Observer = listener });
        Assert.Contains(listener.Explanations, text => text.Contains("negative eigenvalue -2", StringComparison.Ordinal));

        var last = Run(Saddle.StartingAt(new(0, double.Sqrt(0.5))), ToTheEnd)[^1];
        Assert.Equal((TerminationReason.LossTolerance, 0), (last.Status, last.Iteration));
        Assert.Single(Run(Line(x => 0, x => 0, x => 0, 1))); // flat: no way down

        // an inflexion: the gradient vanishes, the curvature too, so that second derivatives see no way, but values do
        Assert.Equal(TerminationReason.Unbounded, Run(Line(x => x * x * x, x => 3 * x * x, x => 6 * x, 0))[^1].Status);
        // the limits hold here too
        Assert.False(Assert.Single(Run(Saddle, ToTheEnd with { MaxEvaluations = 1 })).Status.IsConverged());
        Assert.Equal(TerminationReason.Saddle, Assert.Single(Run(Saddle, ToTheEnd with { MaxIterations = 0 })).Status);
    }

    [Fact]
    public void Beyond_a_hundred_variables_saddles_are_left_by_products_alone()
    {
        const int N = 300;
        var loss = DelegateMap.Scalar(
            x => x.Select((v, i) => (i % 2 == 0 ? 1 : -1) * v * v + v * v * v * v).Sum(),
            x => new Vector(x.Select((v, i) => (i % 2 == 0 ? 2 : -2) * v + 4 * v * v * v)));
        var last = Run(Runs.Objective(loss, new double[N]))[^1];
        Assert.True(last.Status.IsConverged(), last.Status.ToString());
        Near.Absolute(-0.25 * N / 2, last.Loss, 1e-8);
    }

    [Fact]
    public void Products_agree_with_the_Hessian_where_they_come_from()
    {
        foreach (var each in TestProblems.All.Values)
        {
            foreach (var source in (DerivativeSource[])[DerivativeSource.Auto, DerivativeSource.FiniteDifference])
            {
                var objective = (IHessianProduct)Objectives.Create(each.Problem, new() { Derivative = source }, new(), default);
                var point = objective.At(each.Problem.InitialGuess);
                var v = new Vector(Enumerable.Range(1, each.Problem.Dimension).Select(i => double.Sin(i)));
                var expected = objective.Hessian(point).Multiply(v);
                Near.Absolute(expected, objective.HessianTimes(point, v), 1e-5 * (1 + double.Abs(point.Value) + expected.InfinityNorm),
                    each.Problem.Name);
            }
        }
    }

    [Theory]
    [InlineData(200, 1)]
    [InlineData(1000, 2)]
    public void Many_variables_are_solved_by_conjugate_gradients(int n, int stride)
    {
        // Rosenbrock's function in a chain, or for pairs of variables, by a gradient alone
        var loss = DelegateMap.Scalar(
            x => Enumerable.Range(0, (n - 1 + stride - 1) / stride).Select(k => k * stride)
                .Sum(i => 100 * double.Pow(x[i + 1] - x[i] * x[i], 2) + double.Pow(1 - x[i], 2)),
            x =>
            {
                var g = new double[n];
                for (var i = 0; i < n - 1; i += stride)
                {
                    var a = x[i + 1] - x[i] * x[i];
                    g[i] += -400 * x[i] * a - 2 * (1 - x[i]);
                    g[i + 1] += 200 * a;
                }

                return new Vector(g);
            });
        var last = Run(Runs.Objective(loss, [.. Enumerable.Repeat(-1.0, n)]))[^1];
        Assert.True(last.Status.IsConverged(), $"{last.Status} at {last.Loss} after {last.Iteration}");
        Near.Absolute(0, last.Loss, 1e-8);
    }

    [Fact]
    public void A_trial_that_is_not_finite_is_never_accepted()
    {
        // Newton's step from 0.1 towards the far minimum passes into the region without a value
        var wall = Line(x => x > 2 ? double.NaN : -double.Log(2 - x) - x, x => 1 / (2 - x) - 1, x => 1 / double.Pow(2 - x, 2), -50);
        var records = Run(wall);
        Assert.All(records, record => Assert.True(double.IsFinite(record.Loss)));
        Assert.True(records[^1].Status.IsConverged());
        Near.Absolute(1, records[^1].X[0], 1e-7);

        // finite only where it starts
        var island = Line(x => x == 1 ? 1 : double.PositiveInfinity, x => 1, x => 1, 1);
        Assert.Equal((TerminationReason.NonFinite, 0), Run(island)[^1] is var last ? (last.Status, last.Iteration) : default);
        Assert.Equal(TerminationReason.NonFinite, Run(Line(x => x * x, x => 2 * x, x => double.NaN, 2))[^1].Status);
    }

    [Fact]
    public void Every_end_is_true()
    {
        Assert.Equal(TerminationReason.Unbounded, Run(Line(x => -x * x, x => -2 * x, x => -2, 1))[^1].Status);
        Assert.Equal(TerminationReason.Unbounded, Run(Line(x => -x, x => -1, x => 0, 1))[^1].Status);
        Assert.Equal(TerminationReason.Unbounded, Run(Line(x => x > 2 ? double.NegativeInfinity : -x, x => -1, x => 0, 1))[^1].Status);
        var wrong = Run(Line(x => x * x, x => -2 * x, x => 2, 3))[^1];
        Assert.Equal((TerminationReason.LineSearchFailed, 3), (wrong.Status, wrong.X[0]));
    }

    [Fact]
    public void Bounds_are_not_kept_and_that_is_said()
    {
        var listener = new Listener();
        Run(Runs.Rosenbrock.WithBounds(new(-2, -2), null), ToTheEnd with { Observer = listener });
        Assert.Contains("does not keep its points within the bounds", Assert.Single(listener.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Eigenvalues_come_in_order_with_their_vectors()
    {
        var (values, q) = Factorization.SymmetricSpectrum(new Matrix(new double[,] { { 2, 1, 0 }, { 1, -3, 4 }, { 0, 4, 1 } }));
        Assert.True(values[0] <= values[1] && values[1] <= values[2]);
        Near.Absolute(Matrix.Diagonal(1, 1, 1), q.Transpose().Multiply(q), 1e-14);
        Assert.Null(Factorization.SolvePositiveDefinite(Matrix.Diagonal(1, -1), new(1, 1)));
        Near.Absolute(new Vector(0.5, 2), Factorization.SolvePositiveDefinite(Matrix.Diagonal(2, 0.5), new(1, 1))!, 1e-15);
    }
}
