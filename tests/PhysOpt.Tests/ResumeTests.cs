using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

/// <summary>A run that is resumed is the run that never stopped.</summary>
public class ResumeTests
{
    static readonly Dictionary<string, Runs.Run> Methods = new(Runs.Methods)
    {
        ["Nesterov"] = (p, o, t) => Optimizer.Run(p, new GradientDescent(0.0005, 0.5, nesterov: true), o, t),
        ["backtracking with momentum"] = (p, o, t) => Optimizer.Run(p, new GradientDescent(1, 0.9, backtracking: true), o, t),
        ["Lbfgs of memory 2"] = (p, o, t) => Optimizer.Run(p, new Lbfgs(2), o, t),
    };

    public static TheoryData<string, DerivativeSource> MethodsAndSources()
    {
        var rows = new TheoryData<string, DerivativeSource>();
        foreach (var method in Methods.Keys)
        {
            rows.Add(method, DerivativeSource.Auto);
            rows.Add(method, DerivativeSource.FiniteDifference);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(MethodsAndSources))]
    public void Every_split_gives_the_records_of_the_whole_run_bit_for_bit(string method, DerivativeSource source)
    {
        var compared = 0;
        foreach (var problem in (OptimizationProblem[])[Runs.ThreeSpaces, Runs.Rosenbrock,
            Runs.Rosenbrock.WithBounds(new(-2, -2), new(0.5, 2))])
        {
            var whole = Methods[method](problem, Runs.Exactly(20, source)).ToList();
            foreach (var split in (int[])[0, 1, 8, 19])
            {
                if (split >= whole[^1].Iteration) continue;
                var first = Methods[method](problem, Runs.Exactly(split, source)).Last();
                var second = Methods[method](problem, Runs.Exactly(20 - split, source) with { ResumeFrom = first }).ToList();
                Assert.Equal(whole.Skip(split).Select(Shown), second.Select(Shown));
                if (source == DerivativeSource.Auto) Assert.Equal(whole.Skip(split).Select(Counts), second.Select(Counts));
                compared++;
            }
        }

        Assert.True(compared >= 6, $"{compared} splits lay within the runs");
    }

    [Theory]
    [MemberData(nameof(MethodsAndSources))]
    public void A_run_can_be_forked_from_any_record_any_number_of_times(string method, DerivativeSource source)
    {
        var whole = Methods[method](Runs.ThreeSpaces, Runs.Exactly(12, source)).ToList();
        foreach (var record in whole.Take(whole.Count - 2))
        {
            for (var time = 0; time < 2; time++)
            {
                var fork = Methods[method](Runs.ThreeSpaces, Runs.Exactly(2, source) with { ResumeFrom = record }).ToList();
                Assert.Equal(whole.Skip(record.Iteration).Take(3).Select(Shown), fork.Select(Shown));
            }
        }
    }

    public static TheoryData<string> Names() => [.. Methods.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_resumed_near_its_end_ends_by_itself_where_and_as_the_whole_run_does(string method)
    {
        foreach (var problem in (OptimizationProblem[])[Runs.ThreeSpaces, Runs.Rosenbrock,
            Runs.Rosenbrock.WithBounds(new(-2, -2), new(0.5, 2))])
        {
            var options = new OptimizationOptions { MaxIterations = 3000 };
            var whole = Methods[method](problem, options).ToList();
            var end = whole.Count(record => record.Status == TerminationReason.Running) - 1;
            foreach (var split in (int[])[end / 2, end - 8, end - 2, end - 1])
            {
                if (split < 1 || whole[^1].Status == TerminationReason.IterationLimit) continue;
                var last = Methods[method](problem, options with { ResumeFrom = whole[split] }).Last();
                Assert.Equal((whole[^1].Iteration, whole[^1].Status, whole[^1].X), (last.Iteration, last.Status, last.X));
            }
        }
    }

    [Fact]
    public void What_crawls_ends_where_the_whole_run_does()
    {
        // with second derivatives that are far too large near the minimum
        var problem = Runs.Objective(DelegateMap.Scalar(
            x => x.Dot(x), x => 2 * x, x => x.Norm > 0.1 ? Matrix.Diagonal(4, 4) : Matrix.Diagonal(1e9, 1e9)), 3, 5);
        var options = new OptimizationOptions { MaxIterations = 3000 };
        var whole = Optimizer.Run(problem, new TrustRegionNewton(), options).ToList();
        Assert.Equal((TerminationReason.StepCollapsed, 256), (whole[^1].Status, whole[^1].Iteration));
        foreach (var split in (int[])[1, 127, 129, 200, 255])
        {
            var last = Optimizer.Run(problem, new TrustRegionNewton(), options with { ResumeFrom = whole[split] }).Last();
            Assert.Equal((256, TerminationReason.StepCollapsed, whole[^1].X), (last.Iteration, last.Status, last.X));
            // and what is resumed of that
            var middle = Optimizer.Run(problem, new TrustRegionNewton(), options with { ResumeFrom = whole[split] }).First();
            Assert.Equal(256, Optimizer.Run(problem, new TrustRegionNewton(), options with { ResumeFrom = middle }).Last().Iteration);
        }
    }

    [Fact]
    public void What_goes_on_counts_on_and_its_limits_are_its_own()
    {
        var first = Optimizer.Run(Runs.ThreeSpaces, new Adam(0.1), Runs.Exactly(3)).Last();
        var second = Optimizer.Run(Runs.ThreeSpaces, new Adam(0.1), Runs.Exactly(2) with { ResumeFrom = first, Run = 7 }).ToList();
        Assert.Equal([3, 4, 5], second.Select(record => record.Iteration));
        Assert.Equal([4, 5, 6], second.Select(record => record.Evaluations));
        Assert.Equal([TerminationReason.Running, TerminationReason.Running, TerminationReason.IterationLimit],
            second.Select(record => record.Status));
        Assert.All(second, record =>
            Assert.True(record.Run == 7 && record.Elapsed >= first.Elapsed && ReferenceEquals(record.Problem, first.Problem)));
        var limited = Optimizer.Run(Runs.ThreeSpaces, new Adam(0.1), Runs.Exactly(9) with { ResumeFrom = first, MaxEvaluations = 2 })
            .Last();
        Assert.Equal((TerminationReason.EvaluationLimit, 5, 6L), (limited.Status, limited.Iteration, limited.Evaluations));
        var summary = Analysis.Trajectory.Summarise(second);
        Assert.Equal((2, 2L), (summary.Iterations, summary.Evaluations));
    }

    [Theory]
    [InlineData("Newton", 0)]
    [InlineData("Lbfgs", 0)]
    [InlineData("Adam", 0)]
    [InlineData("InverseSimulator", 0)]
    public void Another_method_starts_at_the_record_and_what_is_known_there_is_not_evaluated(string method, int known)
    {
        var record = Methods["GradientDescent"](Runs.Rosenbrock, Runs.Exactly(4)).Last();
        var watch = new Watch();
        var watched = watch.Physics(Runs.Rosenbrock);
        var before = Methods["GradientDescent"](watched, Runs.Exactly(4)).Last();
        var evaluated = watch.Points.Count;
        var run = Methods[method](watched, Runs.Exactly(1) with { ResumeFrom = before }).ToList();
        Assert.Equal((0, known, record.X, record.Loss), (run[0].Iteration, run[0].Evaluations, run[0].X, run[0].Loss));
        Assert.Equal(before.X, run[0].Problem!.InitialGuess);
        Assert.Null(run[0].Step);
        Assert.DoesNotContain(before.X, watch.Points.Skip(evaluated));
        var fresh = Methods[method](Runs.Rosenbrock.StartingAt(record.X), Runs.Exactly(1)).ToList();
        Assert.Equal(fresh.Select(Shown), run.Select(Shown));
    }

    [Fact]
    public void A_method_that_needs_no_gradient_leaves_it_to_the_next_one_which_pays_for_it()
    {
        var before = Methods["InverseSimulator"](Runs.ThreeSpaces, Runs.Exactly(2)).Last();
        var start = Methods["GradientDescent"](Runs.ThreeSpaces, Runs.Exactly(0) with { ResumeFrom = before }).Single();
        Assert.Equal((0L, 1L), (start.Evaluations, start.GradientEvaluations));
    }

    [Fact]
    public void Another_learning_rate_keeps_the_state_and_other_parameters_do_not()
    {
        var record = Optimizer.Run(Runs.ThreeSpaces, new Adam(0.3), Runs.Exactly(5)).Last();
        Assert.Equal([5, 6], Iterations(new Adam(0.1)));
        Assert.Equal([0, 1], Iterations(new Adam(0.3, beta2: 0.99)));

        IEnumerable<int> Iterations(Adam adam) =>
            Optimizer.Run(Runs.ThreeSpaces, adam, Runs.Exactly(1) with { ResumeFrom = record }).Select(next => next.Iteration);
    }

    [Fact]
    public void A_record_made_by_hand_begins_anew_at_its_x()
    {
        var real = Optimizer.Run(Runs.ThreeSpaces, new Adam(0.3), Runs.Exactly(5)).Last();
        IterationRecord[] made =
        [
            new() { Method = "Adam", Iteration = 5, X = real.X, Loss = -1, Gradient = new(0, 0), Problem = real.Problem },
            real with { X = new(1, 2), Loss = -1 },
        ];
        foreach (var record in made)
        {
            var start = Optimizer.Run(Runs.ThreeSpaces, new Adam(0.3), Runs.Exactly(1) with { ResumeFrom = record }).First();
            Assert.Equal((0, 1L, record.X), (start.Iteration, start.Evaluations, start.X));
            Assert.Equal(record.X[0] * record.X[0] + double.Pow(record.X[1], 4), start.Loss, 1e-12);
        }
    }

    [Fact]
    public void Another_problem_or_other_derivatives_begin_anew()
    {
        var record = Optimizer.Run(Runs.ThreeSpaces, new Adam(0.3), Runs.Exactly(5)).Last();
        Assert.Equal(0, Optimizer.Run(Runs.Rosenbrock, new Adam(0.3), Runs.Exactly(0) with { ResumeFrom = record }).Single().Iteration);
        var differenced = Optimizer.Run(Runs.ThreeSpaces, new Adam(0.3),
            Runs.Exactly(0, DerivativeSource.FiniteDifference) with { ResumeFrom = record }).Single();
        Assert.Equal((0, 4L), (differenced.Iteration, differenced.Evaluations)); // the value is known, its differences are not
        Assert.Throws<ProblemException>(() =>
            Optimizer.Run(Runs.Objective(DelegateMap.Scalar(x => x[0], _ => new(1.0)), 1), new Adam(0.3), new() { ResumeFrom = record })
                .First());
    }

    [Fact]
    public void A_start_that_is_not_finite_is_evaluated_again()
    {
        var problem = Runs.Objective(DelegateMap.Scalar(_ => double.NaN, x => x), 1);
        var record = Optimizer.Run(problem, new Adam(0.3)).Single();
        var again = Optimizer.Run(problem, new Adam(0.3), new() { ResumeFrom = record }).Single();
        Assert.Equal((TerminationReason.NonFinite, 1L), (again.Status, again.Evaluations));
    }

    [Fact]
    public void What_travels_is_no_part_of_what_a_record_says()
    {
        var real = Optimizer.Run(Runs.ThreeSpaces, new Adam(0.3), Runs.Exactly(1)).Last();
        var bare = real with { Continuation = default };
        Assert.Equal(real, bare);
        Assert.Equal(real.GetHashCode(), bare.GetHashCode());
    }

    [Fact]
    public void A_record_costs_no_copy_of_a_vector()
    {
        const int n = 100_000;
        var problem = Runs.Objective(DelegateMap.Scalar(x => x.Dot(x), x => x), [.. Enumerable.Range(1, n).Select(i => (double)i)]);
        var method = new Adam(0.1);
        var objective = (IDifferentiable)Objectives.Create(problem, new(), new EvaluationBudget(), CancellationToken.None);
        var state = method.Initialize(objective, problem.InitialGuess);
        var alone = Allocated(() => _ = (state = method.Step(objective, state).State!).At.Gradient);
        using var run = Optimizer.Run(problem, method, Runs.Exactly(40)).GetEnumerator();
        var inTheLoop = Allocated(() => run.MoveNext());
        Assert.Equal(n, run.Current.X.Count);
        Assert.InRange((inTheLoop - alone) / (8.0 * n), 0.9, 1.1); // the step that the record shows

        static double Allocated(Action iteration)
        {
            for (var k = 0; k < 10; k++) iteration();
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var k = 0; k < 10; k++) iteration();
            return (GC.GetAllocatedBytesForCurrentThread() - before) / 10.0;
        }
    }

    static (Vector, double, Vector?, Vector?, int) Shown(IterationRecord record) =>
        (record.X, record.Loss, record.Step, record.Gradient, record.Iteration);

    static (long, long) Counts(IterationRecord record) => (record.Evaluations, record.GradientEvaluations);
}
