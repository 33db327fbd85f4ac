using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Solving;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Tests;

/// <summary>What ends a run without a number of the user's: in every unit the same, and never a success away from a minimum.</summary>
public class EndingTests
{
    /// <summary>Powers of two, so that other units change no digit: 1e-12 to 1e12 for x, 1e-15 to 1e15 for the loss.</summary>
    static readonly Gen<double> UnitOfX = Gen.Int[-40, 40].Select(k => double.ScaleB(1, k)), UnitOfLoss = Gen.Int[-50, 50].Select(k =>
        double.ScaleB(1, k));

    static readonly Gen<(Vector Start, Vector Units, double OfLoss)> Cases = Gen.Select(
        Gen.Select(Gen.Double[0.5, 3], Gen.Bool).Select((size, isNegative) => isNegative ? -size : size).Array[2],
        UnitOfX.Array[2], UnitOfLoss, (start, units, loss) => (new Vector(start), new Vector(units), loss));

    /// <summary>c |r(x / u)|^2 with r of Rosenbrock and a third residual, so that the least loss is not zero.</summary>
    static OptimizationProblem InUnits(Vector start, Vector u, double c)
    {
        var root = double.ScaleB(1, (int)double.Log2(c) / 2);
        Vector Residual(Vector x)
        {
            var (a, b) = (x[0] / u[0], x[1] / u[1]);
            return new(root * 3 * (b - a * a), root * (1 - a), root * (1 + 0.25 * a * b));
        }

        Matrix Jacobian(Vector x)
        {
            var (a, b) = (x[0] / u[0], x[1] / u[1]);
            return new(new[,]
            {
                { root * -6 * a / u[0], root * 3 / u[1] }, { -root / u[0], 0 }, { root * 0.25 * b / u[0], root * 0.25 * a / u[1] },
            });
        }

        Matrix Hessian(Vector x, Vector w) => new(new[,]
        {
            { root * -6 * w[0] / (u[0] * u[0]), root * 0.25 * w[2] / (u[0] * u[1]) }, { root * 0.25 * w[2] / (u[0] * u[1]), 0 },
        });
        return new(
            "Units", DelegateMap.Create(Residual, x => Jacobian(x), Hessian), new SquaredDistance(), start.Zip(u, (s, each) => s * each));
    }

    [Theory]
    [InlineData("LevenbergMarquardt")]
    [InlineData("Newton")]
    public void Units_change_neither_path_nor_end_of_methods_that_do_not_see_them(string name) => Cases.Sample(each =>
    {
        var method = MethodRegistry.Require(name);
        var plain = method.Run(InUnits(each.Start, new(1, 1), 1)).ToList();
        var scaled = method.Run(InUnits(each.Start, each.Units, each.OfLoss)).ToList();
        Assert.Equal((plain[^1].Status, plain.Count), (scaled[^1].Status, scaled.Count));
        for (var k = 0; k < plain.Count; k++)
            Near.Absolute(plain[k].X, scaled[k].X.Zip(each.Units, (x, u) => x / u), 1e-6 * (1 + plain[k].X.Norm), $"iteration {k}");
    });

    [Theory]
    [InlineData("GradientDescent")]
    [InlineData("Adam")]
    [InlineData("AdaGrad")]
    [InlineData("RmsProp")]
    [InlineData("HalfInverseGradient")]
    [InlineData("Lbfgs")]
    [InlineData("TrustRegion")]
    public void In_any_unit_a_success_is_one(string name) => Cases.Sample(each =>
    {
        var problem = InUnits(each.Start, each.Units, each.OfLoss);
        var last = MethodRegistry.Require(name).Run(problem).Last();
        MethodMatrix.AssertNoneLowerNearby(problem, last.Status, last.X, last.Loss);
    });

    static OptimizationProblem Line(Func<double, double> f, Func<double, double> slope, double start) => Runs.Objective(
        DelegateMap.Scalar(x => f(x[0]), x => new Vector(slope(x[0]))), start);

    [Theory]
    [InlineData(40, TerminationReason.Flat)] // exp(-800): nothing is left of the centre
    [InlineData(3, TerminationReason.LossTolerance)]
    public void Flat_is_a_peak_far_from_its_data_and_not_one_nearby(double centre, TerminationReason status)
    {
        int[] at = [.. Enumerable.Range(-10, 21)];
        double Peak(double t, double c) => 5 * double.Exp(-(t - c) * (t - c) / 2);
        var problem = new OptimizationProblem(
            "Peak",
            DelegateMap.Create(
                x => new Vector(at.Select(t => Peak(t, x[0]) + x[1])),
                x => new Matrix(at.Length, 2, (i, j) => j == 1 ? 1 : (at[i] - x[0]) * Peak(at[i], x[0]))),
            new SquaredDistance(new Vector(at.Select(t => Peak(t, 1) + 2))), new(centre, 0));
        foreach (var name in (string[])["LevenbergMarquardt", "Lbfgs"])
        {
            var listener = new Listener();
            var last = MethodRegistry.Require(name).Run(problem, options: new() { MaxIterations = 1000, Observer = listener }).Last();
            Assert.Equal(status == TerminationReason.Flat, last.Status == TerminationReason.Flat);
            Assert.Equal(status.IsConverged(), last.Status.IsConverged());
            if (status == TerminationReason.Flat)
                Assert.Contains("hardly depends on x[0] here", listener.Warnings[^1], StringComparison.Ordinal);
        }

        Assert.InRange(new MinimumSearch().Find(problem).Loss, 0, 1e-20); // and goes on
    }

    [Fact]
    public void A_variable_that_matters_nowhere_is_not_flat()
    {
        var problem = Runs.Objective(DelegateMap.Scalar(x => (x[0] - 1) * (x[0] - 1), x => new(2 * (x[0] - 1), 0)), 3, 3);
        Assert.True(MethodRegistry.Require("Lbfgs").Run(problem).Last().Status.IsConverged());
    }

    [Fact]
    public void Steps_have_collapsed_where_they_are_lost_beside_x_and_not_where_they_move_it()
    {
        // at 1e10 numbers are 1.9e-6 apart
        Assert.Equal(TerminationReason.StepCollapsed, Optimizer.Run(Line(x => x, _ => 1, 1e10), new GradientDescent(5e-7)).Last().Status);
        Assert.Equal(TerminationReason.IterationLimit, Optimizer.Run(Line(x => x, _ => 1, 1e10), new GradientDescent(5e-6)).Last().Status);
    }

    [Fact]
    public void Two_points_of_equal_loss_in_turn_are_no_minimum()
    {
        var bowl = Line(x => 50 * (x - 1) * (x - 1), x => 100 * (x - 1), 0);
        Assert.Equal(TerminationReason.IterationLimit, Optimizer.Run(bowl, new GradientDescent(0.02)).Last().Status);
        Assert.Equal(TerminationReason.LossTolerance, Optimizer.Run(bowl, new GradientDescent(0.002), new() { MaxIterations = 1000 }).Last()
            .Status);
    }

    [Fact]
    public void A_kink_is_no_minimum_for_what_lies_beside_it()
    {
        var problem = Runs.Objective(
            DelegateMap.Scalar(
                x => double.Abs(x[0]) + (x[1] - 1) * (x[1] - 1), x => new(double.Sign(x[0]), 2 * (x[1] - 1)), _ => Matrix.Diagonal(0, 2)),
            0.3, 3);
        foreach (var name in (string[])["TrustRegion", "Lbfgs"])
        {
            var last = MethodRegistry.Require(name).Run(problem).Last();
            MethodMatrix.AssertNoneLowerNearby(problem, last.Status, last.X, last.Loss);
        }
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(0, 0)]
    [InlineData(9, 0)]
    public void A_saddle_between_bounds_is_left(double x0, double x1)
    {
        var problem = Runs.Objective(
            DelegateMap.Scalar(
                x => x[0] * x[0] - x[1] * x[1] + double.Pow(x[1], 4), x => new(2 * x[0], -2 * x[1] + 4 * double.Pow(x[1], 3)),
                x => Matrix.Diagonal(2, -2 + 12 * x[1] * x[1])),
            x0, x1).WithBounds(new(-9, -9), new(9, 9));
        var result = new MinimumSearch().Find(problem);
        Assert.True(result.IsConverged);
        Near.Relative(-0.25, result.Loss, 1e-12);
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(-17, 0)]
    [InlineData(470, 20)]
    [InlineData(-3000, -100)]
    public void A_peak_beyond_a_plateau_is_found(double centre, double start)
    {
        var width = double.Max(1, double.Abs(centre) / 10);
        var problem = Runs.Objective(DelegateMap.Scalar(x => 1 - double.Exp(-double.Pow((x[0] - centre) / width, 2))), start);
        var result = new MinimumSearch().Find(problem);
        Assert.True(result.IsConverged, result.Message);
        Near.Absolute(0, result.Loss, 1e-9);
    }

    [Theory]
    [InlineData("Adam")]
    [InlineData("GradientDescent")]
    [InlineData("Lbfgs")]
    [InlineData("Newton")]
    [InlineData("TrustRegion")]
    public void A_loss_that_is_the_same_everywhere_is_flat(string name)
    {
        var method = MethodRegistry.Require(name);
        var result = new MinimumSearch { Method = method }.Find(Runs.Objective(DelegateMap.Scalar(_ => 5), 1, 2));
        Assert.Equal(TerminationReason.Flat, result.Status);
        Assert.Contains("the same wherever x[0], x[1]", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("step", 1)]
    [InlineData("inflexion", 0)]
    [InlineData("sign", 0)]
    public void Where_the_slope_is_nothing_but_the_loss_is_lower_beside_it_is_no_minimum(string loss, double start)
    {
        Func<double, double> f = loss switch
        {
            "step" => double.Floor,
            "inflexion" => x => x * x * x,
            _ => x => double.Sign(x),
        };
        var last = new MinimumSearch().Find(Runs.Objective(DelegateMap.Scalar(x => f(x[0])), start));
        Assert.False(last.IsConverged, last.Message);
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(2.0)]
    public void A_maximum_on_a_bound_is_left(double start)
    {
        var problem = Runs.Objective(
            DelegateMap.Scalar(x => double.Pow(x[0], 4) - x[0] * x[0], x => new(4 * double.Pow(x[0], 3) - 2 * x[0]), x =>
                Matrix.Diagonal(12 * x[0] * x[0] - 2)), start).WithBounds(new(0), new(2));
        var result = new MinimumSearch().Find(problem);
        Assert.True(result.IsConverged);
        Near.Relative(double.Sqrt(0.5), result.X[0], 1e-7);
    }

    [Theory]
    [InlineData("GradientDescent")]
    [InlineData("Adam")]
    [InlineData("Lbfgs")]
    [InlineData("TrustRegion")]
    public void Steps_that_are_lost_beside_x_at_a_minimum_have_arrived(string name)
    {
        var bowl = Line(x => (x - 3) * (x - 3), x => 2 * (x - 3), 0);
        var last = new MinimumSearch { Method = MethodRegistry.Require(name) }.Find(bowl);
        Assert.True(last.IsConverged, last.Message);
        Near.Relative(3, last.X[0], 1e-13);
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1e7, -1e7)]
    [InlineData(1e-9, 0)]
    public void Between_bounds_of_any_unit_two_valleys_are_found(double u, double lower)
    {
        var problem = Runs.Objective(
            DelegateMap.Scalar(
                x => double.Cos(x[0] / u) + double.Cos(x[1] / u), x => new(-double.Sin(x[0] / u) / u, -double.Sin(x[1] / u) / u),
                x => Matrix.Diagonal(-double.Cos(x[0] / u) / u / u, -double.Cos(x[1] / u) / u / u)),
            0.5 * u, 0.5 * u).WithBounds(new(lower, lower), new(6 * u, 6 * u));
        foreach (var method in (MethodEntry?[])[null, MethodRegistry.Require("Lbfgs")])
        {
            var result = new MinimumSearch { Method = method }.Find(problem);
            Assert.True(result.IsConverged && result.Evaluations < 300, result.Message);
            Near.Absolute(-2, result.Loss, 1e-12);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e-6)]
    [InlineData(1e8)]
    public void A_sum_of_quartics_is_a_success_in_any_unit(double u)
    {
        var problem = Runs.Objective(
            DelegateMap.Scalar(
                x => x.Sum(v => double.Pow(v / u, 4)), x => new(x.Select(v => 4 * double.Pow(v / u, 3) / u)),
                x => Matrix.Diagonal([.. x.Select(v => 12 * v * v / u / u / u / u)])),
            [.. Enumerable.Range(1, 10).Select(i => i * u)]);
        var result = new MinimumSearch().Find(problem);
        Assert.True(result.IsConverged && result.Loss < 1e-20, result.Message);
    }

    [Theory]
    [InlineData("kink")]
    [InlineData("quartic")]
    public void A_trust_region_by_differences_does_not_crawl_for_as_long_as_it_is_let(string loss)
    {
        Func<Vector, double> f = loss == "kink" ? x => double.Abs(x[0]) + (x[1] - 1) * (x[1] - 1)
            : x => double.Pow(x[0], 4) + (x[1] - 1) * (x[1] - 1);
        var problem = Runs.Objective(DelegateMap.Scalar(f), 0.3, 3);
        var result = new MinimumSearch { Method = MethodRegistry.Require("TrustRegion") }.Find(problem);
        Assert.InRange(result.Evaluations, 1, 50_000);
        MethodMatrix.AssertNoneLowerNearby(problem, result.Status, result.X, result.Loss);
        Assert.True(result.IsConverged || loss == "kink", result.Message);
    }
}
