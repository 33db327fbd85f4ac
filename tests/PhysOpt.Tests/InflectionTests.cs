using CsCheck;
using PhysOpt.Functions;
using PhysOpt.Solving;
using PhysOpt.Tests.Problems;

namespace PhysOpt.Tests;

/// <summary>Points at which slope and curvature vanish together, and bounds that hold nothing: no minimum, in any unit.</summary>
public class InflectionTests
{
    static readonly Gen<double> Unit = Gen.Int[-40, 40].Select(k => double.ScaleB(1, k));

    public static TheoryData<string> Methods() =>
        ["Find-Minimum", "GradientDescent", "Adam", "AdaGrad", "RmsProp", "Newton", "Lbfgs", "TrustRegion"];

    static OptimizationResult Find(string method, OptimizationProblem problem) =>
        new MinimumSearch { Method = method == "Find-Minimum" ? null : MethodRegistry.Require(method) }.Find(problem);

    /// <summary>s^p + w t^2 + c, with s and t of x turned and in any unit: a trough whose floor falls through an inflection.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void An_inflection_is_no_success(string method) => Gen.Select(
        Gen.Double[0, 6.3], Gen.Double[-1.5, 1.5], Unit, Gen.Bool, Gen.Double[-5, 5], Gen.Double[0.5, 2.5], Gen.Double[-0.5, 0.5],
        Gen.Bool).Sample((turn, power, u, isFifth, constant, along, across, isPlain) =>
        {
            var (cos, sin, w, p) = (double.Cos(turn), double.Sin(turn), double.Pow(10, power), isFifth ? 5 : 3);
            var added = isPlain ? 0 : constant;
            (double S, double T) Turned(Vector x) =>
                (cos * (x[0] / u - 1) + sin * (x[1] / u + 2), cos * (x[1] / u + 2) - sin * (x[0] / u - 1));
            Vector Slopes(Vector x)
            {
                var (s, t) = Turned(x);
                var (ds, dt) = (p * double.Pow(s, p - 1), 2 * w * t);
                return new((cos * ds - sin * dt) / u, (sin * ds + cos * dt) / u);
            }

            Matrix Hessian(Vector x)
            {
                var (bend, square) = (p * (p - 1) * double.Pow(Turned(x).S, p - 2), u * u);
                var mixed = cos * sin * (bend - 2 * w) / square;
                return new(new[,]
                {
                    { (cos * cos * bend + sin * sin * 2 * w) / square, mixed }, { mixed, (sin * sin * bend + cos * cos * 2 * w) / square },
                });
            }

            var loss = DelegateMap.Scalar(
                x => double.Pow(Turned(x).S, p) + w * Turned(x).T * Turned(x).T + added, Slopes, Hessian);
            var problem = Runs.Objective(
                loss, u * (1 + cos * along - sin * across), u * (-2 + sin * along + cos * across));
            var result = Find(method, problem);
            MethodMatrix.AssertNoneLowerNearby(problem, result.Status, result.X, result.Loss);
            // what a fifth power adds to a constant may be too little to be seen from anywhere near, for who knows slopes alone
            if (method is "Newton" or "TrustRegion") Assert.False(result.IsConverged, result.Message);
        }, iter: Laws.Samples(30));

    sealed record Case(Func<Vector, double> F, Func<Vector, Vector> Slopes, Func<Vector, Matrix> Hessian, Vector Start);

    static readonly IReadOnlyDictionary<string, Case> Degenerate = new Dictionary<string, Case>
    {
        ["cubic"] = new(x => Cube(x[0]), x => new(3 * x[0] * x[0]), x => Matrix.Diagonal(6 * x[0]), new(1.0)),
        ["cubic on a constant"] = new(
            x => Cube(x[0] - 5) - 1000, x => new(3 * (x[0] - 5) * (x[0] - 5)), x => Matrix.Diagonal(6 * (x[0] - 5)), new(6.0)),
        ["of tanh"] = new(
            x => Cube(double.Tanh(x[0])), x => new(3 * Square(double.Tanh(x[0])) * (1 - Square(double.Tanh(x[0])))),
            x => Matrix.Diagonal(6 * double.Tanh(x[0]) * (1 - Square(double.Tanh(x[0]))) * (1 - 2 * Square(double.Tanh(x[0])))),
            new(0.4)),
        ["monkey saddle"] = new(
            x => Cube(x[0]) - 3 * x[0] * x[1] * x[1], x => new(3 * (x[0] * x[0] - x[1] * x[1]), -6 * x[0] * x[1]),
            x => new(new[,] { { 6 * x[0], -6 * x[1] }, { -6 * x[1], -6 * x[0] } }), new(1, 0)),
        ["quartic and cubic"] = new(
            x => Square(x[0] * x[0]) - Cube(x[1]), x => new(4 * Cube(x[0]), -3 * x[1] * x[1]),
            x => Matrix.Diagonal(12 * x[0] * x[0], -6 * x[1]), new(1, -1)),
        ["sine"] = new(
            x => x[0] - double.Sin(x[0]), x => new(1 - double.Cos(x[0])), x => Matrix.Diagonal(double.Sin(x[0])), new(1.0)),
    };

    static double Square(double x) => x * x;

    static double Cube(double x) => x * x * x;

    public static TheoryData<string, string> DegenerateAndMethods()
    {
        var rows = new TheoryData<string, string>();
        foreach (var loss in Degenerate.Keys)
        {
            foreach (var method in (string[])["Find-Minimum", "Newton", "Lbfgs", "TrustRegion"]) rows.Add(loss, method);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(DegenerateAndMethods))]
    public void Where_second_derivatives_vanish_values_decide(string name, string method)
    {
        var (f, slopes, hessian, start) = Degenerate[name];
        var problem = Runs.Objective(DelegateMap.Scalar(f, slopes, hessian), start.ToArray());
        var result = Find(method, problem);
        MethodMatrix.AssertNoneLowerNearby(problem, result.Status, result.X, result.Loss);
        Assert.True(!result.IsConverged || (name == "of tanh" && result.Loss == -1), result.Message); // as low as it gets
    }

    /// <summary>-(distance from one bound)^p within bounds, by values, from that bound: the other bound is the minimum.</summary>
    [Theory]
    [InlineData("Find-Minimum")]
    [InlineData("Lbfgs")]
    [InlineData("GradientDescent")]
    [InlineData("Adam")]
    [InlineData("RmsProp")]
    [InlineData("AdaGrad")]
    public void A_maximum_on_a_bound_is_no_success_by_differences(string method) => Gen.Select(
        Gen.Int[2, 5], Unit, Gen.Bool, Gen.Int[0, 3]).Sample((p, u, isUpper, offset) =>
        {
            var (lower, upper) = (u * offset, u * (offset + 2));
            var from = isUpper ? upper : lower;
            var problem = Runs.Objective(DelegateMap.Scalar(x => -double.Pow(double.Abs(x[0] - from) / u, p)), from)
                .WithBounds(new(lower), new(upper));
            var result = Find(method, problem);
            MethodMatrix.AssertNoneLowerNearby(problem, result.Status, result.X, result.Loss);
            Assert.True(!result.IsConverged || result.Loss < -3.9, result.Message);
        }, iter: Laws.Samples(50));

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-12)]
    public void A_variable_that_begins_at_0_in_a_unit_far_below_the_others_is_looked_at_in_its_own(double u)
    {
        var physics = DelegateMap.Create(x => new Vector(x[0] * x[0] / u / u - 3, x[1] - 1));
        var problem = new OptimizationProblem("Small", physics, new SquaredDistance(), new(0, 2));
        foreach (var name in (string[])["Lbfgs", "LevenbergMarquardt", "GaussNewton", "HalfInverseGradient"])
            Assert.False(Find(name, problem).IsConverged, name);
    }
}
