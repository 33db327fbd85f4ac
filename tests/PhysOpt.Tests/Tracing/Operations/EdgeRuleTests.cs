using PhysOpt.Tracing;
using PhysOpt.Tracing.Derivatives;

using static PhysOpt.Tests.Tracing.Traces;

namespace PhysOpt.Tests.Tracing;

public class EdgeRuleTests
{
    static readonly double Infinity = double.PositiveInfinity;

    [Fact]
    public void Roots_and_logarithms_rise_infinitely_steeply_at_zero()
    {
        Assert.Equal(Infinity, Slope(Math.Sqrt, 0.0));
        Assert.Equal(Infinity, Slope(Math.Sqrt, -0.0));
        Assert.Equal(Infinity, Slope(Math.Cbrt, 0.0));
        Assert.Equal(Infinity, Slope(Math.Log, 0.0));
        Assert.Equal(-Infinity, Slope(x => -Math.Sqrt(x), 0.0));
    }

    [Fact]
    public void Asin_and_acos_are_infinitely_steep_at_their_ends()
    {
        Assert.Equal(Infinity, Slope(Math.Asin, 1.0));
        Assert.Equal(Infinity, Slope(Math.Asin, -1.0));
        Assert.Equal(-Infinity, Slope(Math.Acos, 1.0));
        Assert.Equal(-Infinity, Slope(Math.Acos, -1.0));
    }

    [Fact]
    public void Abs_sign_and_rounding_are_flat_where_they_turn_or_jump()
    {
        Assert.Equal(0.0, Slope(Math.Abs, 0.0));
        Assert.Equal(0.0, Slope(Math.Sign, 0.0));
        Assert.Equal(0.0, Slope(Math.Floor, 2.0));
        Assert.Equal(0.0, Slope(Math.Round, 2.5));
    }

    [Fact]
    public void Powers_at_zero_have_their_limits()
    {
        Assert.Equal([0.0, 0.0], Gradient(i => Math.Pow(i[0], i[1]), 0, 2));
        Assert.Equal([1.0, 0.0], Gradient(i => Math.Pow(i[0], i[1]), 0, 1));
        Assert.Equal([Infinity, 0.0], Gradient(i => Math.Pow(i[0], i[1]), 0, 0.5));
        Assert.Equal([0.0, -Infinity], Gradient(i => Math.Pow(i[0], i[1]), 0, 0));
        Assert.Equal(0.0, Slope(x => Math.Pow(x, 2), 0.0));
        Assert.Equal(0.0, Slope(x => Math.Pow(x, 1.5), 0.0));
        Assert.Equal(0.0, Slope(x => Math.Pow(x, 0), 0.0));
        Assert.Equal(0.0, Slope(y => Math.Pow(0, y), 2.0));
    }

    [Fact]
    public void A_negative_base_has_a_slope_to_itself_but_none_to_the_exponent()
    {
        var slopes = Gradient(i => Math.Pow(i[0], i[1]), -2, 3);
        Assert.Equal(12.0, slopes[0]);
        Assert.True(double.IsNaN(slopes[1]));
    }

    [Fact]
    public void Ties_of_max_min_and_clamp_give_half_to_each()
    {
        Assert.Equal([0.5, 0.5], Gradient(i => Math.Max(i[0], i[1]), 3, 3));
        Assert.Equal([0.5, 0.5], Gradient(i => Math.Min(i[0], i[1]), 3, 3));
        Assert.Equal([0.5, 0.5], ForwardGradient(i => Math.Min(i[0], i[1]), 0.0, -0.0));
        Assert.Equal([0.5, 0.5, 0], Gradient(i => Math.Clamp(i[0], i[1], i[2]), 1, 1, 2));
        Assert.Equal([0, 0, 1.0], Gradient(i => Math.Clamp(i[0], i[1], i[2]), 5, 1, 2));
    }

    [Fact]
    public void Atan2_is_flat_at_the_origin() =>
        Assert.Equal([0.0, 0.0], Gradient(i => Math.Atan2(i[0], i[1]), 0, 0));

    [Fact]
    public void The_remainder_takes_its_quotient_from_what_it_really_subtracted()
    {
        // 0.5 / 0.1 rounds to 5, but 0.1 is a little more than a tenth: 0.5 holds it four times
        Assert.Equal(5.0, System.Math.Truncate(0.5 / 0.1));
        Assert.Equal([1.0, -4.0], Gradient(i => i[0] % i[1], 0.5, 0.1));
        Assert.Equal([1.0, 0.0], Gradient(i => i[0] % i[1], 5, Infinity));
    }

    [Fact]
    public void What_was_not_chosen_does_not_poison_what_was()
    {
        Assert.Equal(0.0, Slope(x => Math.Max(Math.Sqrt(x), 1), 0.0));
        Assert.Equal(0.0, ForwardGradient(i => Math.Max(Math.Sqrt(i[0]), 1), 0.0)[0]);
        Assert.Equal(3.0, Slope(x => Math.Max(Math.Sqrt(x) * Math.Log(x) / x, 1) + 3 * x, 0.25), 15);
        Assert.Equal(1.0, Slope(x => Math.Min(Math.Max(Math.Sqrt(x), 1) * Math.Cbrt(x), 2) * 0 + x, 8.0));
        Assert.Equal([0.0, 1.0], Gradient(i => Math.Clamp(Math.Log(i[0]), (TracedNumber)(-1), (TracedNumber)1) + i[1], 0, 2));
    }

    [Fact]
    public void What_was_chosen_or_reached_another_way_keeps_its_slope()
    {
        Assert.Equal(Infinity, Slope(x => Math.Max(Math.Sqrt(x), -1), 0.0));
        Assert.Equal(Infinity, Slope(x => { var root = Math.Sqrt(x); return Math.Max(root, 1) + root; }, 0.0));
        Assert.Equal(4.0, Slope(x => { var square = x * x; return Math.Max(square, 100) + Math.Min(square, 50); }, 2.0));
    }

    [Fact]
    public void Zero_times_infinity_without_a_choice_is_not_hidden() =>
        Assert.True(double.IsNaN(Slope(x => Math.Sqrt(x) * Math.Sqrt(x), 0.0)));

    [Fact]
    public void A_second_derivative_keeps_out_what_was_not_chosen()
    {
        var graph = Record(i => Math.Max(Math.Sqrt(i[0]), 1) * i[0], 0.0);
        Assert.Equal([0.0], Differentiation.HessianVector(graph).Evaluate(0, 1, 1));
        var chosen = Record(i => Math.Max(Math.Sqrt(i[0]), 1) * i[0], 4.0);
        Assert.Equal(0.75 / 2, Differentiation.HessianVector(chosen).Evaluate(4, 1, 1)[0], 15);
    }
}
