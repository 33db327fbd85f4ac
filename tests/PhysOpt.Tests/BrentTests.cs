using CsCheck;
using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>Brent's method for a minimum of one variable between two bounds, by values alone.</summary>
public class BrentTests
{
    static OptimizationProblem Problem(Func<double, double> f, double lower, double upper, double start) =>
        Runs.Objective(DelegateMap.Scalar(x => f(x[0])), start).WithBounds(new(lower), new(upper));

    static List<IterationRecord> Run(OptimizationProblem problem, OptimizationOptions? options = null) =>
        [.. Optimizer.Run(problem, new Brent(), options ?? Brent.DefaultOptions)];

    static OptimizationResult Find(OptimizationProblem problem) => new MinimumSearch().Find(problem);

    /// <summary>Functions with a bracket, a start and what they are like; the hard ones are meant to be.</summary>
    static readonly Dictionary<string, (Func<double, double> F, double Lower, double Upper, double Start)> functions = new()
    {
        ["parabola"] = (x => (x - 3) * (x - 3), 0, 10, 1),
        ["parabola on top of one"] = (x => (x - 3) * (x - 3) + 1, 0, 10, 1),
        ["parabola on top of a million"] = (x => (x - 3) * (x - 3) + 1e6, 0, 10, 1),
        ["quartic"] = (x => double.Pow(x - 3, 4), 0, 10, 1),
        ["x^20"] = (x => double.Pow(x, 20), -1, 1, 0.9),
        ["exp(-1/x^2)"] = (x => x == 0 ? 0 : double.Exp(-1 / (x * x)), -2, 3, 2),
        ["cosh - 1"] = (x => double.Cosh(x) - 1, -3, 4, 2),
        ["exp(x) - 2x"] = (x => double.Exp(x) - 2 * x, -5, 5, 3),
        ["x + 1/x"] = (x => x + 1 / x, 0.01, 100, 50),
        ["log"] = (x => double.Log(1 + (x - 2) * (x - 2)), -50, 50, 30),
        ["narrow"] = (x => 1 - double.Exp(-1e4 * (x - 0.5) * (x - 0.5)), 0, 1, 0.49),
        ["many minima"] = (x => x * x + 10 * (1 - double.Cos(2 * double.Pi * x)), -5, 5, 2.2),
        ["falls to a bound"] = (x => -x, 0, 1e6, 1),
        ["falls to nothing"] = (x => double.Exp(-x), 0, 1000, 1),
        ["rises from a bound"] = (x => (x + 1) * (x + 1), 0, 10, 4),
        ["kink"] = (x => double.Abs(x - 3), 0, 10, 1),
        ["steep on one side"] = (x => x < 3 ? 3 - x : 10 * (x - 3), 0, 10, 1),
        ["infinite slope"] = (x => double.Cbrt(double.Abs(x - 3)), 0, 10, 1),
        ["jump"] = (x => x < 3 ? 8 - x : x, 0, 10, 7),
        ["stairs"] = (x => double.Pow(double.Ceiling(x) - 4, 2), 0, 10, 8.5),
        ["no value below"] = (x => x < 2 ? double.NaN : x, 0, 10, 8),
        ["no value above"] = (x => x > 4 ? double.NaN : (x - 3) * (x - 3), 0, 10, 1),
        ["shelf"] = (x => x < 5 ? 1 : (x - 7) * (x - 7), 0, 10, 2),
        ["noise"] = (x => (x - 3) * (x - 3) + 1 + 1e-3 * double.Sin(1e17 * x), 0, 10, 8),
        ["level"] = (_ => 1, 0, 10, 5),
        ["wide"] = (x => (x - 1e-3) * (x - 1e-3), 0, 1e6, 5e5),
        ["tiny"] = (x => double.Pow(x / 1e-300 - 3, 2) + 1, 0, 1e-299, 1e-300),
        ["huge"] = (x => double.Pow(x / 1e299 - 3, 2) + 1, 0, 1e300, 1e299),
    };

    public static TheoryData<string> Names() => [.. functions.Keys];

    static OptimizationProblem Named(string name)
    {
        var (f, lower, upper, start) = functions[name];
        return Problem(f, lower, upper, start);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_takes_no_more_evaluations_than_Brents_bound(string name)
    {
        var (problem, last) = (Named(name), Run(Named(name))[^1]);
        var shortest = double.ScaleB(1, -50) * VariableSizes.Of(last.X, problem.InitialGuess)[0];
        var bits = double.Log2((problem.UpperBound![0] - problem.LowerBound![0]) / double.Max(shortest, double.Epsilon));
        Assert.InRange(last.Evaluations, 1, bits * bits);
        Assert.True(last.Evaluations <= 110, $"{last.Evaluations} evaluations"); // what was measured, and some more
        Assert.NotEqual(TerminationReason.IterationLimit, last.Status);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_never_rises_leaves_no_bound_and_asks_for_no_gradient(string name)
    {
        var watch = new Watch();
        var loss = DelegateMap.Scalar(x => functions[name].F(x[0]), _ => throw new InvalidOperationException());
        var problem = Named(name).WithLoss(watch.First(loss));
        var records = Run(problem);
        Assert.All(records.Zip(records.Skip(1)), pair => Assert.True(pair.Second.Loss <= pair.First.Loss));
        Assert.All(watch.Points, x => Assert.InRange(x[0], problem.LowerBound![0], problem.UpperBound![0]));
        Assert.Equal(watch.Points.Count, watch.Points.Distinct().Count());
        Assert.Equal((0, 0L, watch.Points.Count), (watch.Jacobians, records[^1].GradientEvaluations, (int)records[^1].Evaluations));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_run_that_resumes_goes_on_as_if_it_had_never_stopped(string name)
    {
        var problem = Named(name);
        var whole = Run(problem);
        foreach (var stop in (int[])[0, 1, 2, 5, 10])
        {
            if (stop >= whole.Count - 1) break;
            var first = Run(problem, Brent.DefaultOptions with { MaxIterations = stop })[^1];
            var rest = Run(problem, Brent.DefaultOptions with { ResumeFrom = first });
            Assert.Equal(whole.Skip(stop).Select(each => (each.X, each.Loss)), rest.Select(each => (each.X, each.Loss)));
            Assert.Equal((whole[^1].Status, whole[^1].Evaluations), (rest[^1].Status, rest[^1].Evaluations));
        }
    }

    [Fact]
    public void No_unit_of_x_or_of_the_loss_changes_the_path() => Gen
        .Select(Gen.Int[-60, 60], Gen.Int[-60, 60], Gen.Int[0, Ordinary.Length - 1]).Sample((ofX, ofLoss, k) =>
        {
            var name = Ordinary[k];
            var (f, lower, upper, start) = functions[name];
            var (x, loss) = (double.ScaleB(1, ofX), double.ScaleB(1, ofLoss));
            var expected = Run(Named(name));
            var actual = Run(Problem(u => loss * f(u / x), lower * x, upper * x, start * x));
            Assert.Equal(expected.Select(each => (each.X[0] * x, each.Loss * loss, each.Evaluations)),
                actual.Select(each => (each.X[0], each.Loss, each.Evaluations)));
            Assert.Equal(expected[^1].Status, actual[^1].Status);
        }, iter: 200);

    static readonly string[] Ordinary =
        ["parabola", "parabola on top of one", "quartic", "exp(x) - 2x", "x + 1/x", "many minima", "kink", "jump", "level", "noise"];

    [Theory]
    [InlineData("parabola", 3, 0)]
    [InlineData("parabola on top of one", 3, 1e-7)]
    [InlineData("parabola on top of a million", 3, 1e-5)]
    [InlineData("quartic", 3, 1e-15)]
    [InlineData("x^20", 0, 1e-15)]
    [InlineData("exp(x) - 2x", 0.6931471805599453, 1e-7)]
    [InlineData("x + 1/x", 1, 1e-7)]
    [InlineData("log", 2, 1e-8)]
    [InlineData("narrow", 0.5, 1e-9)]
    [InlineData("many minima", 1.98991, 1e-5)]
    [InlineData("falls to a bound", 1e6, 0)]
    [InlineData("rises from a bound", 0, 0)]
    [InlineData("kink", 3, 0)]
    [InlineData("steep on one side", 3, 1e-14)]
    [InlineData("infinite slope", 3, 1e-14)]
    [InlineData("jump", 3, 1e-14)]
    [InlineData("no value below", 2, 1e-14)]
    [InlineData("no value above", 3, 0)]
    [InlineData("shelf", 7, 0)]
    [InlineData("wide", 1e-3, 1e-17)]
    [InlineData("tiny", 3e-300, 1e-307)]
    [InlineData("huge", 3e299, 1e292)]
    public void A_minimum_is_found_and_converged(string name, double minimiser, double distance)
    {
        var last = Run(Named(name))[^1];
        Assert.Equal(TerminationReason.LossTolerance, last.Status);
        Near.Absolute(minimiser, last.X[0], distance);
    }

    [Theory]
    [InlineData("parabola", 13)]
    [InlineData("parabola on top of one", 6)]
    [InlineData("exp(x) - 2x", 15)]
    [InlineData("many minima", 10)]
    [InlineData("rises from a bound", 7)]
    [InlineData("kink", 54)]
    public void Smooth_functions_take_few_evaluations(string name, int most) => Assert.InRange(Run(Named(name))[^1].Evaluations, 1, most);

    [Theory]
    [InlineData("kink", "x is known to its last digits, and the loss is higher on both sides.")]
    [InlineData("jump", "; below x it jumps, by 2.")]
    [InlineData("no value below", "; below x it has no value.")]
    [InlineData("parabola on top of one", " around x values of the loss can hardly be told apart")]
    [InlineData("rises from a bound", "x is at its bound, and the loss is higher beside it")]
    public void The_end_says_what_was_seen(string name, string words)
    {
        var listener = new Listener();
        _ = Run(Named(name), Brent.DefaultOptions with { Observer = listener });
        Assert.Contains(words, listener.Explanations[^1], StringComparison.Ordinal);
        Assert.Empty(listener.Warnings);
    }

    [Theory]
    [InlineData("noise", TerminationReason.StepCollapsed, "there is noise, or a jump on both sides")]
    [InlineData("level", TerminationReason.Flat, "the loss is the same wherever it was asked for; start where it depends on x")]
    [InlineData("falls to nothing", TerminationReason.Flat, "the loss is the same wherever it was asked for above x")]
    public void Where_no_minimum_is_seen_none_is_claimed(string name, TerminationReason status, string words)
    {
        var listener = new Listener();
        Assert.Equal(status, Run(Named(name), Brent.DefaultOptions with { Observer = listener })[^1].Status);
        Assert.Contains(words, Assert.Single(listener.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void A_start_at_a_bound_is_as_good_as_any(double start)
    {
        var last = Run(Problem(x => (x - 3) * (x - 3) + 1, 0, 10, start))[^1];
        Near.Absolute(3, last.X[0], 1e-7);
        Assert.InRange(last.Evaluations, 1, 8);
        var atBound = Run(Problem(x => start == 0 ? x : -x, 0, 10, start))[^1];
        Assert.Equal((start, TerminationReason.LossTolerance), (atBound.X[0], atBound.Status));
        Assert.InRange(atBound.Evaluations, 1, 5);
    }

    [Fact]
    public void Bounds_that_meet_leave_one_point()
    {
        var last = Run(Problem(x => x * x, 2, 2, 2))[^1];
        Assert.Equal((2, TerminationReason.LossTolerance, 1L), (last.X[0], last.Status, last.Evaluations));
    }

    [Fact]
    public void A_start_without_a_value_ends_the_run_and_minus_infinity_is_no_minimum()
    {
        Assert.Equal(TerminationReason.NonFinite, Run(Problem(x => x < 5 ? double.NaN : x, 0, 10, 1))[^1].Status);
        Assert.Equal(TerminationReason.Unbounded, Run(Problem(x => x < 2 ? double.NegativeInfinity : x, 0, 10, 5))[^1].Status);
    }

    [Fact]
    public void A_limit_of_evaluations_holds_and_a_later_run_comes_to_the_same_end()
    {
        var problem = Named("kink");
        var cut = Run(problem, Brent.DefaultOptions with { MaxEvaluations = 20 })[^1];
        Assert.Equal((TerminationReason.EvaluationLimit, 20L), (cut.Status, cut.Evaluations));
        Assert.Equal(Run(problem)[^1].X, Run(problem, Brent.DefaultOptions with { ResumeFrom = cut })[^1].X);
    }

    [Fact]
    public void Other_problems_are_refused()
    {
        var two = Runs.Objective(DelegateMap.Scalar(x => x.Dot(x)), 1, 2).WithBounds(new(-1, -1), new(5, 5));
        foreach (var problem in (OptimizationProblem[])[two, Named("kink").WithBounds(new(0), null), Named("kink").WithBounds(null, null)])
            Assert.Equal("MethodNeedsMore", Assert.Throws<ProblemException>(() => Run(problem)).ErrorId);
    }

    [Fact]
    public void It_is_chosen_for_one_variable_between_two_bounds_whose_derivatives_are_not_exact()
    {
        var byValues = Named("parabola on top of one");
        var exact = byValues.WithLoss(DelegateMap.Scalar(x => double.Exp(x[0]) - 2 * x[0], x => new(double.Exp(x[0]) - 2)));
        Assert.Equal("Brent", Find(byValues).Method);
        Assert.Equal("Brent", Find(exact, new() { Derivative = DerivativeSource.FiniteDifference }).Method);
        Assert.Equal("Lbfgs", Find(exact).Method);
        Assert.Equal("Lbfgs", Find(byValues, new() { Gradient = DelegateMap.Create(x => new(2 * (x[0] - 3))) }).Method);
        Assert.Equal("Lbfgs", Find(byValues, new() { GradientTolerance = 1e-6 }).Method); // which no value tells
        Assert.Equal("Lbfgs", Find(byValues.WithBounds(new(0), null)).Method);
        var fit = new OptimizationProblem("Fit", DelegateMap.Create(x => new(double.Exp(-x[0]), double.Exp(-2 * x[0]))),
            new SquaredDistance(new(0.5, 0.3)), new(2), lowerBound: new(0), upperBound: new(10));
        Assert.Equal("Brent", Find(fit).Method);
        Near.Absolute(Find(fit.WithBounds(new(0), null)).X, Find(fit).X, 1e-7);

        static OptimizationResult Find(OptimizationProblem problem, OptimizationOptions? options = null) => new MinimumSearch
        {
            Options = defaults => options is null ? defaults : options with { MaxIterations = defaults.MaxIterations },
        }.Find(problem);
    }

    [Fact]
    public void Noise_is_left_to_a_method_made_for_it()
    {
        var random = new Random(1);
        var problem = Problem(x => (x - 3) * (x - 3) + 1 + 1e-3 * random.NextDouble(), 0, 10, 8);
        var result = new MinimumSearch().Find(problem);
        Assert.Equal("Bobyqa", result.Method);
        Assert.StartsWith("Values of the loss scatter", result.Message, StringComparison.Ordinal);
        Near.Absolute(3, result.X[0], 0.1);
    }

    [Fact]
    public void A_search_begins_again_where_a_level_start_hides_the_minimum()
    {
        var result = Find(Problem(x => -double.Exp(-double.Pow((x - 300) / 5, 2)), 0, 1000, 900));
        Assert.True(result.IsConverged, result.Message);
        Near.Absolute(300, result.X[0], 1e-4);
    }
}
