using CsCheck;
using PhysOpt.Functions;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

/// <summary>Steps of finite differences follow x, what the function shows, and where it has values.</summary>
public class DifferenceStepsTests
{
    /// <summary>Functions with their derivatives, and the relative accuracy that central differences with one step have there.</summary>
    static readonly (string Name, Func<double, double> F, Func<double, double> Slope)[] Functions =
    [
        ("1/x", x => 1 / x, x => -1 / (x * x)),
        ("x^2", x => x * x, x => 2 * x),
        ("x^3", x => x * x * x, x => 3 * x * x),
        ("1/x^6", x => double.Pow(x, -6), x => -6 * double.Pow(x, -7)),
        ("ln x", double.Log, x => 1 / x),
        ("sqrt x", double.Sqrt, x => 0.5 / double.Sqrt(x)),
        ("x ln x", x => x * double.Log(x), x => double.Log(x) + 1),
    ];

    static readonly double[] Sizes = [1e-30, 1e-12, 1e-6, 1e-3, 0.7, 3, 574, 1e5, 1e12, 1e30];

    static double Slope(Func<double, double> f, double x, double? start = null) => new FiniteDifferenceMap(
        DelegateMap.Scalar(at => f(at[0])), start: start is { } from ? new Vector(from) : null)
        .VectorJacobianProduct(new(x), new(f(x)), new(1))[0];

    [Fact]
    public void Slopes_are_right_whatever_the_size_of_x()
    {
        foreach (var (name, f, slope) in Functions)
        {
            foreach (var x in Sizes.Where(x => double.IsNormal(f(x)) && double.IsNormal(slope(x))))
                Near.Relative(slope(x), Slope(f, x), 1e-8, FormattableString.Invariant($"{name} at {x}"));
        }
    }

    [Theory]
    [InlineData(-6.6e-28, 1e-6)]
    [InlineData(2e-68, 1)]
    [InlineData(-3e-90, 1e3)]
    public void Next_to_a_pole_far_smaller_than_the_start_the_slope_is_that_of_x(double x, double start)
    {
        Near.Relative(-1 / (x * x), Slope(at => 1 / at, x, start), 1e-8);
        Near.Relative(-2 / (x * x * x), Slope(at => 1 / (at * at), double.Cbrt(x), start) * double.Pow(double.Cbrt(x) / x, 3), 1e-8);
    }

    [Fact]
    public void At_the_top_of_a_spike_the_slope_is_none()
    {
        Assert.Equal(0, Slope(x => 1 / (1e-20 + x * x), 0, 1));
        Assert.Equal(0, Slope(x => double.Exp(-1e16 * x * x), 0));
    }

    [Fact]
    public void Scaling_x_and_L_scales_the_derivative() => Gen.Select(
        Gen.Int[0, 3], Gen.Double[0.2, 5], Gen.Double[-12, 12], Gen.Double[-15, 15]).Sample((which, t, logX, logL) =>
    {
        Func<double, double> shape = which switch
        {
            0 => double.Exp,
            1 => u => 1 + u * u,
            2 => u => double.Sin(3 * u) / u,
            _ => u => 1 / (1 + u * u * u),
        };
        var (a, c) = (double.Pow(2, double.Round(logX * 3.32)), double.Pow(2, double.Round(logL * 3.32))); // exact
        Assert.Equal(Slope(shape, t) * c / a, Slope(x => c * shape(x / a), t * a));
    }, iter: Laws.Samples(3000));

    [Fact]
    public void At_zero_the_size_is_that_of_the_start_of_the_bounds_or_found() => Gen.Double[-12, 12].Sample(log =>
    {
        var size = double.Pow(10, log);
        double F(double x) => double.Exp(x / size);
        Near.Relative(1 / size, Slope(F, 0, start: size), 1e-8, "start");
        var bounded = new FiniteDifferenceMap(DelegateMap.Scalar(x => F(x[0])), new(-size), new(2 * size));
        Near.Relative(1 / size, bounded.VectorJacobianProduct(new(0.0), new(1.0), new(1))[0], 1e-8, "bounds");
        if (size <= 1) Near.Relative(1 / size, Slope(F, 0), 1e-6, "found");
    });

    [Fact]
    public void A_step_that_drowns_in_rounding_grows()
    {
        foreach (var x in (double[])[1e-9, 1e-17, -1e-30])
        {
            Near.Absolute(0, Slope(t => 1 + t * t, x), 1e-8, "flat");
            Near.Relative(1, Slope(t => 1 + t, x), 1e-8, "line");
        }

        Near.Relative(1, Slope(t => 1e9 + t, 1), 1e-3, "large constant");
    }

    [Fact]
    public void Next_to_a_pole_the_step_shrinks_until_the_slope_is_seen_and_before_it_is_noise()
    {
        // sin(x - 2) - 1 has few digits where it is 4e-12, so that a step of 1e-13 sees values that are equal by chance
        const double x = -2.7123861457153695, close = 0.9999998917560825;
        Near.Relative(-1 / (close * double.Pow(double.Log(close), 2)), Slope(t => 1 / double.Log(t), close, start: 0), 1e-6);
        var below = double.Sin(x - 2) - 1;
        Near.Relative(-double.Cos(x - 2) / (below * below), Slope(t => 1 / (double.Sin(t - 2) - 1), x, start: -3), 0.2);
    }

    [Fact]
    public void Where_the_function_has_no_values_the_step_shrinks_or_turns()
    {
        foreach (var nothing in (Func<double, double>[])[_ => double.NaN, _ => double.PositiveInfinity,
            x => throw new EvaluationException("Beyond", "It lies beyond.", new(x))])
        {
            Near.Relative(double.E, Slope(x => x <= 1 ? double.Exp(x) : nothing(x), 1), 1e-8, "one side");
            Near.Relative(double.E, Slope(x => double.Abs(x - 1) < 1e-7 ? double.Exp(x) : nothing(x), 1), 1e-6, "both sides");
        }

        Assert.True(double.IsNaN(Slope(x => x == 1 ? 1 : double.NaN, 1)));
        Assert.Equal("Beyond", Assert.Throws<EvaluationException>(() =>
            Slope(x => x == 1 ? 1 : throw new EvaluationException("Beyond", "It lies beyond.", new(x)), 1)).ErrorId);
    }

    [Fact]
    public void A_gradient_costs_two_evaluations_for_each_variable() => Gen.Double[-5, 5].Array[4].Sample(start =>
    {
        var watch = new Watch();
        var map = new FiniteDifferenceMap(watch.Values(DelegateMap.Scalar(
            x => double.Exp((x[0] - x[1]) / 5) + x[2] * x[2] + x[3] * x[1] + 3)));
        var x = new Vector(start.Select(each => each + double.Sign(each) + (each == 0 ? 1 : 0)));
        map.VectorJacobianProduct(x, map.Evaluate(x), new(1));
        Assert.Equal(9, watch.Points.Count);
    });

    [Fact]
    public void A_minimum_in_a_narrow_feature_is_found_or_not_said_to_be()
    {
        // dips 0.01 wide, one for each 0.05, under a slope
        static double F(double x) => 1e-4 * double.Abs(x - 574.2) - double.Exp(-double.Pow((x - 574.013) / 0.01, 2))
            - 0.5 * double.Exp(-double.Pow((x - 574.063) / 0.01, 2));
        foreach (var start in (double[])[574.005, 574.02, 574.025, 574.06])
        {
            foreach (var run in (IEnumerable<IterationRecord>[])[
                Optimizer.Run(Runs.Objective(DelegateMap.Scalar(x => F(x[0])), start), new Lbfgs(), Lbfgs.DefaultOptions),
                Optimizer.Run(Runs.Objective(DelegateMap.Scalar(x => F(x[0])), start), new GradientDescent(1e-5, backtracking: true),
                    new() { MaxIterations = 2000 })])
            {
                var last = run.Last();
                if (!last.Status.IsConverged()) continue;
                foreach (var beside in (double[])[-1e-4, -1e-5, 1e-5, 1e-4])
                    Assert.True(F(last.X[0] + beside) > last.Loss - 1e-9, $"{start}: {last.Status} at {last.X}, lower by {beside}");
            }
        }
    }

    [Fact]
    public void Half_a_step_confirms_what_converged_and_costs_one_gradient()
    {
        var watch = new Watch();
        var problem = Runs.Objective(watch.Values(DelegateMap.Scalar(x => double.Exp(x[0]) - x[0] + (x[1] - 2) * (x[1] - 2))), 1, 3);
        var last = Optimizer.Run(problem, new Lbfgs(), new() { MaxIterations = 100 }).Last();
        Assert.True(last.Status.IsConverged());
        var asked = watch.Points.Skip(watch.Points.Count - 28).ToList();
        Assert.All(asked.Take(8), x => Near.Absolute(last.X, x, 3e-5));
        Assert.All(asked.Skip(8), x => Near.Absolute(last.X, x, 2e-3)); // whether the loss is lower beside the end
        Near.Absolute(new Vector(0, 2), last.X, 1e-6);
    }

    [Fact]
    public void Values_with_noise_are_differenced_over_longer_steps_before_the_run_ends()
    {
        static double Noise(double x) => 1e-9 * double.Sin(1e9 * x);
        var problem = Runs.Objective(DelegateMap.Scalar(x => (x[0] - 3) * (x[0] - 3) + 1 + Noise(x[0])), 5);
        var last = Optimizer.Run(problem, new Lbfgs(), Lbfgs.DefaultOptions).Last();
        Near.Absolute(3, last.X[0], 1e-3);
    }
}
