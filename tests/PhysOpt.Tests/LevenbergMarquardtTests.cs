using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

public class LevenbergMarquardtTests
{
    static readonly OptimizationOptions Usual = LevenbergMarquardt.DefaultOptions;

    static List<IterationRecord> Run(OptimizationProblem problem, OptimizationOptions? options = null,
        double radius = LevenbergMarquardt.DefaultInitialRadius) =>
        [.. Optimizer.Run(problem, new LevenbergMarquardt(radius), options ?? Usual)];

    static IterationRecord Converged(List<IterationRecord> records)
    {
        Assert.True(records[^1].Status.IsConverged(),
            $"{records[^1].Status} at loss {records[^1].Loss} after {records[^1].Iteration} iterations");
        return records[^1];
    }

    static void NeverRises(List<IterationRecord> records)
    {
        for (var k = 1; k < records.Count; k++) Assert.True(records[k].Loss <= records[k - 1].Loss, $"iteration {k}");
    }

    [Theory]
    [MemberData(nameof(NistProblems.SetsAndStarts), MemberType = typeof(NistProblems))]
    public void Certified_parameters_are_found_to_six_digits(string name, int start)
    {
        var set = NistProblems.All[name];
        var records = Run(set.From(start));
        var last = Converged(records);
        Assert.InRange(NistProblems.Digits(set.Certified, last.X), 6, 11);
        Near.Absolute(set.ResidualSumOfSquares, last.Loss, 1e-10 * set.ResidualSumOfSquares + set.Rounding, "residual sum of squares");
        NeverRises(records);
        Assert.Equal(name == "Lanczos1", last.Loss < 1e-20); // its residual is rounding, which has no direction
        if (name == "Lanczos1") return;

        // at the solution the residual is orthogonal to every column of the Jacobian
        var residual = last.Y! - set.Observed;
        var jacobian = set.Model.Jacobian(last.X, last.Y!);
        for (var j = 0; j < last.X.Count; j++)
            Near.Absolute(0, jacobian.Column(j).Dot(residual) / (jacobian.Column(j).Norm * residual.Norm), 1e-5, $"cosine {j}");
    }

    public static TheoryData<string> Sets() => [.. NistProblems.All.Keys];

    [Theory]
    [MemberData(nameof(Sets))]
    public void The_data_are_those_of_the_certified_sum_of_squares(string name)
    {
        var set = NistProblems.All[name];
        var residual = set.Model.Evaluate(set.Certified) - set.Observed;
        if (name == "Lanczos1") Near.Absolute(0, residual.Norm, 1e-9, "residual"); // 11 digits of b do not tell a sum of 1e-25
        else Near.Relative(set.ResidualSumOfSquares, residual.Dot(residual), 1e-9, "residual sum of squares");
    }

    [Theory]
    [MemberData(nameof(NistProblems.SetsAndStarts), MemberType = typeof(NistProblems))]
    public void Differences_in_place_of_derivatives_find_them_too(string name, int start)
    {
        var set = NistProblems.All[name];
        Assert.InRange(NistProblems.Digits(set.Certified,
            Converged(Run(set.From(start), Usual with { Derivative = DerivativeSource.FiniteDifference })).X), 6, 11);
    }

    [Theory]
    [MemberData(nameof(TestProblems.Names), MemberType = typeof(TestProblems))]
    public void The_minimum_of_every_reference_problem_is_found(string name)
    {
        var (problem, minimum, minimiser) = TestProblems.All[name];
        foreach (var source in (DerivativeSource[])[DerivativeSource.Auto, DerivativeSource.FiniteDifference])
        {
            var records = Run(problem, Usual with { Derivative = source });
            // |J'r| vanishes with x at a singular minimum, where differences with steps of the size of x never end seeing less and less of it
            var isEndless = name == "PowellSingular" && source == DerivativeSource.FiniteDifference;
            var last = isEndless ? records[^1] : Converged(records);
            Near.Absolute(minimum, last.Loss, double.Max(1e-8, 1e-9 * minimum), "loss");
            if (minimiser is not null) Near.Absolute(minimiser, last.X, 1e-8);
            NeverRises(records);
        }
    }

    [Theory]
    [InlineData(1, 100)]
    [InlineData(1e-3, 1)]
    [InlineData(1e3, 1e-3)]
    public void The_path_does_not_depend_on_the_units_of_x_and_y(double unitOfY, double unitOfX)
    {
        foreach (var problem in (OptimizationProblem[])[Runs.ThreeSpaces, Runs.Rosenbrock])
        {
            var scaled = InvarianceTests.InUnits(problem, new(unitOfY, unitOfY), new(unitOfX, 1 / unitOfX));
            var (expected, actual) = (Runs.Steps(problem, new LevenbergMarquardt(), 8), Runs.Steps(scaled, new LevenbergMarquardt(), 8));
            for (var k = 0; k <= 8; k++)
                Near.Absolute(expected[k].X, actual[k].X.Zip(new(unitOfX, 1 / unitOfX), (x, s) => x / s), 1e-9, $"{problem} iteration {k}");
        }
    }

    [Fact]
    public void With_a_large_radius_the_step_is_that_of_Gauss_Newton()
    {
        foreach (var problem in (OptimizationProblem[])[Runs.ThreeSpaces, TestProblems.All["BroydenTridiagonal"].Problem,
            NistProblems.All["DanWood"].From(2)])
            Near.Relative(Runs.Steps(problem, new GaussNewton(), 1)[1].X, Run(problem, Runs.Exactly(1), radius: 1e9)[1].X, 1e-12,
                problem.Name);
    }

    static readonly Gen<(Matrix J, Vector R, Vector D)> Systems =
        from m in Gen.Int[1, 6]
        from n in Gen.Int[1, 6]
        from entries in Gen.Double[-2, 2].Array[m * n]
        from repeated in Gen.Bool
        from r in Gen.Double[-3, 3].Array[m]
        from d in Gen.Double[0.1, 10].Array[n]
        select (new Matrix(m, n, (i, j) => entries[i + m * (repeated && j == n - 1 ? 0 : j)]), new Vector(r), new Vector(d));

    [Fact]
    public void The_step_within_a_radius_solves_the_damped_normal_equations_and_has_that_length() =>
        Gen.Select(Systems, Gen.Double[-3, 2]).Sample((system, exponent) =>
    {
        var ((j, r, d), radius) = (system, double.Pow(10, exponent));
        var (step, lambda) = new DampedStep(j, r, d).Within(radius);
        var length = step.Zip(d, (p, s) => p * s).Norm;
        if (lambda == 0) Assert.True(length <= 1.1 * radius + 1e-12);
        else Assert.InRange(length, 0.9 * radius, 1.1 * radius + 1e-12);
        var balance = j.TransposeMultiply(r + j.Multiply(step)) + lambda * step.Zip(d, (p, s) => p * s * s);
        Near.Absolute(Vector.Zero(step.Count), balance, 1e-9 * (1 + length), $"lambda {lambda}");
    });

    [Fact]
    public void The_thin_decomposition_gives_the_matrix_back() => Systems.Sample(system =>
    {
        var svd = SingularValues.Of(system.J);
        Assert.Equal(int.Min(system.J.RowCount, system.J.ColumnCount), svd.Values.Count);
        Near.Absolute(system.J, new(system.J.RowCount, system.J.ColumnCount, (i, j) =>
            svd.Values.Select((s, k) => svd.Left[i, k] * s * svd.Right[j, k]).Sum()), 1e-13);
        Assert.Equal(svd.Values.OrderDescending(), svd.Values);
    });

    [Fact]
    public void The_radius_follows_how_well_the_model_predicted()
    {
        static double After(OptimizationProblem problem, double radius)
        {
            var f = (ILeastSquares)Objectives.Create(problem, new(), new EvaluationBudget(), default);
            var method = new LevenbergMarquardt(radius);
            return method.Step(f, method.Initialize(f, problem.InitialGuess)).State!.Radius;
        }

        // y = (x0, 2 x1) is its own model, so that the next radius is twice the step: |D s| = radius |D x|, where D = (1, 2)
        var linear = new OptimizationProblem("Linear", DelegateMap.Create(x => new Vector(x[0], 2 * x[1]), _ => Matrix.Diagonal(1, 2)),
            new SquaredDistance(), new(3, 2));
        Near.Relative(2 * 5, After(linear, 100), 1e-12);
        Assert.InRange(After(linear, 0.1), 2 * 0.9 * 0.5, 2 * 1.1 * 0.5);

        // in the valley the full step (1, -3.84) makes the loss 1410 from 4.84 + 19.36: the radius is cut to a tenth of it at first
        var cut = After(Runs.Rosenbrock, 100);
        Assert.InRange(cut, 0, 0.5 * double.Hypot(double.Hypot(24, 1) * 2.2, 10 * 4.84));
    }

    [Fact]
    public void A_linear_problem_takes_one_step()
    {
        var physics = DelegateMap.Create(x => new Vector(x[0] + x[1], x[0] - x[1], x[0]), _ =>
            new Matrix(new double[,] { { 1, 1 }, { 1, -1 }, { 1, 0 } }));
        var last = Converged(Run(new("Line", physics, new SquaredDistance(new(1, 2, 4)), new(5, -7))));
        Near.Relative(new Vector(7.0 / 3, -0.5), last.X, 1e-14);
        Assert.InRange(last.Evaluations, 2, 4);
    }

    [Fact]
    public void Fewer_residuals_than_unknowns_are_brought_to_zero()
    {
        var sphere = DelegateMap.Create(x => new Vector(x.Dot(x)), x => new Matrix(1, 3, (_, j) => 2 * x[j]));
        var problem = new OptimizationProblem("Sphere", sphere, new SquaredDistance(new(4)), new(1, 2, -1));
        Near.Relative(4, Converged(Run(problem)).Y![0], 1e-14);
        Near.Relative(4, Converged([.. Optimizer.Run(problem, new GaussNewton(), GaussNewton.DefaultOptions)]).Y![0], 1e-14);

        // the step of least norm: from 0, all unknowns share alike
        var sum = DelegateMap.Create(x => new Vector(x.Sum()), x => new Matrix(1, 3, (_, _) => 1));
        var share = new OptimizationProblem("Sum", sum, new SquaredDistance(new(3)), new(0, 0, 0));
        Near.Relative(new Vector(1, 1, 1), Converged(Run(share)).X, 1e-14);
        Near.Relative(new Vector(1, 1, 1), Converged([.. Optimizer.Run(share, new GaussNewton(), GaussNewton.DefaultOptions)]).X, 1e-14);
    }

    [Fact]
    public void A_Jacobian_without_full_rank_leaves_what_it_does_not_see()
    {
        var physics = DelegateMap.Create(
            x => new Vector(x[0] + x[1], 2 * (x[0] + x[1]), x[0] + x[1]), _ =>
                new Matrix(new double[,] { { 1, 1, 0 }, { 2, 2, 0 }, { 1, 1, 0 } }));
        var problem = new OptimizationProblem("Deficient", physics, new SquaredDistance(new(2, 4, 3)), new(3, 0, 7));
        foreach (var records in (List<IterationRecord>[])[Run(problem),
            [.. Optimizer.Run(problem, new GaussNewton(), GaussNewton.DefaultOptions)]])
        {
            var last = Converged(records);
            Near.Relative(new Vector(31.0 / 12, -5.0 / 12, 7), last.X, 1e-13); // x0 + x1 = 13/6, reached from 3 by equal shares
            Near.Relative(5.0 / 6, last.Loss, 1e-13);
        }
    }

    [Fact]
    public void A_start_at_the_solution_stays_there()
    {
        var exact = Assert.Single(Run(Runs.Rosenbrock.StartingAt(new(1, 1))));
        Assert.Equal((TerminationReason.GradientTolerance, 1L), (exact.Status, exact.Evaluations));
        foreach (var set in NistProblems.All.Values)
        {
            var found = Run(set.From(2))[^1].X;
            var again = Run(set.From(2).StartingAt(found));
            Converged(again);
            Assert.InRange(again[^1].Iteration, 0, 3);
            Assert.InRange(NistProblems.Digits(set.Certified, again[^1].X), 6, 11);
        }
    }

    [Fact]
    public void A_trial_without_a_value_is_one_that_is_too_long()
    {
        var logarithm = DelegateMap.Create(x => new Vector(double.Log(x[0]), 1e-3 * x[0]), x =>
            new Matrix(new[,] { { 1 / x[0] }, { 1e-3 } }));
        var records = Run(new("Logarithm", logarithm, new SquaredDistance(), new(50)), radius: 100);
        Near.Absolute(1, Converged(records).X[0], 1e-3);
        Assert.Contains(records, record => record.Evaluations > record.Iteration + 1);

        // a derivative that is no number counts as no value, too: there is no going on from there
        var cliff = DelegateMap.Create(x => new Vector(x[0]), x => new Matrix(new[,] { { x[0] < 1 ? double.NaN : 1 } }));
        var beside = Run(new("Cliff", cliff, new SquaredDistance(), new(3)));
        Assert.True(beside[^1].X[0] >= 1);
        Assert.False(beside[^1].Status.IsConverged());

        var island = DelegateMap.Create(x => new Vector(x[0] == 3 ? 3 : double.NaN), _ => new Matrix(new double[,] { { 1 } }));
        Assert.Equal(TerminationReason.NonFinite, Run(new("Island", island, new SquaredDistance(), new(3)))[^1].Status);
    }

    [Fact]
    public void A_wrong_Jacobian_is_no_success()
    {
        var physics = DelegateMap.Create(x => new Vector(x[0], 1 + x[0]), x => new Matrix(new double[,] { { -1 }, { -1 } }));
        Assert.Equal(TerminationReason.LineSearchFailed, Run(new("Wrong", physics, new SquaredDistance(), new(3)))[^1].Status);
    }

    [Fact]
    public void No_point_is_evaluated_twice()
    {
        foreach (var problem in TestProblems.All.Values.Select(each => each.Problem)
            .Concat(NistProblems.All.Values.Select(set => set.From(1))))
        {
            var watch = new Watch();
            var last = Optimizer.Run(problem.WithPhysics(watch.First((IDifferentiableMap)problem.Physics!)), new LevenbergMarquardt(),
                Usual).Last();
            Assert.Equal(watch.Points.Count, watch.Points.Distinct().Count());
            Assert.Equal(watch.Points.Count, last.Evaluations);
        }
    }

    [Fact]
    public void A_loss_that_is_no_sum_of_squares_is_refused_before_anything_is_evaluated()
    {
        var watch = new Watch();
        var general = watch.Physics(Runs.ThreeSpaces).WithLoss(DelegateMap.Scalar(y => y[0] + double.Exp(y[1])));
        var objective = Runs.Objective(watch.Values(DelegateMap.Scalar(x => x.Dot(x))), 3, 3);
        foreach (var problem in (OptimizationProblem[])[general, objective])
        {
            foreach (var run in (Action[])[() => Optimizer.Run(problem, new LevenbergMarquardt()), () =>
                Optimizer.Run(problem, new HalfInverseGradient())])
            {
                var refusal = Assert.Throws<ProblemException>(run);
                Assert.Equal("MethodNeedsMore", refusal.ErrorId);
                Assert.Contains("sum of squares", refusal.Message, StringComparison.Ordinal);
            }
        }

        Assert.Empty(watch.Points);
    }
}
