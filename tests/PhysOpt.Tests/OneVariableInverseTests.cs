using PhysOpt.Functions;
using PhysOpt.Inversion;
using PhysOpt.Optimization;

namespace PhysOpt.Tests;

/// <summary>The inverse of one variable between two bounds, where a change of sign shows a root.</summary>
public class OneVariableInverseTests
{
    static NumericInverseResult Find(
        Func<double, double> y, double target, double lower, double upper, double start, OptimizationOptions? limits = null,
        Action<double>? asked = null, CancellationToken token = default)
    {
        var physics = DelegateMap.Create(x =>
        {
            asked?.Invoke(x[0]);
            return new Vector(y(x[0]));
        });
        return new NumericInverse(InverseMethod.Lbfgs).Find(physics, new(target), new(start), limits, new(lower), new(upper),
            token: token);
    }

    static readonly Dictionary<string, (Func<double, double> Y, double Target, double Lower, double Upper, double Start)> problems = new()
    {
        ["square"] = (x => x * x, 2, 0, 10, 1),
        ["cube"] = (x => x * x * x, 2, 0, 10, 1),
        ["exp"] = (double.Exp, 5, -5, 5, -2),
        ["cos x - x"] = (x => double.Cos(x) - x, 0, 0, 2, 1),
        ["atan"] = (double.Atan, 1, -20, 20, 10),
        ["tanh from where it is level"] = (double.Tanh, 0.5, -50, 50, 30),
        ["level at both ends"] = (x => x < 2 ? -1 : x > 4 ? 1 : x - 3, 0, 0, 10, 8),
        ["level at one end"] = (x => double.Max(x, 1), 3, -5, 8, -2),
        ["infinite slope"] = (x => double.Cbrt(x - 0.3), 0, -3, 5, 2),
        ["infinite slope at 0"] = (double.Cbrt, 0, -3, 5, 2),
        ["x^19"] = (x => double.Pow(x - 0.3, 19), 0, -1, 2, 1.5),
        ["exp(-1/x^2)"] = (x => x == 0 ? 0 : double.Sign(x) * double.Exp(-1 / (x * x)), 0, -2, 3, 2),
        ["touches"] = (x => (x - 2) * (x - 2), 0, 0, 10, 7),
        ["root beside a pole"] = (x => 1 / (x - 3) + 0.2, 0, -10, 10, 1),
        ["kink"] = (x => x < 1 ? x : 1 + 10 * (x - 1), 6, -5, 5, 0),
        ["no value below"] = (x => double.Sqrt(x - 2), 1, 0, 10, 5),
        ["no value above"] = (x => x > 5 ? double.NaN : x * x, 4, 0, 10, 4.5),
        ["at the lower bound"] = (x => x - 2, 0, 2, 10, 5),
        ["at the upper bound"] = (x => x * x - 100, 0, 2, 10, 5),
        ["from a bound"] = (x => x * x * x - 2, 0, 0, 10, 0),
        ["from the root"] = (x => x - 3, 0, 0, 10, 3),
        ["tiny x"] = (x => double.Exp(x / 1e-200) - 3, 0, 0, 1e-199, 1e-200),
        ["huge x"] = (x => x * x / 1e300 - 3, 0, 0, 1e200, 1e150),
        ["tiny y"] = (x => 1e-200 * (x * x - 2), 0, 0, 10, 1),
        ["huge y"] = (x => 1e200 * (x * x), 2e200, 0, 10, 1),
        ["Kepler"] = (x => x - 0.9 * double.Sin(x), 0.1, 0, double.Pi, 1),
        ["dose"] = (x => 1 / (1 + double.Exp(-5 * (x - 4))), 0.9, 0, 10, 1),
    };

    public static TheoryData<string> Names() => [.. problems.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_root_is_found_between_the_bounds_within_Brents_bound_of_evaluations(string name)
    {
        var (y, target, lower, upper, start) = problems[name];
        List<double> asked = [];
        var result = Find(y, target, lower, upper, start, asked: asked.Add);
        Assert.True(result.IsFound, result.Message);
        Assert.All(asked, x => Assert.InRange(x, lower, upper));
        Assert.Equal(asked.Count, result.Evaluations);
        Assert.Equal((y(result.X[0]), double.Abs(result.Y[0] - target)), (result.Y[0], result.Residual));
        var k = double.Log2((upper - lower) / double.Max(2 * double.BitIncrement(result.X[0]) - 2 * result.X[0], 1e-307));
        Assert.InRange(result.Evaluations, 1, (k + 1) * (k + 1) - 2);
        Assert.True(result.Evaluations < 200, result.Message); // what was measured, and some more
    }

    [Theory]
    [InlineData("square", 1.4142135623730951)]
    [InlineData("cube", 1.2599210498948732)]
    [InlineData("exp", 1.6094379124341003)]
    [InlineData("cos x - x", 0.7390851332151607)]
    [InlineData("atan", 1.5574077246549023)]
    [InlineData("tanh from where it is level", 0.5493061443340548)]
    [InlineData("infinite slope", 0.3)]
    [InlineData("x^19", 0.3)]
    [InlineData("root beside a pole", -2)]
    [InlineData("kink", 1.5)]
    [InlineData("no value below", 3)]
    [InlineData("no value above", 2)]
    [InlineData("at the lower bound", 2)]
    [InlineData("at the upper bound", 10)]
    [InlineData("from a bound", 1.2599210498948732)]
    [InlineData("tiny x", 1.0986122886681098e-200)]
    [InlineData("huge x", 1.7320508075688772e150)]
    [InlineData("tiny y", 1.4142135623730951)]
    [InlineData("huge y", 1.4142135623730951)]
    [InlineData("dose", 4.439444915467244)]
    public void The_root_is_known_to_the_last_digits_that_y_has(string name, double root)
    {
        var (y, target, lower, upper, start) = problems[name];
        Near.Relative(root, Find(y, target, lower, upper, start).X[0], 2e-15, name);
    }

    [Theory]
    [InlineData(0.9, 1)]
    [InlineData(0.1, 0)]
    [InlineData(-0.9, -1)]
    public void Of_several_roots_it_is_that_which_the_way_from_the_start_leads_to(double start, double root) =>
        Near.Absolute(root, Find(x => x * x * x - x, 0, -2, 2, start).X[0], 1e-15);

    [Theory]
    [InlineData("a jump", 2.0)]
    [InlineData("a sloped jump", 2.001)]
    [InlineData("noise", 1e-3)]
    public void A_jump_past_the_target_is_no_root_and_is_named(string name, double residual)
    {
        var result = name switch
        {
            "a jump" => Find(x => x < 3 ? 1 : 5, 3, 0, 10, 1),
            "a sloped jump" => Find(x => x < 3 ? x : x + 5, 5, 0, 10, 1),
            _ => Find(x => x * x * x + 5e-4 * double.Sin(1e15 * x * x), 2, 0, 10, 1),
        };
        Assert.False(result.IsFound, result.Message);
        Assert.InRange(result.Residual, 0, residual);
        Assert.Contains(" on both sides of ", result.Message, StringComparison.Ordinal);
        Assert.Contains("it jumps there, or is noisy", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_creeps_up_to_a_jump_has_found_nothing()
    {
        var physics = DelegateMap.Create(x => new Vector(x[0] < 3 ? x[0] : x[0] + 5), _ => Matrix.Diagonal(1));
        var result = new NumericInverse(InverseMethod.Lbfgs).Find(physics, new(5), new(0), null, new(0), new(10));
        Assert.False(result.IsFound, result.Message);
    }

    [Fact]
    public void A_pole_and_a_bracket_without_a_root_are_no_roots()
    {
        Assert.False(Find(x => 1 / (x - 3), 0, 0, 10, 2.5).IsFound);
        var none = Find(x => x * x, -1, -5, 5, 3);
        Assert.False(none.IsFound);
        Near.Absolute(0, none.X[0], 1e-6);
        Assert.False(Find(x => x - 3, 0, 2, 2, 2).IsFound);
        Assert.True(Find(x => x - 2, 0, 2, 2, 2).IsFound);
        Assert.False(Find(x => x > 2 && x < 4 ? double.NaN : x - 3.1, 0, 0, 10, 8).IsFound);
    }

    [Fact]
    public void Several_outputs_and_open_bounds_are_searched_by_least_squares()
    {
        var physics = DelegateMap.Create(x => new Vector(x[0], x[0] * x[0]));
        var result = new NumericInverse(InverseMethod.Lbfgs).Find(physics, new(2, 4), new(3), null, new(0), new(10));
        Assert.True(result.IsFound, result.Message);
        Near.Relative(2, result.X[0], 1e-6);
        Assert.True(Find(x => x * x, 2, 0, double.PositiveInfinity, 1).IsFound);
    }

    [Fact]
    public void Limits_hold_and_what_was_reached_is_returned()
    {
        for (var most = 1; most < 15; most++)
        {
            var result = Find(x => x * x * x, 2, 0, 10, 1, new() { MaxEvaluations = most });
            Assert.InRange(result.Evaluations, 1, most + 1); // one more tells whether what was reached will do
            if (!result.IsFound) Assert.Equal(TerminationReason.EvaluationLimit, result.Status);
        }

        var few = Find(double.Tanh, 0.5, -50, 50, 30, new() { MaxIterations = 3 });
        Assert.False(few.IsFound);
        Assert.InRange(few.Iterations, 0, 3);
        Assert.Equal(TerminationReason.IterationLimit, few.Status);
    }

    [Fact]
    public void It_stops_when_it_is_told_to()
    {
        using var source = new CancellationTokenSource();
        var count = 0;
        var result = Find(x => double.Cbrt(x - 0.3), 0, -3, 5, 2, asked: _ =>
        {
            if (++count == 25) source.Cancel();
        }, token: source.Token);
        Assert.InRange(count, 25, 26); // one more tells whether what was reached will do
        Assert.Equal(TerminationReason.Stopped, result.Status);
    }

    [Fact]
    public void A_function_that_fails_has_no_value_there()
    {
        var result = Find(x => x > 5 ? throw new EvaluationException("PhysicsFailed", "It failed.", null) : x * x, 4, 0, 10, 4.5);
        Assert.True(result.IsFound, result.Message);
        Near.Relative(2, result.X[0], 2e-15);
    }

    [Fact]
    public void The_search_says_between_which_points_the_root_lies()
    {
        var listener = new Listener();
        _ = Find(x => x * x * x, 2, 0, 10, 1, new() { Observer = listener });
        Assert.Contains(listener.Explanations, text => text.StartsWith("y - target changes its sign between ", StringComparison.Ordinal));
    }
}
