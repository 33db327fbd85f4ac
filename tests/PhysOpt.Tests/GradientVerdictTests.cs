using CsCheck;
using PhysOpt.LinearAlgebra;

using static PhysOpt.Tests.GradientCheckTests;

namespace PhysOpt.Tests;

/// <summary>
/// What can be said of a gradient beside kinks, jumps, waves and rounding, and where the function has no values: a verdict where the
/// differences are good enough, otherwise none.
/// </summary>
public class GradientVerdictTests
{
    [Theory]
    [InlineData(1e8)]
    [InlineData(1e10)]
    [InlineData(1e4)]
    public void Where_values_lose_digits_a_right_gradient_is_not_called_wrong_and_a_wrong_one_is(double shift) =>
        Gen.Double[-2, 2].Sample(at =>
        {
            var x = new Vector(at);
            var gradient = new Vector(2 * (shift + at));
            foreach (var f in (Func<Vector, double>[])[v => double.Pow(shift + v[0], 2) - shift * shift, v => double.Pow(shift + v[0], 2)])
            {
                var right = Check(f, x, gradient);
                Assert.True(right.IsCorrect, right.Message);
                Assert.False(Check(f, x, 2 * gradient).IsCorrect);
            }
        });

    [Fact]
    public void A_large_constant_hides_digits_and_that_is_said()
    {
        var right = Check(x => 1e12 + double.Sin(x[0]), new(1.0), new(double.Cos(1)));
        Assert.True(right.IsCorrect, right.Message);
        Assert.Equal(1, right.UndecidedCount);
        Assert.Contains("too few digits", right.Message, StringComparison.Ordinal);
        Assert.False(Check(x => 1e12 + double.Sin(x[0]), new(1.0), new(2 * double.Cos(1))).IsCorrect);
    }

    [Theory]
    [InlineData("|x|", 0.0)]
    [InlineData("|x|", 1.0)]
    [InlineData("relu", 0.0)]
    [InlineData("relu", 1.0)]
    [InlineData("root", 0.0)]
    [InlineData("step", 0.0)]
    [InlineData("kink and curve", 1.0)]
    [InlineData("edge", 0.0)]
    public void Where_there_is_no_derivative_nothing_is_decided(string function, double given)
    {
        var result = Check(
            function switch
            {
                "|x|" => x => double.Abs(x[0]),
                "relu" => x => double.Max(x[0], 0),
                "root" => x => double.Sign(x[0]) * double.Sqrt(double.Abs(x[0])),
                "step" => x => double.Sign(x[0]),
                "kink and curve" => x => double.Exp(x[0]) + double.Abs(double.Sin(x[0])) / 100,
                _ => x => double.Sqrt(x[0]),
            },
            new(0.0), new(given));
        Assert.Equal(GradientVerdict.Undecided, result.Components[0].Verdict);
        Assert.True(result.IsCorrect);
        Assert.Null(result.MaximumError);
        Assert.Null(result.WorstComponent);
        Assert.NotEmpty(result.Components[0].Reason);
        Assert.Contains("undecided", result.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.05, 0.0)]
    [InlineData(-1e-5, 0.0)]
    [InlineData(1e-5, 1.0)]
    [InlineData(0.3, 1.0)]
    public void Beside_a_kink_there_is_a_derivative(double at, double slope)
    {
        Passes(Check(x => double.Max(x[0], 0), new(at), new(slope)));
        Assert.False(Check(x => double.Max(x[0], 0), new(at), new(1 - slope)).IsCorrect);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-3)]
    public void A_bend_that_is_sharp_but_smooth_is_no_kink(double width)
    {
        double F(Vector x) => double.Sqrt(x[0] * x[0] + width * width);
        foreach (var at in (double[])[0, width / 10, -3 * width, 1])
        {
            var x = new Vector(at);
            Passes(Check(F, x, new(at / F(x))));
        }
    }

    [Fact]
    public void A_wave_shorter_than_the_steps_is_seen_even_where_they_are_multiples_of_it()
    {
        static double F(Vector x) => x[0] * x[0] + double.Sin(16384 * double.Pi * x[0]);
        Passes(Check(F, new(1.0), new(2 + 16384 * double.Pi)));
        Assert.False(Check(F, new(1.0), new(2.0)).IsCorrect);
    }

    [Fact]
    public void A_smooth_turn_of_the_second_derivative_is_no_kink()
    {
        Passes(Check(x => double.Pow(double.Max(x[0], 0), 2), new(0.0), new(0.0)));
        Passes(Check(x => double.Abs(x[0]) * x[0], new(0.0), new(0.0)));
    }

    [Fact]
    public void A_variable_without_room_is_undecided()
    {
        var result = Check(x => x[0] * x[1], new(2, 3), new(7, 2), lower: new(2, 0), upper: new(2, 9));
        Assert.Equal([GradientVerdict.Undecided, GradientVerdict.Right], result.Components.Select(each => each.Verdict));
        Assert.Contains("no room", result.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_the_function_fails_beside_the_point_smaller_steps_are_taken()
    {
        static double F(Vector x) =>
            x[0] > 0 && x[0] < 0.03 ? double.Log(x[0]) : throw new EvaluationException("OutOfDomain", "outside", x);
        Passes(Check(F, new(0.01), new(100)));
        Passes(Check(x => double.Log(x[0]), new(1e-9), new(1e9)));
        static double Nowhere(Vector x) => x[0] == 1 ? 1 : throw new EvaluationException("OutOfDomain", "only at 1", x);
        Assert.Contains("only at 1", Check(Nowhere, new(1.0), new(1.0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_has_the_gradient_zero()
    {
        Passes(Check(_ => 5, new(1, 2), new(0, 0)));
        Passes(Check(_ => 0, new(1, 2), new(0, 0)));
        Assert.False(Check(_ => 5, new(1, 2), new(0, 1e-6)).IsCorrect);
        Assert.False(Check(_ => 0, new(1, 2), new(0, 1e-300)).IsCorrect);
    }
}
