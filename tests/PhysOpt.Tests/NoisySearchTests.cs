using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Solving;

namespace PhysOpt.Tests;

/// <summary>Losses whose values scatter: they are told from those that do not, and minimised by a method made for it.</summary>
public class NoisySearchTests
{
    static OptimizationProblem Problem(Func<Vector, double> loss, double[] start, double[]? lower = null, double[]? upper = null) => new(
        "noisy", null, DelegateMap.Create(x => new Vector(loss(x))), new Vector(start), lowerBound: lower is null ? null : new(lower),
        upperBound: upper is null ? null : new(upper));

    static double Valley(Vector x) => (x[0] - 1) * (x[0] - 1) + 10 * (x[1] - x[0]) * (x[1] - x[0]);

    /// <summary>Losses of two variables without noise: smooth, with kinks, with jumps, level, of large and of tiny numbers.</summary>
    public static TheoryData<string> Quiet => [.. Losses.Keys];

    static readonly Dictionary<string, Func<Vector, double>> Losses = new()
    {
        ["valley"] = Valley,
        ["on top of 1"] = x => 1 + Valley(x),
        ["kinks"] = x => double.Abs(x[0] - 3) + double.Abs(x[1] + 2),
        ["jumps at the start"] = x => double.Ceiling(x[0]) + double.Floor(-x[1]),
        ["steep"] = x => double.Exp(10 * x[0]) + double.Exp(-20 * x[1]),
        ["fast"] = x => double.Sin(1e4 * x[0]) + double.Cos(1e4 * x[1]),
        ["level"] = _ => 7,
        ["huge"] = x => 1e200 * Valley(x),
        ["tiny"] = x => 1e-200 * Valley(x),
        ["a fit"] = x => Enumerable.Range(0, 50).Sum(i => double.Pow(x[0] * double.Exp(-0.1 * i * x[1]) - double.Cos(i), 2)),
        ["without a value"] = x => double.Sqrt(x[0] - 3),
    };

    [Theory]
    [MemberData(nameof(Quiet))]
    public void Values_without_noise_are_not_called_noisy(string name)
    {
        foreach (var start in (double[][])[[3, -2], [0.5, 1e-3], [0, 0], [-1, 100]])
        {
            var f = Objectives.Create(Problem(Losses[name], start), new(), new EvaluationBudget(), default);
            Assert.Equal(0, NoiseProbe.At(f, new Vector(start)));
        }
    }

    [Theory]
    [InlineData(1e-6), InlineData(1e-3), InlineData(0.1)]
    public void Noise_is_measured_to_its_order_in_any_unit(double size)
    {
        foreach (var unit in (double[])[1e-150, 1, 1e150])
        {
            var random = new Random(1);
            var problem = Problem(x => unit * (Valley(x) + size * (random.NextDouble() - 0.5)), [3, -2]);
            var noise = NoiseProbe.At(Objectives.Create(problem, new(), new EvaluationBudget(), default), problem.InitialGuess);
            if (size < 1e-8 * 254) Assert.Equal(0, noise); // next to 254 it does not matter
            else Assert.InRange(noise / unit / (size / double.Sqrt(12)), 0.1, 5);
        }
    }

    [Theory]
    [InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public void A_minimum_under_noise_is_found_to_the_noise_in_few_evaluations_and_the_noise_is_named(int seed)
    {
        var random = new Random(seed);
        var result = new MinimumSearch().Find(Problem(x => Valley(x) + 1e-3 * random.NextDouble(), [3, -2]));
        Assert.Equal("Bobyqa", result.Method);
        Assert.InRange(Valley(result.X), 0, 4e-3);
        Assert.InRange(result.Evaluations, 1, 300);
        Assert.Contains("there is noise", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_hold_and_are_reached_under_noise()
    {
        var random = new Random(1);
        var outside = false;
        var result = new MinimumSearch().Find(Problem(
            x =>
            {
                outside |= x[0] < 1.5 || x[0] > 4 || x[1] < -3 || x[1] > 2;
                return Valley(x) + 1e-3 * random.NextDouble();
            }, [4, -3], [1.5, -3], [4, 2]));
        Assert.False(outside);
        Near.Absolute(1.5, result.X[0], 0.05);
        Near.Absolute(1.5, result.X[1], 0.1);
    }

    [Fact]
    public void A_method_that_was_asked_for_is_taken_whatever_the_noise()
    {
        var random = new Random(1);
        var problem = Problem(x => Valley(x) + 1e-3 * random.NextDouble(), [3, -2]);
        Assert.Equal("NelderMead", new MinimumSearch { Method = MethodRegistry.Require("NelderMead") }.Find(problem).Method);
    }

    [Fact]
    public void A_block_that_fails_beside_its_start_is_no_noise()
    {
        var result = new MinimumSearch().Find(Problem(
            x => x[0] > 3 ? throw new EvaluationException("Beyond", "beyond", x) : Valley(x), [3, -2]));
        Assert.True(Valley(result.X) < 1e-8, $"{result.Status} {result.Message}");
    }
}
