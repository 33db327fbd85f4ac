namespace PhysOpt.Tests;

/// <summary>Limits, stopping and failing in the middle of whatever a method does: line searches, differences, numeric inverses.</summary>
public class LimitTests
{
    const int Last = 45;

    static List<IterationRecord> Unlimited(string method, DerivativeSource source) =>
        [.. Runs.Methods[method](Runs.Rosenbrock, Runs.Exactly(4, source))];

    /// <summary>The records are those of the run without limits as far as they go, and the last one repeats the last good point.</summary>
    static void IsThePrefixOf(List<IterationRecord> unlimited, List<IterationRecord> records, TerminationReason reason,
        double tolerance = 0)
    {
        foreach (var record in records) Near.Absolute(unlimited[record.Iteration].X, record.X, tolerance);
        // the cut would have come after the end
        if (records[^1].Status == TerminationReason.IterationLimit) Assert.Equal(unlimited.Count, records.Count);
        else Assert.Equal(reason, records[^1].Status);
        Assert.Equal(records.Select(record => record.Iteration).Distinct().Max(), records[^1].Iteration);
        Assert.All(records.SkipLast(1), record => Assert.Equal(TerminationReason.Running, record.Status));
    }

    /// <summary>What the start alone costs: where that is not affordable there is no complete record.</summary>
    static long CostOfTheStart(string method, DerivativeSource source) => Unlimited(method, source)[0].Evaluations;

    [Theory]
    [MemberData(nameof(Runs.MethodsAndSources), MemberType = typeof(Runs))]
    public void The_limit_of_evaluations_holds_anywhere(string method, DerivativeSource source)
    {
        var unlimited = Unlimited(method, source);
        var reached = 0;
        for (var limit = CostOfTheStart(method, source); limit <= Last; limit++)
        {
            var watch = new Watch();
            var records = Runs.Methods[method](watch.Physics(Runs.Rosenbrock), Runs.Exactly(4, source) with { MaxEvaluations = limit })
                .ToList();
            Assert.InRange(watch.Points.Count, 1, limit);
            IsThePrefixOf(unlimited, records, TerminationReason.EvaluationLimit);
            if (records[^1].Status != TerminationReason.EvaluationLimit) continue;
            reached++;
            Assert.Equal(limit, records[^1].Evaluations);
        }

        Assert.True(reached > 0);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_limit_too_small_for_the_first_gradient_is_a_status_too(long limit)
    {
        var last = Assert.Single(Runs.Methods["GradientDescent"](Runs.Rosenbrock,
            Runs.Exactly(4, DerivativeSource.FiniteDifference) with { MaxEvaluations = limit }));
        Assert.Equal((TerminationReason.EvaluationLimit, 0, Runs.Rosenbrock.InitialGuess), (last.Status, last.Iteration, last.X));
    }

    [Theory]
    [MemberData(nameof(Runs.MethodsAndSources), MemberType = typeof(Runs))]
    public void Stopping_takes_effect_before_the_next_evaluation_anywhere(string method, DerivativeSource source)
    {
        var unlimited = Unlimited(method, source);
        var reached = 0;
        for (var stopAt = (int)CostOfTheStart(method, source) + 1; stopAt <= Last; stopAt++)
        {
            using var stop = new CancellationTokenSource();
            var calls = 0;
            var watch = new Watch { Before = _ => { if (++calls == stopAt) stop.Cancel(); } };
            var records = Runs.Methods[method](watch.Physics(Runs.Rosenbrock), Runs.Exactly(4, source), stop.Token).ToList();
            Assert.InRange(watch.Points.Count, 1, stopAt);
            IsThePrefixOf(unlimited, records, TerminationReason.Stopped);
            if (records[^1].Status == TerminationReason.Stopped) reached++;
        }

        Assert.True(reached > 0);
    }

    [Fact]
    public void Stopping_in_the_differences_of_the_start_is_a_status_too()
    {
        using var stop = new CancellationTokenSource();
        var calls = 0;
        var watch = new Watch { Before = _ => { if (++calls == 2) stop.Cancel(); } };
        var last = Assert.Single(Runs.Methods["GradientDescent"](watch.Physics(Runs.Rosenbrock),
            Runs.Exactly(4, DerivativeSource.FiniteDifference), stop.Token));
        Assert.Equal((TerminationReason.Stopped, 0, Runs.Rosenbrock.InitialGuess), (last.Status, last.Iteration, last.X));
        Assert.Equal(2, watch.Points.Count);
    }

    [Fact]
    public void What_is_stopped_before_it_starts_evaluates_nothing()
    {
        var watch = new Watch();
        var run = Runs.Methods["Newton"](watch.Physics(Runs.Rosenbrock), token: new CancellationToken(canceled: true));
        Assert.ThrowsAny<OperationCanceledException>(run.ToList);
        Assert.Empty(watch.Points);
    }

    [Theory]
    [MemberData(nameof(Runs.MethodsAndSources), MemberType = typeof(Runs))]
    public void A_failing_function_leaves_the_records_so_far_and_then_throws(string method, DerivativeSource source)
    {
        var unlimited = Unlimited(method, source);
        var reached = 0;
        for (var failAt = (int)CostOfTheStart(method, source) + 1; failAt <= Last; failAt++)
        {
            var calls = 0;
            var watch = new Watch { Before = x => { if (++calls >= failAt) throw new EvaluationException("Broken", "It broke.", x); } };
            var records = new List<IterationRecord>();
            var run = Runs.Methods[method](watch.Physics(Runs.Rosenbrock), Runs.Exactly(4, source));
            var exception = Record.Exception(() => { foreach (var record in run) records.Add(record); });
            // a numeric inverse that is near enough when the function breaks is one that was found
            IsThePrefixOf(unlimited, records, TerminationReason.EvaluationError,
                method.Contains(" by ", StringComparison.Ordinal) ? 1e-6 : 0);
            if (exception is null)
            {
                Assert.Equal(TerminationReason.IterationLimit, records[^1].Status);
                continue;
            }

            reached++;
            Assert.Equal("Broken", Assert.IsType<EvaluationException>(exception).ErrorId);
            Assert.Equal(failAt, watch.Points.Count + 1); // nothing has a value from there on
        }

        Assert.True(reached > 0);
    }

    [Fact]
    public void A_function_that_fails_at_the_start_leaves_no_record()
    {
        var watch = new Watch { Before = x => throw new EvaluationException("Broken", "It broke.", x) };
        using var records = Runs.Methods["GradientDescent"](watch.Physics(Runs.Rosenbrock)).GetEnumerator();
        Assert.Equal(Runs.Rosenbrock.InitialGuess, Assert.Throws<EvaluationException>(() => records.MoveNext()).At);
    }
}
