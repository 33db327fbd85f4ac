using CsCheck;
using PhysOpt.Functions;
using PhysOpt.LinearAlgebra;
using PhysOpt.Optimization;
using PhysOpt.Optimization.Methods;

namespace PhysOpt.Tests;

/// <summary>Momentum, Adam, AdaGrad and RMSprop.</summary>
public class FirstOrderTests
{
    public static TheoryData<string, DerivativeSource, double, double, double> ReferenceRows()
    {
        var rows = new TheoryData<string, DerivativeSource, double, double, double>();
        foreach (var source in new[] { DerivativeSource.Auto, DerivativeSource.FiniteDifference })
        {
            rows.Add("momentum 0.9, eta 0.01", source, 1.053930, 0.921359, 0.133789);
            rows.Add("AdaGrad, eta 0.75", source, 1.414214, 0.438711, 1.210602);
            rows.Add("RMSprop, eta 0.237", source, 1.414214, 0.289606, 1.100727);
            rows.Add("Adam, eta 0.3", source, 1.414214, 0.228747, 0.629586);
            rows.Add("Adam, eta 0.75", source, 1.414214, -1.278391, -1.300041);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(ReferenceRows))]
    public void Ten_steps_on_ThreeSpaces_are_the_reference_numbers(string method, DerivativeSource source, double alignment, double x0,
        double x1)
    {
        var records = method switch
        {
            "momentum 0.9, eta 0.01" => Runs.Steps(Runs.ThreeSpaces, new GradientDescent(0.01, 0.9), 10, source),
            "AdaGrad, eta 0.75" => Runs.Steps(Runs.ThreeSpaces, new AdaGrad(0.75), 10, source),
            "RMSprop, eta 0.237" => Runs.Steps(Runs.ThreeSpaces, new RmsProp(0.237), 10, source),
            "Adam, eta 0.3" => Runs.Steps(Runs.ThreeSpaces, new Adam(0.3), 10, source),
            _ => Runs.Steps(Runs.ThreeSpaces, new Adam(0.75), 10, source),
        };
        Near.Absolute(alignment, DiagonalAlignment.Of(records[1])!.Alignment, 5e-7); // the reference has six decimals
        Near.Absolute(new Vector(x0, x1), records[^1].X, 5e-7);
    }

    [Fact]
    public void Without_momentum_both_forms_are_gradient_descent()
    {
        var plain = Runs.Steps(Runs.ThreeSpaces, new GradientDescent(0.01), 10);
        var nesterov = Runs.Steps(Runs.ThreeSpaces, new GradientDescent(0.01, 0, nesterov: true), 10);
        Assert.Equal(plain.Select(record => record.X), nesterov.Select(record => record.X));
    }

    [Fact]
    public void The_first_step_of_heavy_ball_is_that_of_gradient_descent_and_of_Nesterov_is_longer_by_the_momentum() =>
        Gen.Double[0, 0.99].Sample(mu =>
    {
        var step = Runs.Steps(Runs.ThreeSpaces, new GradientDescent(0.01), 1)[1].Step!;
        Assert.Equal(step, Runs.Steps(Runs.ThreeSpaces, new GradientDescent(0.01, mu), 1)[1].Step);
        Near.Relative((1 + mu) * step, Runs.Steps(Runs.ThreeSpaces, new GradientDescent(0.01, mu, nesterov: true), 1)[1].Step!, 1e-13);
    });

    [Fact]
    public void Nesterov_follows_the_lookahead_form_with_the_gradient_at_x_plus_mu_v() =>
        Gen.Select(Gen.Double[0.01, 0.2], Gen.Double[0.1, 0.95]).Sample((eta, mu) =>
    {
        // v+ = mu v - eta g(z + mu v), z+ = z + v+, whose lookahead points z + mu v are the iterates x here
        var quadratic = Quadratic(1, 3);
        var records = Runs.Steps(quadratic, new GradientDescent(eta, mu, nesterov: true), 8);
        var (z, v) = (quadratic.InitialGuess, Vector.Zero(2));
        foreach (var record in records)
        {
            Near.Absolute(z + mu * v, record.X, 1e-13);
            v = mu * v - eta * new Vector(record.X[0], 3 * record.X[1]);
            z += v;
        }
    });

    [Fact]
    public void Momentum_converges_where_gradient_descent_of_that_rate_diverges()
    {
        var options = new OptimizationOptions { MaxIterations = 2000 };
        Assert.True(Optimizer.Run(Quadratic(1, 3), new GradientDescent(0.8, 0.5), options).Last().Status.IsConverged());
        Assert.False(Optimizer.Run(Quadratic(1, 3), new GradientDescent(0.8), options).Last().Status.IsConverged());
    }

    [Fact]
    public void Adaptive_methods_ignore_the_unit_of_the_loss() => Gen.Double[-3, 3].Select(e => double.Pow(10, e)).Sample(c =>
    {
        // eps is a thousandth of a billionth of the smallest gradient met, so that it shows below 1e-9
        Same(new Adam(0.1, epsilon: 1e-13), c);
        Same(new AdaGrad(0.1, 1e-13), c);
        Same(new RmsProp(0.1, 0.9, 1e-13), c);

        static void Same<TState>(IMethod<IDifferentiable, TState> method, double c)
            where TState : class, IMethodState
        {
            var (expected, actual) = (Runs.Steps(Quadratic(1, 3), method, 5), Runs.Steps(Quadratic(c, 3 * c), method, 5));
            for (var k = 0; k < expected.Count; k++) Near.Relative(expected[k].X, actual[k].X, 1e-8);
        }
    });

    [Fact]
    public void The_first_step_of_Adam_has_the_length_of_the_learning_rate_in_every_component() => Gen.Double[1e-3, 1].Sample(eta =>
    {
        // eps / |g|
        foreach (var component in Runs.Steps(Runs.ThreeSpaces, new Adam(eta), 1)[1].Step!) Near.Relative(-eta, component, 1e-8);
    });

    [Theory]
    [InlineData("GradientDescent")]
    [InlineData("GradientDescent with momentum")]
    [InlineData("Adam")]
    [InlineData("AdaGrad")]
    [InlineData("RmsProp")]
    public void Points_stay_within_the_bounds(string method)
    {
        var quadratic = Quadratic(1, 3);
        var bounded = new OptimizationProblem("Bounded", null, quadratic.Loss, new Vector(1, -1), lowerBound: new Vector(0.9995, -2),
            upperBound: new Vector(2, -0.9995));
        Assert.All(Runs.Methods[method](bounded, Runs.Exactly(50)), record =>
            Assert.Equal(record.X, record.X.Clamp(bounded.LowerBound, bounded.UpperBound)));
    }

    /// <summary>(a x0^2 + b x1^2) / 2 from (1, -1).</summary>
    static OptimizationProblem Quadratic(double a, double b) => Runs.Objective(
        DelegateMap.Scalar(x => (a * x[0] * x[0] + b * x[1] * x[1]) / 2, x => new Vector(a * x[0], b * x[1])), 1, -1);
}
