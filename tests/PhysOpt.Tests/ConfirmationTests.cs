using System.Diagnostics;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>A run asks the function itself at its start, on its way and at its end; planted wrong traces show that it does.</summary>
public class ConfirmationTests
{
    static readonly Vector Home = new(-1, 4);
    static readonly string[] Minimisers = ["Newton", "Lbfgs", "TrustRegion", "GradientDescent"];

    public static TheoryData<string> Methods() => [.. Minimisers];

    /// <summary>|x - centre|^2 + 5.</summary>
    static double Bowl(Vector x, Vector centre) => (x - centre).Dot(x - centre) + 5;

    static Vector Slopes(Vector x, Vector centre) => 2 * (x - centre);

    static PlantedTrace Right() => new(x => Bowl(x, Home), x => Bowl(x, Home), x => Slopes(x, Home));

    static (List<IterationRecord> Records, Listener Said, ConfirmationLog Log) Run(
        PlantedTrace map, string method, OptimizationOptions? options = null)
    {
        var (said, log) = (new Listener(), new ConfirmationLog());
        options = (options ?? new() { MaxIterations = 60_000 }) with { Observer = said, Log = log };
        return (Runs.Methods[method](Runs.Objective(map, 7, 7), options).ToList(), said, log);
    }

    static void EndsAtHome(List<IterationRecord> records, Listener said)
    {
        Assert.True(records[^1].Status.IsConverged(), $"{records[^1].Status}");
        Near.Absolute(Home, records[^1].X, 1e-6);
        Near.Absolute(5, records[^1].Loss, 1e-11);
        Assert.Single(said.Warnings, warning => warning.Contains("contradicts Objective itself", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_right_trace_is_confirmed_in_value_and_slope(string method)
    {
        var map = Right();
        var (records, said, log) = Run(map, method);
        Assert.True(records[^1].Status.IsConverged());
        Assert.Equal(Confirmation.Slope, log.At(records[^1].X));
        Assert.Equal(map.Asked.Count, log.Calls);
        Assert.Equal(records[^1].X, map.SlopeAt);
        Assert.Null(map.Why);
        Assert.Empty(said.Warnings);
        Assert.Contains(said.Explanations, text => text.EndsWith("the value is confirmed by the function itself, at the start.",
            StringComparison.Ordinal));
        Assert.Contains(said.Explanations, text => text.EndsWith("value and slope are confirmed by the function itself, at the end.",
            StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Confirmations_are_no_evaluations(string method)
    {
        var plain = DelegateMap.Create(x => new(Bowl(x, Home)), x => new(1, 2, (_, j) => Slopes(x, Home)[j]));
        var traced = Run(Right(), method, Runs.Exactly(5)).Records;
        var reference = Runs.Methods[method](Runs.Objective(plain, 7, 7), Runs.Exactly(5)).ToList();
        if (method is not "Newton" and not "TrustRegion") // a map with first derivatives alone has its Hessian by differences
            Assert.Equal(reference.Select(record => record.Evaluations), traced.Select(record => record.Evaluations));
        Assert.Equal(reference.Count, traced.Count);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_value_that_is_wrong_at_the_start_is_caught_there(string method)
    {
        var map = new PlantedTrace(x => Bowl(x, Home), x => Bowl(x, new(2, 3)) + 1, x => Slopes(x, new(2, 3)));
        var (records, said, _) = Run(map, method);
        EndsAtHome(records, said);
        Assert.Equal(Bowl(new(7, 7), Home), records[0].Loss);
        Assert.Contains($"It gives {Bowl(new(7, 7), Home)}, but", said.Warnings[0], StringComparison.Ordinal);
        Assert.Single(map.Asked);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_value_that_is_wrong_from_somewhere_on_is_caught_and_the_run_continues_from_the_last_confirmed_point(string method)
    {
        // where the first component is below 3 the trace leads elsewhere, and is right no longer
        static Vector Centre(Vector x) => x[0] < 3 ? new(2, 3) : Home;
        var map = new PlantedTrace(x => Bowl(x, Home), x => Bowl(x, Centre(x)), x => Slopes(x, Centre(x)));
        var (records, said, _) = Run(map, method);
        EndsAtHome(records, said);
        var (last, before) = (map.Asked[^1], map.Asked[^2]);
        Assert.True(last[0] < 3 && before[0] >= 3);
        Assert.Contains(records, record => record.X.Equals(before) && record.Loss == Bowl(before, Home));
    }

    [Fact]
    public void A_long_run_of_dear_iterations_is_asked_at_powers_of_two()
    {
        // a gradient takes a hundred times what asking takes, by a clock that the function moves
        var now = TimeSpan.Zero;
        var map = new PlantedTrace(x => After(1, Bowl(x, Home)), x => Bowl(x, Home), x => After(100, Slopes(x, Home)));
        var (records, _, _) = Run(map, "GradientDescent", Runs.Exactly(20) with { Clock = () => now });
        int[] asked = [.. map.Asked.Take(map.Asked.Count - 3).Select(x => records.FindIndex(record => record.X.Equals(x)))];
        Assert.Equal([0, 1, 2, 4, 8, 16], asked);

        T After<T>(double milliseconds, T value)
        {
            now += TimeSpan.FromMilliseconds(milliseconds);
            return value;
        }
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_wrong_slope_is_caught_at_the_end(string method)
    {
        // the values are right everywhere, as where a loop searches for something, and the slopes are those of another bowl
        var map = new PlantedTrace(x => Bowl(x, Home), x => Bowl(x, Home), x => Slopes(x, new(7, 7)));
        var (records, said, log) = Run(map, method);
        EndsAtHome(records, said);
        Assert.Contains("when it is traced", said.Warnings[0], StringComparison.Ordinal);
        Assert.Equal(Confirmation.None, log.At(records[^1].X));
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_slope_that_is_wrong_in_a_variable_that_never_moved_is_caught(string method)
    {
        var map = new PlantedTrace(x => Bowl(x, Home), x => Bowl(x, Home), x => new(2 * (x[0] - Home[0]), 0));
        var (records, said, _) = Run(map, method);
        EndsAtHome(records, said);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void A_trace_that_adds_up_in_another_order_is_right(string method)
    {
        double[] parts = [.. Enumerable.Range(1, 300).Select(k => double.Sin(k))];
        double Forward(Vector x) => parts.Aggregate(0.0, (sum, part) => sum + (1 + part) * Bowl(x, Home));
        double Backward(Vector x) => parts.Reverse().Aggregate(0.0, (sum, part) => sum + (1 + part) * Bowl(x, Home));
        var total = parts.Sum(part => 1 + part);
        var map = new PlantedTrace(Forward, Backward, x => total * Slopes(x, Home));
        var (records, said, _) = Run(map, method, new()
        {
            MaxIterations = method == "GradientDescent" ? 3 : 300,
            GradientTolerance = method == "GradientDescent" ? null : 1e-5
        });
        Assert.NotEmpty(records);
        Assert.Null(map.Why);
        Assert.DoesNotContain(said.Warnings, warning => warning.Contains("contradicts", StringComparison.Ordinal));
    }

    [Fact]
    public void At_a_limit_the_last_record_is_the_last_confirmed_point()
    {
        var map = new PlantedTrace(x => Bowl(x, Home), x => Bowl(x, x[0] < 6.9 ? new(2, 3) : Home), x => Slopes(x, new(2, 3)));
        var last = Run(map, "GradientDescent", Runs.Exactly(30)).Records[^1];
        Assert.Equal(TerminationReason.IterationLimit, last.Status);
        Assert.Equal(30, last.Iteration);
        Assert.Equal(Bowl(last.X, Home), last.Loss);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(9)]
    public void Where_no_evaluation_is_left_the_last_record_is_of_the_function_itself_all_the_same(int evaluations)
    {
        var map = new PlantedTrace(x => Bowl(x, Home), x => Bowl(x, new(2, 3)), x => Slopes(x, new(2, 3)));
        var last = Run(map, "Lbfgs", new() { MaxEvaluations = evaluations }).Records[^1];
        Assert.Equal(TerminationReason.EvaluationLimit, last.Status);
        Assert.Equal(Bowl(last.X, Home), last.Loss);
        Assert.Equal(evaluations, last.Evaluations);
    }

    [Fact]
    public void A_trace_without_a_value_where_the_function_has_one_is_no_end()
    {
        var map = new PlantedTrace(x => Bowl(x, Home), x => x[0] < 3 ? double.NegativeInfinity : Bowl(x, Home), x => Slopes(x, Home));
        var (records, said, _) = Run(map, "GradientDescent");
        EndsAtHome(records, said);
    }

    [Fact]
    public void Where_exact_derivatives_were_asked_for_a_contradiction_is_an_error()
    {
        var map = new PlantedTrace(x => Bowl(x, Home), x => Bowl(x, Home), x => Slopes(x, new(2, 3)));
        var records = new List<IterationRecord>();
        var error = Assert.Throws<EvaluationException>(() => records.AddRange(
            Runs.Methods["Lbfgs"](Runs.Objective(map, 7, 7), new() { Derivative = DerivativeSource.Traced })
                .Select(record => record)));
        Assert.Equal("TraceContradicted", error.ErrorId);
    }

    [Fact]
    public void A_search_says_what_was_confirmed_and_does_not_ask_twice_for_the_same()
    {
        var map = Right();
        var result = new MinimumSearch().Find(Runs.Objective(map, 7, 7));
        Assert.Equal(Confirmation.Slope, result.Confirmation);
        Assert.Equal(map.Asked.Count, result.Confirmations);
        Assert.Equal(map.Asked.Count, map.Asked.Distinct().Count());

        var plain = new MinimumSearch().Find(Runs.Objective(DelegateMap.Create(x => new(Bowl(x, Home))), 7, 7));
        Assert.Equal((Confirmation.None, 0), (plain.Confirmation, plain.Confirmations));
    }

    [Fact]
    public void A_search_whose_time_is_over_confirms_what_it_has_and_one_that_is_stopped_does_not()
    {
        var limit = TimeSpan.FromMilliseconds(20);
        var (start, calls) = (Stopwatch.GetTimestamp(), 0);
        var map = new PlantedTrace(x => Bowl(x, Home), Slow, x => Slopes(x, Home));
        var search = new MinimumSearch
        {
            Method = MethodRegistry.Require("GradientDescent"),
            LearningRate = 1e-6,
            TimeLimit = limit,
            Options = options => options with { MaxIterations = int.MaxValue }, // the timer may be late
        };
        var result = search.Find(Runs.Objective(map, 7, 7));
        Assert.Equal(TerminationReason.TimeLimit, result.Status);
        Assert.NotEqual(Confirmation.None, result.Confirmation);
        Assert.Equal(result.X, map.Asked[0].Equals(result.X) ? result.X : map.Asked.Last(result.X.Equals));

        double Slow(Vector x)
        {
            if (++calls == 10) SpinWait.SpinUntil(() => Stopwatch.GetElapsedTime(start) > 2 * limit); // the tenth call takes all the time
            return Bowl(x, Home);
        }
    }

    [Theory]
    [InlineData(DerivativeSource.Auto, 501, true)]
    [InlineData(DerivativeSource.Auto, 500, false)]
    [InlineData(DerivativeSource.FiniteDifference, 501, false)]
    public void Differences_of_more_than_a_thousand_evaluations_are_a_warning_once(DerivativeSource source, int n, bool warns)
    {
        var said = new Listener();
        var plain = DelegateMap.Create(x => new(x.Dot(x)));
        new MinimumSearch { Options = options => options with { Observer = said, Derivative = source, MaxIterations = 3 } }
            .Find(Runs.Objective(plain, [.. Enumerable.Repeat(1.0, n)]));
        Assert.Equal(warns ? 1 : 0, said.Warnings.Count(warning =>
            warning.StartsWith("Each gradient costs 1,002 evaluations of Objective", StringComparison.Ordinal)));
    }
}
