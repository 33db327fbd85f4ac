using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Tests;

/// <summary>What holds for every method that needs values alone.</summary>
public class DerivativeFreeTests
{
    const double Infinity = double.PositiveInfinity;

    public static TheoryData<string> Names() => ["Bobyqa", "NelderMead"];

    static OptimizationOptions Defaults => Bobyqa.DefaultOptions;

    static OptimizationProblem Of(Func<Vector, double> f, double[] start, double[]? lower = null, double[]? upper = null) => new(
        "Objective", null, DelegateMap.Create(x => new Vector(f(x))), new(start), lowerBound: lower is null ? null : new(lower),
        upperBound: upper is null ? null : new(upper));

    static IterationRecord Last(string method, OptimizationProblem problem) => Runs.Methods[method](problem, Defaults).Last();

    static double Valley(Vector x) => 100 * double.Pow(x[1] - x[0] * x[0], 2) + double.Pow(1 - x[0], 2);

    [Theory]
    [MemberData(nameof(Names))]
    public void No_derivative_is_ever_computed_and_no_record_has_one(string method)
    {
        foreach (var problem in (OptimizationProblem[])[Runs.Rosenbrock, Runs.ThreeSpaces,
            MoreGarbowHillstrom.All.First(each => each.Name == "Bard").Problem])
        {
            foreach (var source in (DerivativeSource[])[DerivativeSource.Auto, DerivativeSource.FiniteDifference])
            {
                var calls = 0L;
                var watched = problem.WithPhysics(DelegateMap.Create(
                    x => { calls++; return problem.Physics!.Evaluate(x); },
                    _ => throw new InvalidOperationException("A Jacobian was asked for.")));
                var records = Runs.Methods[method](watched, Defaults with { Derivative = source }).ToList();
                Assert.True(records[^1].Status.IsConverged(), $"{records[^1].Status}");
                Assert.All(records, record =>
                    Assert.True(record.Gradient is null && record.GradientNorm is null && record.GradientEvaluations == 0));
                Assert.Equal(calls, records[^1].Evaluations);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_record_is_lower_than_the_one_before(string method)
    {
        var records = Runs.Methods[method](Of(Valley, [-1.2, 1]), Defaults).ToList();
        Assert.All(records.Zip(records.Skip(1)).SkipLast(1), pair => Assert.True(pair.Second.Loss < pair.First.Loss));
        Near.Absolute(new(1, 1), records[^1].X, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_path_does_not_depend_on_the_unit_of_the_loss_nor_on_those_of_the_variables(string method)
    {
        var plain = Runs.Methods[method](Of(Valley, [-1.2, 1]), Defaults).ToList();
        foreach (var power in (int[])[-600, -3, 5, 400])
        {
            var scaled = Runs.Methods[method](Of(x => double.ScaleB(Valley(x), power), [-1.2, 1]), Defaults).ToList();
            Assert.Equal(plain.Select(record => record.X), scaled.Select(record => record.X));
            Assert.Equal(plain[^1].Status, scaled[^1].Status);
        }

        var (a, b) = (double.ScaleB(1, -40), double.ScaleB(1, 70));
        var units = Runs.Methods[method](Of(x => Valley(new(x[0] / a, x[1] / b)), [-1.2 * a, b]), Defaults).ToList();
        Assert.Equal(plain.Select(record => record.X), units.Select(record => new Vector(record.X[0] / a, record.X[1] / b)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_order_of_the_variables_changes_nothing_but_rounding(string method)
    {
        double Bowl(double a, double b, double c) => a * a + 2 * b * b + 3 * double.Pow(c - 1, 2) + a * b - b * c + 0.1 * a * a * a * a;
        var plain = Last(method, Of(x => Bowl(x[0], x[1], x[2]), [3, -2, 2]));
        var turned = Last(method, Of(x => Bowl(x[2], x[0], x[1]), [-2, 2, 3]));
        Near.Absolute(plain.X, new(turned.X[2], turned.X[0], turned.X[1]), 1e-6);
        Assert.Equal(plain.Loss, turned.Loss, 1e-12);
    }

    public static TheoryData<string, double[], double[], double[]> BoxesOfAllKinds()
    {
        var rows = new TheoryData<string, double[], double[], double[]>();
        foreach (var method in (string[])["Bobyqa", "NelderMead"])
        {
            rows.Add(method, [-1.2, 1], [-2, -2], [0.5, 2]);
            rows.Add(method, [-1.2, 1], [-Infinity, -1.5], [Infinity, Infinity]); // some
            rows.Add(method, [-1.2, 1], [-1.2, -Infinity], [Infinity, 1]); // starts in a corner
            rows.Add(method, [0.5, 0.5], [0.5, 0.5], [0.5 + 1e-9, 0.5 + 1e-7]); // narrow
            rows.Add(method, [0.5, 0.25], [0.5, -1], [0.5, 1]); // fixed
            rows.Add(method, [1, 1], [1, 1], [2, 2]); // the minimum is the corner
            rows.Add(method, [1.5, 1.5], [1.5, 1.5], [3, 3]); // all at bounds, and pushed against one
            rows.Add(method, [0.1, 0.3], [0.1, 0.1], [0.7, 0.3]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(BoxesOfAllKinds))]
    public void Nothing_is_evaluated_outside_of_the_bounds_and_the_minimum_within_is_found(
        string method, double[] start, double[] lower, double[] upper)
    {
        var problem = Of(Inside, start, lower, upper);
        var last = Last(method, problem);
        Assert.True(last.Status.IsConverged(), $"{last.Status} {last.X}");
        var best = Optimizer.Run(
            new OptimizationProblem("Same", null, DelegateMap.Scalar(Valley, x => new Vector(
                -400 * x[0] * (x[1] - x[0] * x[0]) - 2 * (1 - x[0]), 200 * (x[1] - x[0] * x[0]))), new(start), lowerBound: new(lower),
                upperBound: new(upper)), new Lbfgs(), Lbfgs.DefaultOptions).Last();
        Assert.True(last.Loss <= best.Loss + 1e-9 * (1 + double.Abs(best.Loss)), $"{last.Loss} at {last.X}, but {best.Loss} at {best.X}");

        double Inside(Vector x)
        {
            for (var i = 0; i < x.Count; i++) Assert.True(x[i] >= lower[i] && x[i] <= upper[i], $"{x} is outside");
            return Valley(x);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Bounds_that_leave_one_point_are_a_run_of_one_value(string method)
    {
        var last = Last(method, Of(Valley, [2, 3], [2, 3], [2, 3]));
        Assert.Equal((TerminationReason.LossTolerance, 1L), (last.Status, last.Evaluations));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void One_variable_is_enough(string method)
    {
        var last = Last(method, Of(x => double.Cosh(x[0] - 3), [10]));
        Assert.True(last.Status.IsConverged());
        Assert.Equal(3, last.X[0], 1e-6);
        Assert.Equal(2, Last(method, Of(x => double.Cosh(x[0] - 3), [0], [-1], [2])).X[0]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Variables_of_very_different_sizes_are_found_to_their_own_accuracy(string method)
    {
        var last = Last(method, Of(x => double.Pow(x[0] / 1e-9 - 2, 2) + double.Pow(x[1] / 1e12 - 3, 2) + double.Pow(x[2] - x[1] / 1e12, 2),
            [1e-9, 1e12, 1]));
        Assert.True(last.Status.IsConverged());
        Near.Absolute(new Vector(2, 3, 3), new Vector(last.X[0] / 1e-9, last.X[1] / 1e12, last.X[2]), 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_has_no_value_is_kept_away_from(string method)
    {
        static double Throw() => throw new EvaluationException("Beyond", "Beyond.", new(0.0));
        foreach (var wall in (Func<double>[])[() => double.NaN, () => Infinity, Throw])
        {
            var last = Last(method, Of(
                x => x[0] <= 0 || x[1] <= 0 ? wall() : x[0] - double.Log(x[0]) + x[1] - 2 * double.Log(x[1]), [0.1, 9]));
            Assert.True(last.Status.IsConverged(), $"{last.Status} at {last.X}");
            Near.Absolute(new(1, 2), last.X, 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Values_that_are_missing_everywhere_else_end_the_run_without_success(string method)
    {
        var last = Last(method, Of(x => x[0] == 1 && x[1] == 2 ? 5 : double.NaN, [1, 2]));
        Assert.Equal(TerminationReason.NonFinite, last.Status);
        var calls = 0;
        last = Last(method, Of(x => ++calls > 40 ? double.NaN : Valley(x), [-1.2, 1]));
        Assert.Equal(TerminationReason.NonFinite, last.Status);
        Assert.InRange(calls, 41, 150);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Noise_is_no_success_but_the_minimum_is_near(string method)
    {
        var random = new Random(3);
        foreach (var noise in (double[])[1e-2, 1e-4])
        {
            var last = Last(method, Of(x => x.Dot(x) + noise * (random.NextDouble() - 0.5), [1, 1, -1], [-2, -2, -2], [2, 2, 0.5]));
            Assert.Equal(TerminationReason.StepCollapsed, last.Status);
            Assert.InRange(last.X.Norm, 0, 10 * double.Sqrt(noise));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void What_falls_for_ever_is_no_success(string method)
    {
        Func<Vector, double>[] falling =
        [
            x => -x[0], x => 1 + double.Exp(-x[0]), x => 1 / (1 + x[0] * x[0]), x => x[0] * x[0] * x[0], x => double.Atan(-x[0]),
            x => -double.Log(1 + x[0] * x[0]),
        ];
        foreach (var f in falling)
        {
            var last = Last(method, Of(f, [1]));
            Assert.False(last.Status.IsConverged(), $"{last.Status} at {last.X}, loss {last.Loss}");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_that_is_level_is_flat_and_a_saddle_is_left(string method)
    {
        Assert.Equal(TerminationReason.Flat, Last(method, Of(_ => 7, [1, 2])).Status);
        Assert.Equal(TerminationReason.Flat, Last(method, Of(x => -double.Exp(-double.Pow(x[0] - 300, 2)), [1])).Status);
        var last = Last(method, Of(x => x[0] * x[1] + 0.25 * (double.Pow(x[0], 4) + double.Pow(x[1], 4)), [0, 0]));
        Assert.True(last.Status.IsConverged());
        Assert.Equal(-0.5, last.Loss, 1e-9);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_loss_with_a_kink_is_minimised_to_its_last_size(string method)
    {
        var last = Last(method, Of(x => double.Abs(x[0] - 1) + double.Abs(x[1] + 2), [3, 3]));
        Near.Absolute(new(1, -2), last.X, 1e-6);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_at_its_limit_holds_the_lowest_point_seen(string method)
    {
        for (var limit = 1; limit < 30; limit++)
        {
            var lowest = Infinity;
            var last = Runs.Methods[method](Of(x => Seen(Valley(x)), [-1.2, 1]), Defaults with { MaxEvaluations = limit }).Last();
            Assert.Equal((TerminationReason.EvaluationLimit, (long)limit, lowest), (last.Status, last.Evaluations, last.Loss));

            double Seen(double value) => (lowest = double.Min(lowest, value)) is var _ ? value : value;
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_that_resumes_evaluates_nothing_again(string method)
    {
        var whole = Runs.Methods[method](Of(Valley, [-1.2, 1]), Defaults).ToList();
        var seen = new HashSet<Vector>();
        var problem = Of(x => seen.Add(x) ? Valley(x) : throw new InvalidOperationException($"{x} again"), [-1.2, 1]);
        var first = Runs.Methods[method](problem, Defaults with { MaxIterations = 10 }).Last();
        var rest = Runs.Methods[method](problem, Defaults with { ResumeFrom = first }).ToList();
        Assert.Equal(whole.Skip(10).Select(Shown), rest.Select(Shown));
        seen.Clear(); // and from the middle once more, where the search has to be made again
        Assert.Equal(whole[^1].X, Runs.Methods[method](problem, Defaults with { ResumeFrom = first }).Last().X);
        Assert.Equal(whole[^1].Evaluations - whole[10].Evaluations, seen.Count);

        static (Vector, long) Shown(IterationRecord record) => (record.X, record.Evaluations);
    }
}
