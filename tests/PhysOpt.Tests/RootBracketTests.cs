using CsCheck;
using PhysOpt.Inversion;
using PhysOpt.LinearAlgebra;

namespace PhysOpt.Tests;

/// <summary>Brent's method for a change of sign.</summary>
public class RootBracketTests
{
    static readonly Dictionary<string, (Func<double, double> F, double Lower, double Upper)> functions = new()
    {
        ["line"] = (x => 2 * x - 1, -3, 8),
        ["x^3 - 2x - 5"] = (x => x * x * x - 2 * x - 5, 2, 3),
        ["cos x - x"] = (x => double.Cos(x) - x, 0, 2),
        ["exp"] = (x => double.Exp(x) - 5, -5, 50),
        ["x^19"] = (x => double.Pow(x, 19), -1, 4),
        ["(x - 0.3)^19"] = (x => double.Pow(x - 0.3, 19), -1, 4),
        ["cbrt"] = (x => double.Cbrt(x - 0.3), -3, 5),
        ["infinite slope at 0"] = (double.Cbrt, -3, 5),
        ["step"] = (x => x < 0.3 ? -1 : 2, -3, 5),
        ["pole"] = (x => 1 / (x - 0.3), -3, 5),
        ["flat root"] = (x => x == 0.3 ? 0 : double.Sign(x - 0.3) * double.Exp(-1 / ((x - 0.3) * (x - 0.3))), -2, 3),
        ["flat ends"] = (x => double.Clamp(x - 0.3, -1e-3, 1e-3), -3, 5),
        ["steep end"] = (x => double.Pow(x, 9) - 1e-9, 0, 10),
        ["infinite end"] = (x => x == 0 ? double.NegativeInfinity : double.Log(x), 0, 10),
        ["at an end"] = (x => x - 2, 2, 10),
        ["tiny"] = (x => double.Exp(x / 1e-300) - 3, 0, 1e-299),
        ["huge"] = (x => x / 1e290 * (x / 1e300) - 3, 0, 1e300),
        ["overflow"] = (x => x * x * x - 1e300, 0, 1e150),
    };

    public static TheoryData<string> Names() => [.. functions.Keys];

    static (RootBracket Last, int Evaluations) Solve(Func<double, double> f, double lower, double upper)
    {
        var bracket = RootBracket.Of(new(lower, f(lower)), new(upper, f(upper)));
        for (var evaluations = 2; ; evaluations++)
        {
            if (bracket.IsDone) return (bracket, evaluations);
            (var to, bracket) = bracket.Next();
            Assert.InRange(to, double.Min(bracket.Best.X, bracket.Other.X), double.Max(bracket.Best.X, bracket.Other.X));
            bracket = bracket.With(new(to, f(to)));
            Assert.True(RootBracket.IsBetween(bracket.Best, bracket.Other));
            Assert.True(double.Abs(bracket.Best.Value) <= double.Abs(bracket.Other.Value));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void It_takes_no_more_evaluations_than_Brents_bound_and_ends_beside_a_change_of_sign(string name)
    {
        var (f, lower, upper) = functions[name];
        var (last, evaluations) = Solve(f, lower, upper);
        var k = double.Log2((upper - lower) / last.Distance);
        Assert.InRange(evaluations, 2, double.Pow(double.Ceiling(double.Max(k, 1)) + 1, 2) - 2);
        Assert.True(last.Best.Value == 0 || double.Abs(last.Other.X - last.Best.X) <= last.Distance);
        Assert.True(evaluations <= 240, $"{evaluations} evaluations"); // what was measured, and some more
    }

    [Theory]
    [InlineData("line", 0.5, 4)]
    [InlineData("x^3 - 2x - 5", 2.0945514815423265, 9)]
    [InlineData("cos x - x", 0.7390851332151607, 9)]
    [InlineData("exp", 1.6094379124341003, 20)]
    [InlineData("cbrt", 0.3, 60)]
    [InlineData("infinite end", 1, 12)]
    [InlineData("at an end", 2, 2)]
    [InlineData("tiny", 1.0986122886681097e-300, 20)]
    public void Roots_are_known_to_their_last_digits(string name, double root, int most)
    {
        var (f, lower, upper) = functions[name];
        var (last, evaluations) = Solve(f, lower, upper);
        Near.Relative(root, last.Best.X, 2 * Precision.MachineEpsilon);
        Assert.InRange(evaluations, 2, most);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_sign_of_the_function_and_the_order_of_the_ends_do_not_matter(string name)
    {
        var (f, lower, upper) = functions[name];
        var (expected, evaluations) = Solve(f, lower, upper);
        foreach (var (last, count) in new[] { Solve(x => -f(x), lower, upper), Solve(f, upper, lower) })
            Assert.Equal((expected.Best.X, expected.Other.X, evaluations), (last.Best.X, last.Other.X, count));
    }

    static readonly string[] Ordinary = ["line", "x^3 - 2x - 5", "exp", "cbrt", "step", "flat ends"];

    [Fact]
    public void No_unit_of_x_or_y_changes_the_path() => Gen.Select(Gen.Int[-60, 60], Gen.Int[-60, 60],
        Gen.Int[0, Ordinary.Length - 1]).Sample((ofX, ofY, k) =>
        {
            var name = Ordinary[k];
            var (f, lower, upper) = functions[name];
            var (x, y) = (double.ScaleB(1, ofX), double.ScaleB(1, ofY));
            var (expected, evaluations) = Solve(f, lower, upper);
            var (actual, count) = Solve(u => y * f(u / x), lower * x, upper * x);
            Assert.Equal((x * expected.Best.X, y * expected.Best.Value, evaluations), (actual.Best.X, actual.Best.Value, count));
        });

    [Fact]
    public void Values_without_a_sign_enclose_nothing()
    {
        Assert.False(RootBracket.IsBetween(new(0, 1), new(1, 2)));
        Assert.False(RootBracket.IsBetween(new(0, double.NaN), new(1, 2)));
        Assert.True(RootBracket.IsBetween(new(0, double.NegativeInfinity), new(1, 2)));
        Assert.True(RootBracket.IsBetween(new(0, 0), new(1, 2)));
    }
}
