using CsCheck;
using PhysOpt.Analysis;
using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>The learning rates of a comparison that nobody gave: by the Cauchy step, or by a search.</summary>
public class LearningRateTests
{
    static readonly string[] WithUnit = ["GradientDescent", "Adam", "AdaGrad", "RmsProp", "HalfInverseGradient"];

    public static TheoryData<string> NamesWithUnit() => [.. WithUnit];

    static ComparedRun Run(string method, double? rate = null) => new(MethodRegistry.Require(method), rate);

    static LearningRateChoice Choice(OptimizationProblem problem, int iterations = 20) => new(problem, _ => Runs.Exactly(iterations));

    /// <summary>|c (A x / s - b)|^2 with the curvatures of A, whose x is in units of s and whose L is in units of c^2.</summary>
    static OptimizationProblem Bowl(double s = 1, double c = 1)
    {
        double[] weight = [1, 2, 3];
        return new(
            "Bowl",
            DelegateMap.Create(x => new Vector(x.Select((value, i) => c * weight[i] * (value / s - 3))), _ =>
                Matrix.Diagonal([.. weight.Select(w => c * w / s)])),
            new SquaredDistance(), new Vector(10 * s, 11 * s, 12 * s), solution: new Vector(3 * s, 3 * s, 3 * s));
    }

    [Fact]
    public void The_Cauchy_step_of_a_quadratic_is_the_one_in_closed_form()
    {
        // L = sum w^2 (x - 3)^2, so that g = 2 w^2 (7, 8, 9) and H = 2 w^2
        double[] square = [1, 4, 9], g = [14, 64, 162];
        var (gg, ghg) = (g.Sum(each => each * each), g.Zip(square, (each, w) => each * each * 2 * w).Sum());
        var run = Choice(Bowl()).Suited(Run("GradientDescent"));
        Near.Relative(gg / ghg, run.LearningRate!.Value, 1e-9);
        Assert.Equal(LearningRateSource.EqualFirstStep, run.RateFrom);
    }

    [Fact]
    public void The_chapters_problem_gets_the_length_of_the_chapter()
    {
        // g = (6, 108), H = diag(2, 108): the chapter's rates of 0.01, 1/3 and 0.3 make first steps of 1.08, 1.05 and 1.03
        var gg = 36.0 + 108 * 108;
        var ghg = 36.0 * 2 + 108.0 * 108 * 108;
        Near.Relative(gg / ghg, Choice(Runs.ThreeSpaces).Suited(Run("GradientDescent")).LearningRate!.Value, 1e-9);
        Near.Relative(double.Pow(gg, 1.5) / ghg, Choice(Runs.ThreeSpaces).Suited(Run("Adam")).Measure(Runs.ThreeSpaces, Runs.Exactly(1))
            .FirstStepNorm!.Value, 2e-9);
    }

    [Theory]
    [MemberData(nameof(NamesWithUnit))]
    public void First_steps_are_of_one_length_whatever_the_problem(string method)
    {
        foreach (var problem in new[] { Bowl(), Runs.ThreeSpaces, Runs.Rosenbrock })
        {
            var length = Step("GradientDescent", problem);
            Near.Relative(length, Step(method, problem), 2e-9);
        }

        static double Step(string method, OptimizationProblem problem) =>
            Choice(problem).Suited(Run(method)).Measure(problem, Runs.Exactly(1)).FirstStepNorm!.Value;
    }

    [Theory]
    [MemberData(nameof(NamesWithUnit))]
    public void Units_of_x_and_L_change_nothing_but_units(string method)
    {
        const int iterations = 5;
        var expected = Choice(Bowl(), iterations).Suited(Run(method)).Measure(Bowl(), Runs.Exactly(iterations));
        Gen.Select(Gen.Int[-4, 4], Gen.Int[-3, 3]).Sample(
            (x, l) =>
            {
                var (s, c) = (double.Pow(10, x), double.Pow(10, l));
                var scaled = Bowl(s, c);
                var actual = Choice(scaled, iterations).Suited(Run(method)).Measure(scaled, Runs.Exactly(iterations));
                // the steps of Adam and its kin are gradients over |g| + 1e-8, the smallest g at the start being 14 c^2 / s > 1.4e-9
                var isSmall = method is "Adam" or "AdaGrad" or "RmsProp" && c * c / s < 1;
                if (isSmall) return;
                Near.Relative(expected.FirstStepNorm!.Value, actual.FirstStepNorm!.Value / s, 1e-8);
                Near.Relative(expected.FinalLoss, actual.FinalLoss / (c * c), 1e-6);
            },
            iter: 60);
    }

    [Theory]
    [MemberData(nameof(NamesWithUnit))]
    public void No_method_of_a_comparison_stays_where_it_was_or_explodes(string method)
    {
        foreach (var problem in new[] { Bowl(), Bowl(1e4, 1e3), Bowl(1e-4, 1e2), Runs.ThreeSpaces, Runs.Rosenbrock })
        {
            var outcome = Choice(problem).Suited(Run(method)).Measure(problem, Runs.Exactly(100));
            var start = MethodRegistry.Require(method).Run(problem).First().Loss;
            Assert.InRange(outcome.FinalLoss, 0, 0.3 * start);
        }
    }

    [Theory]
    [MemberData(nameof(MethodRegistryTests.NamesWithRate), MemberType = typeof(MethodRegistryTests))]
    public void A_rate_that_is_given_or_has_no_unit_stays(string method)
    {
        Assert.Equal(Run(method, 0.123), Choice(Runs.Rosenbrock).Suited(Run(method, 0.123)));
        Assert.Equal(Run(method, 0.123), Choice(Runs.Rosenbrock).Tuned(Run(method, 0.123), 1000));
        Assert.Equal(LearningRateSource.Given, Run(method, 0.123).RateFrom);
        var suited = Choice(Runs.Rosenbrock).Suited(Run(method));
        Assert.Equal(WithUnit.Contains(method) ? LearningRateSource.EqualFirstStep : LearningRateSource.Default, suited.RateFrom);
        if (!WithUnit.Contains(method)) Assert.Equal(Run(method), suited);
    }

    [Theory]
    [MemberData(nameof(MethodRegistryTests.NamesWithRate), MemberType = typeof(MethodRegistryTests))]
    public void Only_a_rate_without_unit_makes_the_same_first_step_in_every_unit_of_x(string method)
    {
        // beyond sizes of x that are ordinary, where the first trial of a search and the first radius are 1
        var (small, large) = (Bowl(1e4), Bowl(1e8));
        var ratio = Run(method).Measure(large, Runs.Exactly(1)).FirstStepNorm / Run(method).Measure(small, Runs.Exactly(1)).FirstStepNorm;
        Assert.Equal(WithUnit.Contains(method), double.Abs(ratio!.Value / 1e4 - 1) > 1e-6);
    }

    [Fact]
    public void Where_nothing_moves_the_rate_is_the_methods_own()
    {
        foreach (var problem in new[] { Bowl().StartingAt(new(3, 3, 3)), Runs.Objective(DelegateMap.Scalar(_ => double.NaN, x => x), 1) })
            Assert.Equal(Run("Adam"), Choice(problem).Suited(Run("Adam")));
        Assert.Null(Choice(Bowl().StartingAt(new(3, 3, 3))).CommonLength([(Run("Adam"), null)]));
    }

    [Fact]
    public void Where_the_model_has_no_minimum_the_step_goes_down_all_the_same()
    {
        // at a maximum of the curvature's sign, and on a straight line, where nothing but x has a size
        foreach (var (loss, slope) in new (Func<double, double>, Func<double, double>)[]
        {
            (x => double.Cos(x), x => -double.Sin(x)),
            (x => double.Abs(x), x => double.Sign(x)),
        })
        {
            var problem = Runs.Objective(DelegateMap.Scalar(x => loss(x[0]), x => new Vector(slope(x[0]))), 0.4);
            var outcome = Choice(problem).Suited(Run("Adam")).Measure(problem, Runs.Exactly(1));
            Assert.True(outcome.FinalLoss < loss(0.4), $"{outcome.FinalLoss}");
        }
    }

    [Fact]
    public void Bounds_shorten_the_step_to_what_they_leave()
    {
        var problem = Bowl().WithBounds(new(9, 10, 11.5), new(20, 20, 20));
        var free = Choice(problem).Suited(Run("GradientDescent"));
        var outcome = free.Measure(problem, Runs.Exactly(1));
        Assert.InRange(outcome.FirstStepNorm!.Value, 0.5, double.Sqrt(1 + 1 + 0.25));
        var adam = Choice(problem).Suited(Run("Adam")).Measure(problem, Runs.Exactly(1));
        Near.Relative(outcome.FirstStepNorm.Value, adam.FirstStepNorm!.Value, 2e-9);
    }

    [Theory]
    [InlineData("GradientDescent")]
    [InlineData("Adam")]
    public void Where_a_bound_holds_most_of_the_step_the_rate_is_found_all_the_same(string method)
    {
        // x1 runs into its bound at once, and the way to the common length is left to x0, which hardly moves
        var bowl = DelegateMap.Create(x => new Vector(x[0] - 5, 10 * (x[1] + 2)), _ => Matrix.Diagonal(1, 10));
        var problem = new OptimizationProblem("Edge", bowl, new SquaredDistance(), new Vector(1, 1), lowerBound: new(0, 0.5),
            upperBound: new(2, 4));
        Assert.Equal(LearningRateSource.EqualFirstStep, Choice(problem).Suited(Run(method)).RateFrom);
    }

    [Theory]
    [MemberData(nameof(MethodRegistryTests.NamesWithRate), MemberType = typeof(MethodRegistryTests))]
    public void A_tuned_run_is_never_worse_and_never_costs_more_than_allowed(string method) => Gen.Int[1, 2000].Sample(
        evaluations =>
        {
            foreach (var problem in new[] { Runs.Rosenbrock, Runs.ThreeSpaces })
            {
                var spent = 0L;
                var counted = Counted(problem, () => spent++);
                var tuned = Choice(counted).Tuned(Run(method), evaluations);
                Assert.InRange(tuned.TuningEvaluations!.Value, 0, evaluations);
                var (outcome, suited) = (tuned.Measure(problem, Runs.Exactly(20)), Choice(problem).Suited(Run(method)));
                if (tuned.RateFrom != LearningRateSource.Tuned)
                {
                    Assert.Equal(suited, tuned with { TuningEvaluations = null });
                    continue;
                }

                Assert.InRange(spent, 0, evaluations); // the calls of the physics, counted there
                var before = suited.Measure(problem, Runs.Exactly(20));
                Assert.True(before.Status == TerminationReason.NonFinite || outcome.FinalLoss <= before.FinalLoss);
            }
        },
        iter: 15);

    /// <summary>The same problem, whose physics counts its calls.</summary>
    static OptimizationProblem Counted(OptimizationProblem problem, Action count)
    {
        var physics = (ITwiceDifferentiableMap)problem.Physics!;
        var counted = DelegateMap.Create(
            x =>
            {
                count();
                return physics.Evaluate(x);
            },
            x => physics.Jacobian(x, physics.Evaluate(x)), (x, w) => physics.WeightedHessian(x, physics.Evaluate(x), w));
        return new(problem.Name, counted, problem.Loss, problem.InitialGuess, problem.Inverse, solution: problem.Solution);
    }

    [Fact]
    public void More_evaluations_find_what_decades_alone_do_not()
    {
        var (few, many) = (Choice(Runs.Rosenbrock, 100).Tuned(Run("Adam"), 420), Choice(Runs.Rosenbrock, 100).Tuned(Run("Adam"), 3000));
        var decades = double.Log10(few.LearningRate!.Value / Choice(Runs.Rosenbrock).Suited(Run("Adam")).LearningRate!.Value);
        Near.Relative(double.Round(decades), decades, 1e-12);
        Assert.True(many.Measure(Runs.Rosenbrock, Runs.Exactly(100)).FinalLoss
            < few.Measure(Runs.Rosenbrock, Runs.Exactly(100)).FinalLoss);
    }

    [Fact]
    public void Too_few_evaluations_for_one_run_leave_the_rate_as_it_was()
    {
        var tuned = Choice(Runs.Rosenbrock).Tuned(Run("Adam"), 15); // a run takes 21
        var suited = Choice(Runs.Rosenbrock).Suited(Run("Adam"));
        Assert.Equal(suited with { TuningEvaluations = 15 }, tuned);
        Assert.Equal(suited with { TuningEvaluations = 1 }, Choice(Runs.Rosenbrock).Tuned(Run("Adam"), 1)); // not even for its first step
        Assert.Equal(Run("Newton") with { TuningEvaluations = 1 }, Choice(Runs.Rosenbrock).Tuned(Run("Newton"), 1));
    }

    [Fact]
    public void A_rate_that_leads_into_nowhere_is_the_worst()
    {
        var (far, options) = (Run("GradientDescent", 1e9), Runs.Exactly(20));
        Assert.Equal(TerminationReason.NonFinite, far.Measure(Runs.Rosenbrock, options).Status);
        var best = new LearningRateSearch(far, Runs.Rosenbrock, options, null, 5000, default).Best();
        var outcome = Run("GradientDescent", best).Measure(Runs.Rosenbrock, options);
        Assert.Equal(TerminationReason.IterationLimit, outcome.Status);
        Assert.InRange(outcome.FinalLoss, 0, 4.2); // as low as anything gets in 20 steps without a way along the valley
    }

    [Fact]
    public void With_a_target_the_best_rate_is_the_one_that_is_there_first()
    {
        var options = new OptimizationOptions { MaxIterations = 200, LossTarget = 0.1 };
        var choice = new LearningRateChoice(Runs.Rosenbrock, _ => options);
        var (tuned, suited) = (choice.Tuned(Run("AdaGrad"), 20_000).Measure(Runs.Rosenbrock, options),
            choice.Suited(Run("AdaGrad")).Measure(Runs.Rosenbrock, options));
        Assert.True(tuned.TargetReached);
        Assert.True(suited.TargetReached == false || tuned.EvaluationsToTarget <= suited.EvaluationsToTarget);
    }

    [Fact]
    public void The_common_length_is_that_of_the_shortest_step_with_a_given_rate()
    {
        Assert.Equal(2, Choice(Runs.Rosenbrock).CommonLength([(Run("Adam", 1), 3), (Run("Adam", 0.5), 2), (Run("Newton"), 1)]));
        Near.Relative(
            Choice(Runs.Rosenbrock).Suited(Run("Adam")).Measure(Runs.Rosenbrock, Runs.Exactly(1)).FirstStepNorm!.Value,
            Choice(Runs.Rosenbrock).CommonLength([(Run("Adam"), 3), (Run("Newton"), 1)])!.Value, 2e-9);
        Assert.Null(Choice(Runs.Rosenbrock).CommonLength([(Run("GaussNewton"), 1)]));
    }

    [Fact]
    public void Records_of_a_compared_run_are_those_of_its_summary_and_end_at_the_target()
    {
        var options = new OptimizationOptions { LossTarget = 1 };
        var records = Run("Newton", 0.5).Records(Runs.ThreeSpaces, options).ToList();
        var summary = Run("Newton", 0.5).Measure(Runs.ThreeSpaces, options);
        Assert.Equal((summary.Iterations, summary.FinalLoss, summary.Evaluations, TerminationReason.LossTarget),
            (records[^1].Iteration, records[^1].Loss, records[^1].Evaluations, records[^1].Status));
        Assert.All(records.SkipLast(1), record => Assert.True(record is { Status: TerminationReason.Running, Loss: > 1 }));
    }
}
